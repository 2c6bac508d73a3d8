import { debug, type DebugSession, l10n, ProgressLocation, window } from "vscode";
import { captureFileName } from "../../model/captureFile.ts";
import { type DebuggedGoroutine, debuggedDump, readFrames, readThreads } from "../../model/debuggedDump.ts";
import { encodeText } from "../../runtime/encodeText.ts";
import type { Services } from "../../services.ts";
import { showDumpFile } from "../openDump.ts";
import { saveNew } from "./capture.ts";
import { captureFolder } from "./captureSettings.ts";

/** Delve lists no more goroutines itself; each costs a request. */
const goroutineLimit = 2000;
const frameLimit = 50;

/** Saves the goroutines of the active Go debug session as a dump. The program has to be paused. */
export async function captureFromDebugSession({ context }: Services): Promise<void> {
  const session = debug.activeDebugSession;
  if (session === undefined || session.type !== "go") {
    void window.showInformationMessage(l10n.t("There is no Go debug session. Start one, pause it, and try again."));
    return;
  }
  const goroutines = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t("Capturing the goroutines of {0}", session.name),
      cancellable: true,
    },
    async (progress, token) => {
      const threads = readThreads(await session.customRequest("threads")).slice(0, goroutineLimit);
      const read: DebuggedGoroutine[] = [];
      for (const thread of threads) {
        if (token.isCancellationRequested) {
          return [];
        }
        const frames = await framesOf(session, thread.id);
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

/** A goroutine that has ended meanwhile has none. */
async function framesOf(session: DebugSession, threadId: number): Promise<DebuggedGoroutine["frames"]> {
  try {
    return readFrames(await session.customRequest("stackTrace", { threadId, startFrame: 0, levels: frameLimit }));
  } catch {
    return [];
  }
}
