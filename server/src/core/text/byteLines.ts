import type { ByteLine } from "./byteLine.ts";

/** Lines in bytes, one after the other. Places in it are known to itself alone. */
export interface ByteLines {
  /** Makes `line` the line at that place and gives the place of the next one; -1: it cannot be had in bytes. */
  next(line: ByteLine, place: number): number;
  /** Whether there is no whole line at that place. */
  isAtEnd(place: number): boolean;
}
