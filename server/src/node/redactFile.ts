import { createReadStream } from "node:fs";
import { DumpReader, type Reading } from "../core/read/dumpReader.ts";
import { RecordedLines } from "../core/redact/recordedLines.ts";
import { redacted } from "../core/redact/redact.ts";
import type { RedactOptions } from "../core/redact/redactor.ts";
import { harmless } from "../core/text/visible.ts";
import { AnyReader } from "../formats/anyReader.ts";
import type { Output } from "./commands/command.ts";
import { tellNotes } from "./readDumps.ts";
import { standardInput } from "./standardInput.ts";
import { cannotRead, inputName, InputError } from "./usageError.ts";

/** Prints the dumps of a file without what they give away; gives the exit status. The file stays as it is. */
export async function redactFile(file: string, options: RedactOptions, output: Output): Promise<number> {
  const lines = new RecordedLines();
  const reading = await readLines(file, lines);
  tellNotes(file, reading, (...said) => output.warn(...said));
  if (reading.dumps.length === 0) throw new InputError(`${inputName(file)} holds no goroutines`);
  for (const piece of redacted(reading.dumps, lines, options)) await output.print(harmless(piece, Infinity));
  return 0;
}

async function readLines(file: string, lines: RecordedLines): Promise<Reading> {
  const reader = new AnyReader({ text: () => new DumpReader("", lines) });
  try {
    for await (const chunk of file === "-" ? standardInput() : createReadStream(file)) reader.push(chunk as Uint8Array);
  } catch (error) {
    throw cannotRead(file, error);
  }
  return reader.end();
}
