import { type ExtensionContext, l10n, type LogOutputChannel, workspace } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import type { InitializationOptions } from "../../server/src/protocol/index.ts";
import { chosenRevisions } from "./chosenRevisions.ts";
import { chosenSources } from "./chosenSources.ts";
import { Commands, focusCommand, InternalCommands, languageId, revisionScheme, saveDocument, Views } from "./ids.ts";

/** A click on a rule's name in a problem opens its page here, without a network. */
const rulePageAddress = `command:${Commands.openRulePage}?%5B%22{rule}%22%5D`;

/** Makes the platform's client: a child process in Node, a worker in the browser. It is not started yet. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Dumps of every scheme: also untitled, virtual and remote ones. */
export function clientOptions(context: ExtensionContext, log: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [{ language: languageId }],
    outputChannel: log,
    // A function, so that a restart tells the server what has changed.
    initializationOptions: (): InitializationOptions => ({
      files: true,
      notifications: true,
      trusted: workspace.isTrusted,
      ...(l10n.bundle !== undefined && { translations: l10n.bundle }),
      chosenSources: chosenSources(context),
      chosenRevisions: chosenRevisions(context),
      revisionScheme,
      revealCommand: Commands.revealInTree,
      findingCommand: InternalCommands.revealFinding,
      viewCommand: focusCommand(Views.goroutines),
      reportCommand: Commands.openReport,
      rulePage: rulePageAddress,
      saveCommand: saveDocument,
    }),
  };
}
