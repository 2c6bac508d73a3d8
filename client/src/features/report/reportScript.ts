import { Uri, workspace } from "vscode";
import { decodeText } from "../../runtime/decodeText.ts";
import type { Services } from "../../services.ts";

/** The script of the report's page, which becomes part of it: an exported page loads nothing. */
export async function readReportScript({ context }: Services): Promise<string> {
  const file = Uri.joinPath(context.extensionUri, "dist", "webview", "page.js");
  return decodeText(await workspace.fs.readFile(file));
}
