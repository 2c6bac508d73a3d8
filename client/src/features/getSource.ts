import { env, l10n, UIKind, window, workspace } from "vscode";
import { goLanguageId } from "../ids.ts";
import type { Services } from "../services.ts";
import { inBackground } from "../util/failures.ts";
import { showWarning } from "../util/messages.ts";

/** Commands that were handed to the user: what they bring may have come since. */
const handedOut = new Set<string>();
/** What was told of versions: it is true of many files, and is not read any more when it comes with each. */
const told = new Set<string>();

/** Whether the user may have run a command since it was said to be needed. */
export function mayHaveCome(get: string | null): boolean {
  return get !== null && handedOut.has(get);
}

/** An action of a message: what it is called, and what it does. */
export interface GetAction {
  readonly label: string;
  readonly run: () => Promise<void>;
}

/**
 * The action that leads to running a command which the server made, of words that it has checked. The user runs it: it is typed
 * into a terminal, without the key that starts it. It is copied where nobody vouches for the workspace, whose files the go
 * command reads, or where there is no terminal.
 */
export function getAction(command: string): GetAction {
  const hasTerminal = env.uiKind === UIKind.Desktop || env.remoteName !== undefined;
  if (workspace.isTrusted && hasTerminal) {
    return { label: l10n.t("Get It in the Terminal"), run: async () => handOut(command, typeInTerminal) };
  }
  return { label: l10n.t("Copy Command"), run: () => handOut(command, (text) => env.clipboard.writeText(text)) };
}

async function handOut(command: string, hand: (command: string) => void | Thenable<void>): Promise<void> {
  handedOut.add(command);
  await hand(command);
}

function typeInTerminal(command: string): void {
  const terminal = window.createTerminal(l10n.t("Source of a Goroutine Dump"));
  terminal.show();
  terminal.sendText(command, false);
}

/** Tells once that sources are of another version than the program was built with, and offers to get those. */
export async function tellVersion(warning: string, get: string | null): Promise<void> {
  if (told.has(warning)) return;
  told.add(warning);
  if (get === null) return void showWarning(warning);
  const action = getAction(get);
  const answer = await showWarning(l10n.t("{0} To get the right one: {1}", warning, get), action.label);
  if (answer === action.label) await action.run();
}

/** Tells it of any Go file that is shown, however it was come to: through a link, a definition, a problem. */
export function registerSourceVersion({ context, log, server, activeDump }: Services): void {
  const ask = async (source: string, dump: string): Promise<void> => {
    const version = await server.request("sourceVersion", { uri: dump, sourceUri: source });
    if (version !== null) await tellVersion(version.warning, version.get);
  };
  context.subscriptions.push(
    window.onDidChangeActiveTextEditor((editor) => {
      const dump = activeDump.uri;
      if (dump === undefined || editor?.document.languageId !== goLanguageId) return;
      void inBackground(log, () => ask(editor.document.uri.toString(), dump.toString()));
    }),
  );
}
