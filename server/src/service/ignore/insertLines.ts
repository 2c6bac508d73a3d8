import type { WorkspaceEdit } from "vscode-languageserver-types";
import type { ClientFeatures } from "../host/host.ts";
import { emptyRange } from "../base/ranges.ts";
import type { FolderIgnore } from "../findings/ignoreFiles.ts";

/**
 * Puts lines at the top of a file that may not exist yet: the one place that is the beginning of a line whatever the file
 * holds, also where an editor has it open with edits that are not saved.
 */
export function insertLines(
  { uri, text }: Pick<FolderIgnore, "uri" | "text">,
  lines: readonly string[],
  { editsDocuments, createsFiles }: ClientFeatures,
): WorkspaceEdit {
  const lineEnd = /\r\n|\r/.exec(text ?? "")?.[0] ?? "\n";
  const edits = [{ range: emptyRange(0, 0), newText: lines.map((line) => line + lineEnd).join("") }];
  if (!editsDocuments) return { changes: { [uri]: edits } };
  const change = { textDocument: { uri, version: null }, edits };
  if (text !== undefined || !createsFiles) return { documentChanges: [change] };
  return { documentChanges: [{ kind: "create", uri, options: { ignoreIfExists: true } }, change] };
}
