import type { LostReason } from "../leaks/wakers.ts";
import type { Wait } from "../leaks/waits.ts";
import type { Certainty } from "../analysis/certainty.ts";

/**
 * Reasons for a leak, and the waits at which each is strong: there it was right at least 98 times in 100 on labelled
 * programs that had no part in making it (`test/core/calibration.test.ts` keeps the table). At other waits it is worth a
 * look: whoever idles in a healthy program stands like that as well.
 */
const STRONG: Readonly<Record<LostReason, ReadonlySet<Wait>>> = {
  confined: new Set<Wait>(["send", "receive", "select", "lock", "wait-group", "condition", "coroutine", "other"]),
  untilSignal: new Set<Wait>(["send", "select", "lock", "wait-group", "condition", "other"]),
  outnumbered: new Set<Wait>(["send", "receive", "select", "wait-group", "condition"]),
  gone: new Set<Wait>(["send", "lock", "wait-group", "condition", "coroutine"]),
  requested: new Set<Wait>(["send", "receive", "lock", "wait-group", "condition", "coroutine"]),
  lazy: new Set<Wait>(),
  given: new Set<Wait>(),
  returned: new Set<Wait>(["send", "receive", "lock", "wait-group", "condition", "coroutine"]),
  left: new Set<Wait>(),
  behind: new Set<Wait>(),
  idle: new Set<Wait>(),
  all: new Set<Wait>(["send", "receive", "lock", "wait-group", "condition", "coroutine"]),
  locked: new Set<Wait>(["send", "receive", "lock", "wait-group", "condition", "coroutine"]),
  still: new Set<Wait>(["send"]),
};

/** How sure a reason makes a leak. All rest on nobody being there, which only a whole dump shows. */
export function certaintyOf(reason: LostReason, wait: Wait, isWhole: boolean): Certainty {
  return isWhole && STRONG[reason].has(wait) ? "strong" : "suspect";
}

/** The class of a finding: what is said, why, of whom. Findings of one class are right or wrong alike. */
export function classOf(rule: string, ...parts: readonly string[]): string {
  return [rule, ...parts].join("/");
}
