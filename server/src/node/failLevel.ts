import type { Certainty } from "../core/analysis/certainty.ts";

/** What `--fail-on` takes. */
export const FAIL_LEVELS = ["none", "suspect", "strong", "proven"] as const;
export type FailLevel = (typeof FAIL_LEVELS)[number];

/** Whether a finding of that certainty makes a command fail. */
export function isAtLeast(certainty: Certainty, level: FailLevel): boolean {
  return level !== "none" && FAIL_LEVELS.indexOf(certainty) >= FAIL_LEVELS.indexOf(level);
}
