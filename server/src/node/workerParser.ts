import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { LargeFiles } from "../service/host/largeFiles.ts";
import type { ParseThreads } from "../service/parseThread/parseTask.ts";
import { runParse, type SendTask } from "../service/parseThread/runParse.ts";
import type { Clock } from "../service/base/ports.ts";
import { rereadSpans } from "../service/document/rereadSpans.ts";
import type { FileTask } from "./parseWorker.ts";
import { FileInput } from "./readInput.ts";

/** Packed bytes that are read at a time on the server's own thread: they become up to a thousand times as many. */
const PACKED_BYTES = 16 * 1024;

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
export function largeFiles(threads: ParseThreads<FileTask>, clock: Clock): LargeFiles {
  return {
    async read(uri, token, progress) {
      const path = fileURLToPath(uri);
      const tell = (send: SendTask<FileTask>): Promise<void> => send({ kind: "file", path });
      const answer = await runParse(threads, { token, clock, tell, progress });
      return answer ?? { kind: "failed", message: "no thread could be started" };
    },
    async readSpans(uri, spans, textBytes, token) {
      const path = fileURLToPath(uri);
      const entry = await stat(path);
      if (!entry.isFile()) return spans.map(() => undefined);
      return entry.size === textBytes
        ? new FileInput(path, { textBytes, isFile: true }).readSpans(spans)
        : rereadSpans(createReadStream(path, { highWaterMark: PACKED_BYTES }), spans, clock, token);
    },
  };
}
