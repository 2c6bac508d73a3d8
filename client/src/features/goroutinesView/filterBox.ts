import { type Disposable, l10n, type QuickPickItem, window } from "vscode";
import type { FilterHelp } from "../../../../server/src/protocol/index.ts";
import { type FilterRow, filterRows } from "../../model/filterBox.ts";
import type { Services } from "../../services.ts";
import { inBackground } from "../../util/failures.ts";
import type { ViewState } from "./viewState.ts";

type Item = QuickPickItem & { readonly row: FilterRow };

/** Enter before the rows have come means what was typed. */
const TYPED = { kind: "apply" } as const;

/**
 * Asks for a filter. While it is typed the box says what is wrong with it or how many goroutines it shows, how it may go
 * on, and which ones were used before.
 */
export function openFilterBox(services: Services, state: ViewState): Disposable {
  const { activeDump, log, server } = services;
  const box = window.createQuickPick<Item>();
  box.title = l10n.t("Filter Goroutines");
  box.placeholder = l10n.t('Words, or conditions such as state:"chan send" wait:>10m; with and, or, not, ( )');
  box.value = state.filter;

  let latest = 0;
  /** What the rows were made for: while one types they are those of a moment ago. */
  let shownFor = box.value;
  const update = async (): Promise<void> => {
    const own = ++latest;
    const { value: filter } = box;
    const uri = activeDump.uri?.toString();
    const params = { uri: uri ?? "", filter, cursor: filter.length };
    const help = uri === undefined ? undefined : await server.request("filterHelp", params);
    if (own === latest) show(help);
  };
  const show = (help: FilterHelp | undefined): void => {
    // The rows fit what is typed already: the box must not look for it in them.
    shownFor = box.value;
    box.items = filterRows(box.value, help, state.pastFilters, l10n).map((row) => ({
      row,
      label: row.label,
      alwaysShow: true,
      ...("description" in row && { description: row.description }),
      ...(row.kind === "past" && { description: l10n.t("used before") }),
    }));
  };
  box.onDidChangeValue(() => void inBackground(log, update));
  box.onDidAccept(() => {
    const row = box.value === shownFor ? box.selectedItems[0]?.row : TYPED;
    if (row?.kind === "completion" || row?.kind === "past") {
      box.value = row.filter;
      void inBackground(log, update);
    } else if (row?.kind === TYPED.kind) {
      void inBackground(log, () => state.setFilter(box.value.trim()));
      box.hide();
    }
  });
  box.onDidHide(() => box.dispose());
  show(undefined);
  void inBackground(log, update);
  box.show();
  return box;
}
