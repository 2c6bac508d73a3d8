import type { DocumentSymbol, SymbolInformation } from "vscode-languageserver";

/** The same outline for a client that knows no nesting, parents before their children. */
export function flatSymbols(symbols: readonly DocumentSymbol[], uri: string): SymbolInformation[] {
  const flat: SymbolInformation[] = [];
  const add = (list: readonly DocumentSymbol[], containerName: string | undefined): void => {
    for (const { name, kind, selectionRange, children } of list) {
      const location = { uri, range: selectionRange };
      flat.push({ name, kind, location, ...(containerName !== undefined && { containerName }) });
      add(children ?? [], name);
    }
  };
  add(symbols, undefined);
  return flat;
}
