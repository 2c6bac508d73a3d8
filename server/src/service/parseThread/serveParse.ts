import { buffersOf } from "../../core/read/buffersOf.ts";
import { DumpReader, type Reading } from "../../core/read/dumpReader.ts";
import { AnyReader } from "../../formats/anyReader.ts";
import type { ParseTask, SendAnswer } from "./parseTask.ts";
import { packReading } from "./sentReading.ts";

/** Serves the parse of one text on a parsing thread: gives what is to be called with each task. */
export function serveParse(send: SendAnswer): (task: ParseTask) => void {
  let reader = new AnyReader();
  send({ kind: "ready" });
  return (task) => {
    switch (task.kind) {
      case "text":
        reader = new AnyReader({ text: () => new DumpReader(task.linePrefix), isDecoded: task.isDecoded });
        return;
      case "chunk":
        reader.push(task.bytes);
        return send({ kind: "taken" });
      default:
        return sendReading(reader.end(), send);
    }
  };
}

/** Sends what was read, of which the columns and tables are moved, not copied. */
export function sendReading(reading: Reading, send: SendAnswer): void {
  const sent = packReading(reading);
  const ofLabels = sent.labels.flatMap(({ lengths, counts }) => [lengths.buffer, counts.buffer]);
  send({ kind: "reading", ...sent }, [...buffersOf(reading), ...ofLabels]);
}
