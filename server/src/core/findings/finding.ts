import type { Certainty } from "../analysis/certainty.ts";
import type { RuleId, SeriesRuleId } from "../analysis/ruleId.ts";
import type { Message } from "../text/say.ts";

/** Another place that belongs to a finding: the holder of a lock, the creator, the other side of a race. */
export interface RelatedPlace {
  /** A sentence or phrase for people. May quote the dump: never shown as markup. */
  readonly message: Message;
  /** Line of the dump, 0-based. */
  readonly dumpLine: number;
  /** Row of the goroutine it is about; null when it is about none. */
  readonly goroutine: number | null;
  /** Number of the frame that names the source; null when there is none. */
  readonly frame: number | null;
  /** Line of that frame's file, 1-based, when the source leads to another one than the frame's own. */
  readonly line?: number;
}

/**
 * What an analysis says: what is wrong, where, how many goroutines, why we think so, and how sure we are. No evidence,
 * no finding.
 */
export interface Finding {
  /** Id of the rule: its diagnostic code, its setting and its documentation page. */
  readonly rule: RuleId | SeriesRuleId;
  readonly certainty: Certainty;
  /**
   * What it rests on, as the calibration counts it: the rule, its reason, and the kind of wait, e.g. `leak/gone/send`. A
   * rule with one kind of evidence is a class by itself.
   */
  readonly evidenceClass: string;
  /** What is wrong and where, in at most 60 characters of English: `RWMutex held while sending: client.go:199`. */
  readonly title: Message;
  /** One or two sentences. May quote the dump: never shown as markup. */
  readonly message: Message;
  /** Goroutines concerned: the sum of their weights. */
  readonly count: number;
  /** Rows of the goroutines concerned, in the order of the text. */
  readonly rows: Uint32Array;
  /** Line of the dump it is shown at, 0-based: the header of the representative goroutine, or an incident's line. */
  readonly dumpLine: number;
  /** Number of the frame whose place in the source is blamed; null when there is none. */
  readonly frame: number | null;
  /** Why: each a sentence. Never empty. */
  readonly evidence: readonly [Message, ...Message[]];
  /** Row of the goroutine at the root of a chain of waiting; null where there is none. */
  readonly root: number | null;
  /** Rows of the goroutines of a cycle, each waiting for the next; null where there is none. */
  readonly cycle: readonly number[] | null;
  readonly related: readonly RelatedPlace[];
}
