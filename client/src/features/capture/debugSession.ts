import { type CancellationToken, debug, l10n, ProgressLocation, window } from "vscode";
import { captureFileName } from "../../model/captureFile.ts";
import { type DebuggedGoroutine, debuggedDump, readFrames, readThreads } from "../../model/debuggedDump.ts";
import { encodeText } from "../../runtime/encodeText.ts";
import type { Services } from "../../services.ts";
import { showDumpFile } from "../openDump.ts";
import { saveNew } from "./capture.ts";
import { captureFolder } from "./captureSettings.ts";
import { showInformation } from "../../util/messages.ts";

/** Delve lists no more goroutines itself; each costs a request. */
const goroutineLimit = 2000;
const frameLimit = 50;

/** Saves the goroutines of the active Go debug session as a dump. The program has to be paused. */
export async function captureFromDebugSession({ context }: Services): Promise<void> {
  const session = debug.activeDebugSession;
  if (session === undefined || session.type !== "go") {
    void showInformation(l10n.t("There is no Go debug session. Start one, pause it, and try again."));
    return;
  }
  const goroutines = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t("Capturing the goroutines of {0}", session.name),
      cancellable: true,
    },
    async (progress, token) => {
      const cancelled = whenCancelled(token);
      const ask = (command: string, args?: unknown): Promise<unknown> =>
        Promise.race([session.customRequest(command, args), cancelled]);
      const threads = readThreads(await ask("threads")).slice(0, goroutineLimit);
      const read: DebuggedGoroutine[] = [];
      for (const thread of threads) {
        const frames = await framesOf(ask, thread.id);
        if (token.isCancellationRequested) {
          return [];
        }
        read.push({ ...thread, frames });
        progress.report({ message: `${read.length}/${threads.length}`, increment: 100 / threads.length });
      }
      return read;
    },
  );
  if (goroutines.length === 0) {
    return;
  }
  const bytes = encodeText(debuggedDump(goroutines));
  const name = (attempt: number): string => captureFileName(`debug-${session.name}`, Date.now(), "stacks", attempt);
  await showDumpFile(await saveNew(captureFolder(context), name, bytes));
}

/** Asks the debugger. */
type Ask = (command: string, args?: unknown) => Promise<unknown>;

/** Gives nothing as soon as the user cancels: a debugger may never answer. */
function whenCancelled(token: CancellationToken): Promise<undefined> {
  return new Promise((resolve) => void token.onCancellationRequested(() => resolve(undefined)));
}

/** A goroutine that has ended meanwhile has none. */
async function framesOf(ask: Ask, threadId: number): Promise<DebuggedGoroutine["frames"]> {
  try {
    const answer = await ask("stackTrace", { threadId, startFrame: 0, levels: frameLimit });
    return readFrames(answer).slice(0, frameLimit);
  } catch {
    return [];
  }
}
