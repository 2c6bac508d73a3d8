import type { GroupBy } from "../../../server/src/protocol/index.ts";
import type { Localizer } from "./localizer.ts";

/** What a way to put goroutines together is called. */
export function groupingName(groupBy: GroupBy, l10n: Localizer): string {
  const names: Readonly<Record<GroupBy, string>> = {
    stack: l10n.t("Identical Stack"),
    functions: l10n.t("Same Functions"),
    user: l10n.t("Your Frames"),
    place: l10n.t("Blocking Place"),
    creator: l10n.t("Creation Place"),
    tree: l10n.t("Who Started Whom"),
    state: l10n.t("State"),
    label: l10n.t("Label"),
    package: l10n.t("Package"),
  };
  return names[groupBy];
}

/** What stands beside the view's name: the dump, and how it is grouped when that is not the usual way. */
export function viewDescription(dump: string, groupBy: GroupBy, l10n: Localizer): string {
  return groupBy === "stack" ? dump : `${dump} · ${groupingName(groupBy, l10n)}`;
}

/** What stands above the tree: that it is filtered, and what the server has to say about it. */
export function viewMessage(filter: string, message: string | null, l10n: Localizer): string {
  const filtered = filter === "" ? "" : l10n.t("Filter: {0}", filter);
  return [filtered, message ?? ""].filter((part) => part !== "").join("\n");
}
