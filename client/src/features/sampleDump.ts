import { commands, Uri, window, workspace } from "vscode";
import { Commands, languageId, Walkthroughs } from "../ids.ts";
import { decodeText } from "../runtime/encodeText.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";

/** Scheme of the sample's document: it has no file that one could change. */
const scheme = "goroutine-dump-sample";

/** The dump that comes with the extension, for who has none at hand, and the walkthrough that begins with it. */
export function registerSampleDump(services: Services): void {
  const { context } = services;
  const provider = {
    provideTextDocumentContent: async () =>
      decodeText(await workspace.fs.readFile(Uri.joinPath(context.extensionUri, "samples", "deadlock.goroutines"))),
  };
  context.subscriptions.push(workspace.registerTextDocumentContentProvider(scheme, provider));
  registerCommand(services, Commands.openSample, async () => {
    const document = await workspace.openTextDocument(Uri.from({ scheme, path: "/sample.goroutines" }));
    if (document.languageId === languageId) await window.showTextDocument(document, { preview: false });
  });
  registerCommand(services, Commands.openWalkthrough, async () => {
    const walkthrough = `${context.extension.id}#${Walkthroughs.start}`;
    await commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
  });
}
