import type { Investigation } from "./investigation.ts";
import type { Certainty } from "../analysis/certainty.ts";
import type { Finding } from "./finding.ts";
import type { RuleId } from "../analysis/ruleId.ts";

/** One thing to look for. A rule never throws and takes time linear in rows and distinct stacks. */
export interface Rule {
  readonly id: RuleId;
  /** A phrase for lists of rules, sentence case, e.g. `Send or receive on a nil channel`. */
  readonly title: string;
  /** The certainties its findings can have, surest first. */
  readonly certainties: readonly [Certainty, ...Certainty[]];
  /**
   * All findings, in the order of the text. A generator is asked for the next one when the groups of the last one are
   * explained.
   */
  find(investigation: Investigation): Iterable<Finding>;
  /**
   * Whether a finding explains the groups of its goroutines: rules later in the order say nothing of them. Without it, each
   * does.
   */
  explains?(finding: Finding): boolean;
}
