import { l10n, type QuickPickItem, window } from "vscode";
import { withoutSecrets } from "../../model/pprofUrl.ts";

/**
 * Asks for an address, with those that are remembered below the box: one of them is chosen, or another one typed.
 * @returns undefined when the user gives up
 */
export function askInAddressBox(title: string, known: readonly string[]): Promise<string | undefined> {
  const box = window.createQuickPick();
  box.title = title;
  box.placeholder = l10n.t("Choose an address, or type another one, e.g. localhost:6060");
  box.ignoreFocusOut = true;
  const update = () => {
    box.items = [...known.map((label): QuickPickItem => ({ label })), ...typedItem(known, box.value)];
  };
  return new Promise((resolve) => {
    box.onDidChangeValue(update);
    box.onDidAccept(() => {
      resolve(chosenAddress(known, box.value, box.selectedItems[0]?.label));
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    update();
    box.show();
  });
}

/** The row of an address that is not among those remembered: the last one, so that Enter completes one that is. */
function typedItem(known: readonly string[], value: string): readonly QuickPickItem[] {
  const label = labelOf(value);
  return label === "" || known.includes(label) ? [] : [{ label, alwaysShow: true }];
}

/** The row that is selected may be of what was typed a moment ago: it counts only where it fits the text. */
function chosenAddress(known: readonly string[], value: string, selected: string | undefined): string {
  const fit = known.filter((address) => address.includes(value.trim()));
  if (fit.length === 0 || selected === labelOf(value)) return value.trim();
  return fit.find((address) => address === selected) ?? fit[0]!;
}

function labelOf(value: string): string {
  return withoutSecrets(value.trim());
}
