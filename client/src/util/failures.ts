import { CancellationError, l10n, type LogOutputChannel } from "vscode";
import { showError } from "./messages.ts";

/** Runs what the user started: a failure is shown with a way to the log. What the user cancelled is no failure. */
export async function forUser<T>(log: LogOutputChannel, action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!isCancellation(error)) {
      log.error(describe(error));
      void offerLog(log, messageOf(error));
    }
    return undefined;
  }
}

/** Runs what nobody asked for: a failure is only logged. Undefined when it failed. */
export async function inBackground<T>(log: LogOutputChannel, action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!isCancellation(error)) {
      log.warn(describe(error));
    }
    return undefined;
  }
}

async function offerLog(log: LogOutputChannel, message: string): Promise<void> {
  const show = l10n.t("Show Log");
  if ((await showError(message, show)) === show) {
    log.show();
  }
}

/** LSP's codes of requests that were cancelled by the client, by the server, or by a change of the document. */
const cancellationCodes: ReadonlySet<unknown> = new Set([-32800, -32802, -32801]);

/** Whether somebody did not want to wait any more. */
export function isCancellation(error: unknown): boolean {
  return (
    error instanceof CancellationError ||
    (error instanceof Error && "code" in error && cancellationCodes.has(error.code))
  );
}

/** What is told of a failure. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
