import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { ClientFeatures } from "../host/host.ts";
import { emptyRange } from "../base/ranges.ts";
import type { FolderIgnore } from "../findings/ignoreFiles.ts";

/** Puts lines at the end of a file that may not exist yet; what is in it stays. */
export function appendLines(
  { uri, text }: Pick<FolderIgnore, "uri" | "text">,
  lines: readonly string[],
  { editsDocuments, createsFiles }: ClientFeatures,
): WorkspaceEdit {
  const edits = [appendEdit(text ?? "", lines)];
  if (!editsDocuments) return { changes: { [uri]: edits } };
  const change = { textDocument: { uri, version: null }, edits };
  if (text !== undefined || !createsFiles) return { documentChanges: [change] };
  return { documentChanges: [{ kind: "create", uri, options: { ignoreIfExists: true } }, change] };
}

function appendEdit(text: string, lines: readonly string[]): TextEdit {
  const all = text.split(/\r?\n/);
  const last = all.at(-1) ?? "";
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const start = last === "" ? "" : lineEnd;
  return {
    range: emptyRange(all.length - 1, last.length),
    newText: start + lines.map((line) => line + lineEnd).join(""),
  };
}
