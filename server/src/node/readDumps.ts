import type { Dump } from "../core/model/dump.ts";
import type { Reading } from "../core/read/dumpReader.ts";
import { runToEnd, type Steps } from "../core/steps.ts";
import { english } from "../core/text/say.ts";
import type { Output } from "./commands/command.ts";
import type { Input } from "./readInput.ts";
import { cannotRead, inputName } from "./usageError.ts";

/** The dumps of a file; what is to be said about it is warned of. That it holds none is no failure: most logs do not. */
export async function readDumps(file: string, input: Input, warn: Output["warn"]): Promise<readonly Dump[]> {
  const reading = await read(file, input);
  if (reading.dumps.length === 0) warn(`${inputName(file)} holds no goroutines.`);
  tellNotes(file, reading, warn);
  return reading.dumps;
}

/** Warns of what is to be said about a file as a whole. */
export function tellNotes(file: string, { notes, isUnreadable = false }: Reading, warn: Output["warn"]): void {
  for (const { message } of notes) warn(`${inputName(file)}: ${english(message)}`, isUnreadable);
}

/** The command line serves nobody else meanwhile. */
export function atOnce<T>(steps: Steps<T>): Promise<T> {
  return Promise.resolve(runToEnd(steps));
}

async function read(file: string, input: Input): Promise<Reading> {
  try {
    return await input.read();
  } catch (error) {
    throw cannotRead(file, error);
  }
}
