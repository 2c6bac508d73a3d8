import { l10n, type QuickPickItem, window } from "vscode";
import type { GroupBy, SortBy } from "../../../../server/src/protocol/index.ts";
import { groupings, sortings } from "../../ids.ts";
import { groupingName } from "../../model/viewTexts.ts";
import type { ViewState } from "./viewState.ts";

/** Asks how goroutines are put together. */
export async function chooseGrouping(state: ViewState): Promise<void> {
  const details: Readonly<Record<GroupBy, string>> = {
    stack: l10n.t("one stack and state"),
    functions: l10n.t("whatever the lines, a recursion once"),
    user: l10n.t("the same frames of your code, whatever libraries do below"),
    place: l10n.t("the line of your code where they stand"),
    creator: l10n.t("the go statement that started them"),
    tree: l10n.t("as far as the dump names creators"),
    state: l10n.t("what they do or wait for"),
    label: l10n.t("their profiler labels"),
    package: l10n.t("of the first frame of your code"),
  };
  const items = groupings.map((value) => ({ value, label: groupingName(value, l10n), description: details[value] }));
  const chosen = await choose(items, l10n.t("Group Goroutines By"), state.groupBy);
  if (chosen !== undefined) await state.setGroupBy(chosen);
}

/** Asks what comes first. */
export async function chooseOrder(state: ViewState): Promise<void> {
  const names: Readonly<Record<SortBy, readonly [label: string, detail: string]>> = {
    interest: [l10n.t("Interest"), l10n.t("findings, then what is blocked in your code; what idles is folded")],
    count: [l10n.t("Count"), l10n.t("most goroutines first")],
    wait: [l10n.t("Wait"), l10n.t("longest wait first")],
    name: [l10n.t("Name"), l10n.t("by function")],
  };
  const items = sortings.map((value) => ({ value, label: names[value][0], description: names[value][1] }));
  const chosen = await choose(items, l10n.t("Sort Goroutines By"), state.sortBy);
  if (chosen !== undefined) await state.setSortBy(chosen);
}

/** The present choice carries a mark. */
async function choose<T>(
  items: readonly (QuickPickItem & { readonly value: T })[],
  title: string,
  present: T,
): Promise<T | undefined> {
  const marked = items.map((item) => (item.value === present ? { ...item, label: `$(check) ${item.label}` } : item));
  return (await window.showQuickPick(marked, { title }))?.value;
}
