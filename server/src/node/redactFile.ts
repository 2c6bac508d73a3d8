import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { DumpReader } from "../core/read/dumpReader.ts";
import { RedactedText } from "../core/redact/redact.ts";
import type { RedactOptions } from "../core/redact/redactor.ts";
import { harmless } from "../core/text/visible.ts";
import { AnyReader, readAny } from "../formats/anyReader.ts";
import type { Output } from "./commands/command.ts";
import { tellNotes } from "./readDumps.ts";
import { standardInput } from "./standardInput.ts";
import { cannotRead, inputName, InputError } from "./usageError.ts";

/** Prints the dumps of a file without what they give away; gives the exit status. The file stays as it is. */
export async function redactFile(file: string, options: RedactOptions, output: Output): Promise<number> {
  const bytes = await readWhole(file);
  const reading = readAny(bytes);
  const { dumps } = reading;
  tellNotes(file, reading, (...said) => output.warn(...said));
  if (dumps.length === 0) throw new InputError(`${inputName(file)} holds no goroutines`);
  const redacted = new RedactedText(dumps, options);
  // Names depend on all of the text: the lines come with a second reading.
  const second = new AnyReader({ text: () => new DumpReader("", redacted) });
  second.push(bytes);
  second.end();
  await output.print(harmless(redacted.finish(), Infinity));
  return 0;
}

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    return file === "-" ? await buffer(standardInput()) : await readFile(file);
  } catch (error) {
    throw cannotRead(file, error);
  }
}
