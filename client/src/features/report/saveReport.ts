import { env, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import { reportPage } from "../../../../server/src/protocol/index.ts";
import { fromBase64 } from "../../model/base64.ts";
import { exportNames, type ExportKind } from "../../model/report/exportName.ts";
import type { PageData, ReportMessage } from "../../model/report/pageData.ts";
import { encodeText } from "../../runtime/encodeText.ts";
import { nonce } from "../../runtime/nonce.ts";
import type { Services } from "../../services.ts";
import { readReportScript } from "./reportScript.ts";
import { showInformation } from "../../util/messages.ts";

/** Which report of a dump's file. */
export interface ReportChoice {
  readonly index: number;
  readonly filter: string;
}

interface FormatItem extends QuickPickItem {
  readonly format: ExportKind;
}

/** Asks in which form, and where to, then writes the report. */
export async function saveReport(services: Services, dump: Uri, choice: ReportChoice): Promise<void> {
  const formats: FormatItem[] = [
    { format: "html", label: l10n.t("Web Page"), detail: l10n.t("One file with all pictures; it loads nothing.") },
    { format: "md", label: l10n.t("Markdown"), detail: l10n.t("Findings and largest groups, for an issue.") },
  ];
  const picked = await window.showQuickPick(formats, { title: l10n.t("Export Report") });
  if (picked === undefined) return;
  const text = await reportText(services, dump, choice, picked.format);
  if (text === undefined) {
    void showInformation(l10n.t("There is no goroutine dump to report on."));
    return;
  }
  await save(dump, picked.format, encodeText(text));
}

/** Saves a picture that the page has drawn. */
export async function savePicture(
  dump: Uri,
  { format, content }: Extract<ReportMessage, { readonly kind: "savePicture" }>,
): Promise<void> {
  await save(dump, format, format === "svg" ? encodeText(content) : fromBase64(content));
}

async function reportText(
  services: Services,
  dump: Uri,
  choice: ReportChoice,
  format: ExportKind,
): Promise<string | undefined> {
  const params = { uri: dump.toString(), ...choice };
  if (format === "md") return (await services.server.request("reportMarkdown", params))?.text;
  const page = await services.server.request("report", params);
  if (page === null) return undefined;
  const data: PageData = {
    dumps: [{ name: page.name, page }],
    shown: 0,
    growth: null,
    language: env.language,
    words: l10n.bundle ?? null,
  };
  return reportPage(await readReportScript(services), nonce(), data);
}

/** The dialog asks before it takes a file that is there. */
async function save(dump: Uri, format: ExportKind, content: Uint8Array): Promise<void> {
  const { name, filters } = exportNames(dump.path, format);
  const folder = dump.scheme === "file" ? Uri.joinPath(dump, "..") : workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, name) }),
    filters,
  });
  if (target === undefined) return;
  await workspace.fs.writeFile(target, content);
  const open = l10n.t("Open");
  const message = l10n.t("Saved {0}.", target.scheme === "file" ? target.fsPath : target.toString());
  const answer = await showInformation(message, open);
  if (answer === open) await env.openExternal(target);
}
