import { l10n, languages, type TextDocument, workspace } from "vscode";
import { goLanguageId, revisionScheme } from "../../ids.ts";
import type { Services } from "../../services.ts";
import { inBackground } from "../../util/failures.ts";

/** Shows files of a revision, which nobody can change. The server names and reads them, so it works for remote folders. */
export function registerRevisionDocuments({ context, log, server }: Services): void {
  const provider = {
    provideTextDocumentContent: async (uri: { toString(): string }): Promise<string> => {
      const answer = await server.request("revisionText", { uri: uri.toString() });
      // Without a text the editor would show an empty file, as if the revision had one.
      if (answer === null) throw new Error(l10n.t("The repository does not have this file any more."));
      return answer.text;
    },
  };
  // Behind the name of the file stands that of the revision: the editor does not see that it is Go.
  const highlight = (document: TextDocument): void => {
    if (document.uri.scheme !== revisionScheme || document.languageId === goLanguageId) return;
    void inBackground(log, async () => languages.setTextDocumentLanguage(document, goLanguageId));
  };
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(revisionScheme, provider),
    workspace.onDidOpenTextDocument(highlight),
  );
}
