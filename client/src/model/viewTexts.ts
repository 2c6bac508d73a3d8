import type { Localizer } from "./localizer.ts";

/** What stands above the tree: that it is filtered, and what the server has to say about it. */
export function viewMessage(filter: string, message: string | null, l10n: Localizer): string {
  const filtered = filter === "" ? "" : l10n.t("Filter: {0}", filter);
  return [filtered, message ?? ""].filter((part) => part !== "").join("\n");
}
