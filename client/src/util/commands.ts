import { commands } from "vscode";
import type { Services } from "../services.ts";
import { forUser } from "./failures.ts";

/** Registers a command of the manifest. Commands are started by the user, so that their failures are shown. */
export function registerCommand(
  { context, log }: Services,
  id: string,
  run: (...args: never[]) => Promise<void>,
): void {
  context.subscriptions.push(commands.registerCommand(id, (...args: never[]) => forUser(log, () => run(...args))));
}
