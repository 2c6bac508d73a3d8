import type { Group } from "../group/groups.ts";
import { Wakers } from "../leaks/wakers.ts";
import { LockReports } from "../locks/lockReports.ts";
import type { Steps } from "../steps.ts";
import type { Analysis } from "../analysis/analysis.ts";

/** What rules work with: the analysis, and what is worked out of it once. */
export interface Investigation {
  readonly analysis: Analysis;
  /** Which locks are waited for, and who holds them. */
  readonly locks: LockReports;
  /** Who could wake whom. */
  readonly wakers: Wakers;
  /** Whether a finding of a surer rule explains a group. */
  readonly isExplained: (group: Group) => boolean;
  /** Whether a weaker finding of an earlier rule names what a group waits for: another suspect would say it again. */
  readonly isSuspected: (group: Group) => boolean;
}

/** What the rules before have said of a group. */
export type Said = Pick<Investigation, "isExplained" | "isSuspected">;

export function* investigate(analysis: Analysis, said: Said): Steps<Investigation> {
  const locks = yield* LockReports.of(analysis);
  yield;
  const wakers = yield* Wakers.of(analysis);
  yield;
  return { analysis, locks, wakers, ...said };
}
