import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { LargeFiles } from "../service/largeFiles.ts";
import type { ParseThreads } from "../service/parseThread/parseTask.ts";
import { runParse } from "../service/parseThread/runParse.ts";
import type { FileTask } from "./parseWorker.ts";
import { FileInput } from "./readInput.ts";

/** Parsing threads of Node's: `script` serves them, see `serveThread`. */
export function nodeThreads(script: string, after: ParseThreads["after"]): ParseThreads<FileTask> {
  return {
    after,
    start: () => {
      const worker = new Worker(script);
      return {
        post: (task, transfer) => worker.postMessage(task, transfer),
        listen: (take, fail) => worker.on("message", take).on("error", fail),
        end: () => void worker.terminate(),
      };
    },
  };
}

/** Files on this machine's disk, each parsed on a thread of its own. */
export function largeFiles(threads: ParseThreads<FileTask>): LargeFiles {
  return {
    async read(uri, token, progress) {
      const path = fileURLToPath(uri);
      const answer = await runParse(threads, { token, tell: (send) => send({ kind: "file", path }), progress });
      return answer ?? { kind: "failed", message: "no thread could be started" };
    },
    readSpans: (uri, spans, textBytes) => new FileInput(fileURLToPath(uri), { textBytes }).readSpans(spans),
  };
}
