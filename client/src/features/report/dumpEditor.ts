import { Position, Range, TabInputText, type Uri, ViewColumn, window } from "vscode";

/** The column in which a dump is open: the first one where it is in none. */
export function columnOf(dump: Uri): ViewColumn {
  const isDump = ({ input }: { readonly input: unknown }) =>
    input instanceof TabInputText && input.uri.toString() === dump.toString();
  return window.tabGroups.all.find(({ tabs }) => tabs.some(isDump))?.viewColumn ?? ViewColumn.One;
}

/** Shows a line of a dump, 1-based. */
export async function showLine(dump: Uri, line: number): Promise<void> {
  const position = new Position(Math.max(0, line - 1), 0);
  const selection = new Range(position, position);
  await window.showTextDocument(dump, { viewColumn: columnOf(dump), selection, preview: false });
}
