import {
  CancellationTokenSource,
  type CustomReadonlyEditorProvider,
  type Disposable,
  EventEmitter,
  FileType,
  l10n,
  type TextDocumentContentProvider,
  Uri,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { CONDENSED_SCHEME } from "../../../server/src/protocol/index.ts";
import { Editors, InternalCommands } from "../ids.ts";
import { condensedPath, goroutinePath, isPacked } from "../model/condensedPath.ts";
import { fileName } from "../model/fileName.ts";
import { refusedPage, reopenCommand } from "../model/refusedPage.ts";
import type { Services } from "../services.ts";
import { longRequest } from "./longRequest.ts";
import { registerCommand } from "../util/commands.ts";
import { inBackground, messageOf } from "../util/failures.ts";
import { showInformation } from "../util/messages.ts";

/** The editor opens no larger file as text for extensions. */
const editorLimit = 50 * 1024 * 1024;

/** Whether a file is shown condensed: too large for the editor, or packed. */
export async function isShownCondensed(file: Uri): Promise<boolean> {
  // What cannot be looked at is left to the editor, which says so.
  const stat = await workspace.fs.stat(file).then(
    (found) => found,
    () => undefined,
  );
  return stat?.type === FileType.File && (stat.size > editorLimit || isPacked(file.path));
}

/** Shows files that the editor cannot open as a grouped text, which the server makes and reads like any dump. */
export function registerCondensedView(services: Services): void {
  const view = new CondensedView(services);
  const editor: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => {} }),
    resolveCustomEditor: ({ uri }, panel) => view.openInPlaceOf(panel, uri),
  };
  services.context.subscriptions.push(
    view,
    workspace.registerTextDocumentContentProvider(CONDENSED_SCHEME, view),
    workspace.onDidCloseTextDocument(({ uri }) => view.close(uri)),
    window.registerCustomEditorProvider(Editors.profile, editor),
    window.registerCustomEditorProvider(Editors.packed, editor),
  );
  registerCommand(services, InternalCommands.openCondensed, async (file: Uri) => {
    const problem = await view.open(file);
    if (problem !== undefined) void showInformation(problem);
  });
  registerCommand(services, InternalCommands.showFullText, (uri: string, goroutine: number) =>
    view.showGoroutine(Uri.parse(uri), goroutine),
  );
}

/** Whether there is something to show; if not, what to say, or nothing where the user stopped it. */
interface Read {
  readonly isRead: boolean;
  readonly problem?: string;
}

class CondensedView implements TextDocumentContentProvider, Disposable {
  readonly #services: Services;
  /** Texts made and not yet closed, by address. */
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Reads a file, with progress that can be cancelled, and shows it. Gives what to say when there is nothing to show. */
  async open(file: Uri): Promise<string | undefined> {
    const uri = Uri.from({ scheme: CONDENSED_SCHEME, path: condensedPath(file.path), query: file.toString() });
    const { isRead, problem } = await this.#read(file, uri);
    if (isRead) await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    return problem;
  }

  /** Shows a file in a text editor that takes the panel's place; the panel stays to say why it cannot be shown. */
  async openInPlaceOf(panel: WebviewPanel, file: Uri): Promise<void> {
    const problem = await this.open(file).catch((error: unknown) => messageOf(error));
    if (problem === undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = { enableCommandUris: [reopenCommand] };
    panel.webview.html = refusedPage(fileName(file.path), problem, l10n);
  }

  /** Shows one goroutine of a condensed file as the file has it. */
  async showGoroutine(condensed: Uri, goroutine: number): Promise<void> {
    const file = Uri.parse(condensed.query);
    const uri = condensed.with({ path: goroutinePath(file.path, goroutine), fragment: String(goroutine) });
    const answer = await this.#fullText(file, goroutine);
    if (answer === null) {
      throw new Error(l10n.t("The text of goroutine {0} is not there any more: open the file again.", goroutine));
    }
    this.#texts.set(uri.toString(), answer.text);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    if (uri.fragment === "" && !this.#texts.has(uri.toString())) {
      await this.#read(Uri.parse(uri.query), uri);
    }
    return this.#texts.get(uri.toString()) ?? "";
  }

  dispose(): void {
    this.#changed.dispose();
  }

  close(uri: Uri): void {
    if (uri.scheme !== CONDENSED_SCHEME) {
      return;
    }
    this.#texts.delete(uri.toString());
    if (uri.fragment === "") {
      const { log, server } = this.#services;
      void inBackground(log, () => server.request("closeFile", { uri: uri.query }));
    }
  }

  async #read(file: Uri, uri: Uri): Promise<Read> {
    const result = await this.#condense(file);
    if (result.kind === "failed") {
      throw new Error(l10n.t("{0} cannot be read: {1}", file.fsPath, result.reason));
    }
    if (result.kind === "cancelled") return { isRead: false };
    if (result.goroutines === 0) {
      const problem = [l10n.t("{0} holds no goroutines.", fileName(file.path)), ...result.notes].join(" ");
      return { isRead: false, problem };
    }
    this.#texts.set(uri.toString(), result.text);
    // The file may have changed since its document was opened.
    this.#changed.fire(uri);
    return { isRead: true };
  }

  /** Takes seconds for a packed file, which is unpacked up to that goroutine's text. */
  #fullText(file: Uri, goroutine: number) {
    const { server, lentFiles } = this.#services;
    const title = l10n.t("Reading goroutine {0} of {1}", goroutine, file.fsPath);
    const options = { title, cancellation: new CancellationTokenSource() };
    return lentFiles.during(file, () => longRequest(server, "fullText", { uri: file.toString(), goroutine }, options));
  }

  #condense(file: Uri) {
    const { server, lentFiles } = this.#services;
    const options = { title: l10n.t("Reading {0}", file.fsPath), cancellation: new CancellationTokenSource() };
    return lentFiles.during(file, () => longRequest(server, "condenseFile", { uri: file.toString() }, options));
  }
}
