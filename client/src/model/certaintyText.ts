import type { ComparisonFinding } from "../../../server/src/protocol/index.ts";
import type { Localizer } from "./localizer.ts";

/** How sure a finding is, in a word. */
export function certaintyText(certainty: ComparisonFinding["certainty"], l10n: Localizer): string {
  switch (certainty) {
    case "proven":
      return l10n.t("proven");
    case "strong":
      return l10n.t("strong");
    case "suspect":
      return l10n.t("suspect");
  }
}
