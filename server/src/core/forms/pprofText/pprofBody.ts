import type { Line } from "../../text/line.ts";

/** The part of the output behind its first lines. */
export interface PprofBody {
  /** False: the line is not of this output, which has ended. */
  take(line: Line): boolean;
  /** Adds what is still open. */
  end(): void;
}
