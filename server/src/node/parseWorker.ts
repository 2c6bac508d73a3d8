import type { MessagePort } from "node:worker_threads";
import { buffersOf } from "../core/model/buffersOf.ts";
import { DumpReader, type Reading } from "../core/read/dumpReader.ts";
import { FileInput } from "./readInput.ts";

/** Bytes between two reports of progress. */
const PROGRESS_BYTES = 16 * 1024 * 1024;

/** What a parsing thread is told: to read a file, or a text, its chunks and its end. */
export type ParseTask =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "text"; readonly linePrefix: string }
  | { readonly kind: "chunk"; readonly bytes: Uint8Array }
  | { readonly kind: "end" };

/** What it answers: how much of a file it has read, and in the end what was in it. */
export type ParseAnswer =
  | { readonly kind: "progress"; readonly bytes: number; readonly total: number }
  | { readonly kind: "reading"; readonly reading: Reading }
  | { readonly kind: "failed"; readonly message: string };

/** Serves one parse on this thread. Whoever started the thread ends it. */
export function serveParse(port: MessagePort): void {
  let reader = new DumpReader();
  const answer = (message: ParseAnswer, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  const finish = (reading: Reading): void => answer({ kind: "reading", reading }, buffersOf(reading));
  port.on("message", (task: ParseTask) => {
    switch (task.kind) {
      case "text":
        reader = new DumpReader(task.linePrefix);
        return;
      case "chunk":
        return reader.push(task.bytes);
      case "end":
        return finish(reader.end());
      default:
        readFile(task.path, answer).then(finish, (error: unknown) =>
          answer({ kind: "failed", message: String(error) }),
        );
    }
  });
}

function readFile(path: string, answer: (message: ParseAnswer) => void): Promise<Reading> {
  let told = 0;
  const progress = (bytes: number, total: number): void => {
    if (bytes - told < PROGRESS_BYTES) return;
    told = bytes;
    answer({ kind: "progress", bytes, total });
  };
  return new FileInput(path, { progress }).read();
}
