import type { SourceFacts } from "./sourceFacts.ts";
import type { ArgumentSource } from "./arguments.ts";
import type { RuleId } from "./ruleId.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "./thresholds.ts";

/** What becomes of a rule's findings: `default` follows their certainty, `off` switches the rule off. */
export type RuleLevel = "default" | "error" | "warning" | "information" | "hint" | "off";

/** What the rules are given besides the dump. */
export interface RuleContext {
  readonly thresholds: Thresholds;
  /** Per rule; `default` where absent. Only `off` matters to the analysis, the rest to how a finding is shown. */
  readonly levels?: Partial<Readonly<Record<RuleId, RuleLevel>>>;
  /** Null where no arguments can be read (profiles, or the text is gone): findings about locks get weaker. */
  readonly arguments: ArgumentSource | null;
  /** Null where no source is at hand. */
  readonly source: SourceFacts | null;
}

/** No settings, no arguments, no source. */
export const DEFAULT_CONTEXT: RuleContext = { thresholds: DEFAULT_THRESHOLDS, arguments: null, source: null };
