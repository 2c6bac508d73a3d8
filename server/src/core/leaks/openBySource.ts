import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import { waitOf } from "./waits.ts";

/** What the source says of those who may still end a wait that it does not show to last for ever. */
export type Opening =
  /** Code that may be called at any time, such as a handler's. */
  | "called"
  /** Somebody in the dump who can go on. */
  | "served"
  /** Code that is not at hand has made what is waited for: a ticker, say. */
  | "made"
  /** Code that is not at hand has got what is waited for: a timer's function, say. */
  | "given";

/**
 * Who may still end the wait of a group's goroutines, as far as the source tells; undefined: it tells nothing. Only for those
 * that it does not show to be lost.
 */
export function openingBySource(analysis: Analysis, group: Group): Opening | undefined {
  const facts = analysis.context.source?.confinement?.(group);
  if (facts === undefined) return undefined;
  if (facts.isOpen) return "called";
  if (facts.isForeign) return "made";
  if (facts.waits !== undefined) return "served";
  // Channels are given away too often: as the channel of a context that nobody cancels, for one.
  const wait = waitOf(group, analysis.traits(group));
  return wait === "lock" || wait === "wait-group" || wait === "condition" ? "given" : undefined;
}
