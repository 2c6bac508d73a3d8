import { open, rm, writeFile } from "node:fs/promises";
import { InputError, reasonOf, UsageError } from "./usageError.ts";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EEXIST", "it is there already"],
  ["ENOENT", "its folder is not there"],
]);

/**
 * Writes a file, as a whole or not at all. One that is there is somebody's: it is never overwritten, and said to be there.
 */
export async function writeNew(path: string, content: string | AsyncIterable<string | Uint8Array>): Promise<void> {
  const file = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(path, REASONS.get(error.code ?? "") ?? reasonOf(error));
  });
  try {
    await writeFile(file, content);
    await file.close();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    // What is wrong with an input is told as it is.
    throw error instanceof UsageError ? error : cannotWrite(path, reasonOf(error));
  }
}

function cannotWrite(path: string, reason: string): InputError {
  return new InputError(`${path} cannot be written: ${reason}`);
}
