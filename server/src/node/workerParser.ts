import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { FileReading, LargeFiles } from "../service/largeFiles.ts";
import { type ParseDumps, parseInTurns } from "../service/parseDumps.ts";
import type { CancellationToken, Clock } from "../service/ports.ts";
import type { ParseAnswer, ParseTask } from "./parseWorker.ts";
import { FileInput } from "./readInput.ts";

/** Bytes of a text from which on another thread pays: less is parsed here, in turns, before one has started. */
const WORKER_BYTES = 16 * 1024 * 1024;
/** Bytes sent to the thread at a time. */
const BATCH_BYTES = 1024 * 1024;
/** Milliseconds between two looks at whether a parse was cancelled. */
const CANCEL_INTERVAL = 50;

/** Parses small texts on this thread, in turns, and large ones on one of their own: `script` serves it, see `serveParse`. */
export function workerParser(script: string, clock: Clock): ParseDumps {
  const inTurns = parseInTurns(clock);
  return async (chunks, token, linePrefix = "") => {
    const batches = inBatches(chunks);
    const first: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    while (size < WORKER_BYTES) {
      const { value: batch, done } = await batches.next();
      if (done === true) return inTurns(first, token, linePrefix);
      first.push(batch);
      size += batch.length;
    }
    const answer = await runWorker(script, token, async (post) => {
      post({ kind: "text", linePrefix });
      for (const bytes of first) post({ kind: "chunk", bytes }, [bytes.buffer]);
      for await (const bytes of batches) {
        post({ kind: "chunk", bytes }, [bytes.buffer]);
        await clock.yieldTurn();
        if (token.isCancellationRequested) return;
      }
      post({ kind: "end" });
    });
    return answer.kind === "reading" ? answer.reading : undefined;
  };
}

/** Files on this machine's disk, each parsed on a thread of its own. */
export function largeFiles(script: string): LargeFiles {
  return {
    read(uri, token, progress) {
      const path = fileURLToPath(uri);
      return runWorker(script, token, (post) => post({ kind: "file", path }), progress);
    },
    async readSpan(uri, span, textBytes) {
      const [bytes] = await new FileInput(fileURLToPath(uri), { textBytes }).readSpans([span]);
      return bytes;
    },
  };
}

/** Runs one parse on a thread that ends with it, or when nobody waits for it any more. */
function runWorker(
  script: string,
  token: CancellationToken,
  start: (post: (task: ParseTask, transfer?: ArrayBuffer[]) => void) => void | Promise<void>,
  progress: (bytes: number, total: number) => void = () => {},
): Promise<FileReading> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script);
    const watch = setInterval(
      () => token.isCancellationRequested && end(() => resolve({ kind: "cancelled" })),
      CANCEL_INTERVAL,
    );
    const end = (settle: () => void): void => {
      clearInterval(watch);
      void worker.terminate();
      settle();
    };
    worker.on("error", (error) => end(() => reject(error)));
    worker.on("message", (answer: ParseAnswer) => {
      if (answer.kind === "progress") progress(answer.bytes, answer.total);
      else end(() => resolve(answer));
    });
    Promise.resolve(start((task, transfer) => worker.postMessage(task, transfer ?? []))).catch((error: unknown) =>
      end(() => reject(error)),
    );
  });
}

/** The same bytes in chunks of about {@link BATCH_BYTES}, each of them memory of its own. */
async function* inBatches(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let batch = new Uint8Array(BATCH_BYTES);
  let length = 0;
  for await (const chunk of chunks) {
    if (length + chunk.length > batch.length) {
      yield batch.subarray(0, length);
      batch = new Uint8Array(Math.max(BATCH_BYTES, chunk.length));
      length = 0;
    }
    batch.set(chunk, length);
    length += chunk.length;
  }
  if (length > 0) yield batch.subarray(0, length);
}
