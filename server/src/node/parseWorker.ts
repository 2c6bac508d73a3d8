import type { MessagePort } from "node:worker_threads";
import type { ParseTask, SendAnswer } from "../service/parseThread/parseTask.ts";
import { sendReading, serveParse } from "../service/parseThread/serveParse.ts";
import { FileInput } from "./readInput.ts";

/** Bytes between two reports of progress. */
const PROGRESS_BYTES = 16 * 1024 * 1024;

/** What a parsing thread of Node's is told besides: to read a file. */
export type FileTask = ParseTask | { readonly kind: "file"; readonly path: string };

/** Serves one parse on this thread. The starter of the thread ends it. */
export function serveThread(port: MessagePort): void {
  const send: SendAnswer = (answer, transfer) => port.postMessage(answer, transfer);
  const parse = serveParse(send);
  port.on("message", (task: FileTask) => (task.kind === "file" ? readFile(task.path, send) : parse(task)));
}

function readFile(path: string, send: SendAnswer): void {
  let told = 0;
  const progress = (bytes: number, total: number): void => {
    if (bytes - told < PROGRESS_BYTES) return;
    told = bytes;
    send({ kind: "progress", bytes, total });
  };
  new FileInput(path, { progress, isFile: true }).read().then(
    (reading) => sendReading(reading, send),
    (error: unknown) => send({ kind: "failed", message: String(error) }),
  );
}
