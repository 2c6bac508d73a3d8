import { ConfigurationTarget, l10n, type TextDocument, window, workspace } from "vscode";
import { Settings, settingsSection } from "../ids.ts";
import { hintsAtDump } from "../model/dumpHint.ts";
import type { Services } from "../services.ts";
import { inBackground } from "../util/failures.ts";
import { showAsDump } from "./openDump.ts";
import { showInformation } from "../util/messages.ts";

/** Languages a dump is taken for when its name says nothing. Markdown is not among them: it would lose its own look. */
const languagesOfPlainText: ReadonlySet<string> = new Set(["plaintext", "log"]);

/** Documents the user writes or opens; not output channels, comparisons and the like. */
const ownSchemes: ReadonlySet<string> = new Set(["output", "git", "debug", "comment", "vscode-scm", "walkThrough"]);

/** A paste of a dump has more lines than one types at once. */
const pastedLines = 3;

/** Offers to show plain text that holds a goroutine dump as one; once for each document. */
export function registerLanguageOffer({ context, log }: Services): void {
  const settled = new Set<string>();
  const consider = (document: TextDocument | undefined): void => {
    if (document !== undefined && !settled.has(document.uri.toString()) && mayHoldDump(document)) {
      settled.add(document.uri.toString());
      void inBackground(log, () => offer(document));
    }
  };
  consider(window.activeTextEditor?.document);
  context.subscriptions.push(
    window.onDidChangeActiveTextEditor((editor) => consider(editor?.document)),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const pasted = contentChanges.some((change) => change.text.split("\n", pastedLines).length === pastedLines);
      if (pasted && document === window.activeTextEditor?.document) {
        consider(document);
      }
    }),
    workspace.onDidCloseTextDocument((document) => {
      // A change of language closes the document too: the answer counts until it is closed for good.
      if (document.isClosed) {
        settled.delete(document.uri.toString());
      }
    }),
  );
}

function mayHoldDump(document: TextDocument): boolean {
  return (
    languagesOfPlainText.has(document.languageId) &&
    !ownSchemes.has(document.uri.scheme) &&
    workspace.getConfiguration(settingsSection, document).get<boolean>(Settings.offerLanguage, true) &&
    hintsAtDump(document.lineCount, (line) => document.lineAt(line).text)
  );
}

async function offer(document: TextDocument): Promise<void> {
  const yes = l10n.t("Yes");
  const never = workspace.workspaceFolders === undefined ? l10n.t("Never") : l10n.t("Never for This Workspace");
  const question = l10n.t("This looks like a goroutine dump. Show it as one?");
  const answer = await showInformation(question, yes, l10n.t("Not Now"), never);
  if (answer === yes && !document.isClosed) {
    await showAsDump(document);
  } else if (answer === never) {
    const target =
      workspace.workspaceFolders === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
    await workspace.getConfiguration(settingsSection).update(Settings.offerLanguage, false, target);
  }
}
