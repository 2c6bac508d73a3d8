import { open, rm, writeFile } from "node:fs/promises";
import { isStream } from "./readInput.ts";
import { cannotWrite, UsageError } from "./usageError.ts";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EEXIST", "it is there already"],
  ["ENOENT", "its folder is not there"],
]);

/**
 * Writes a file, as a whole or not at all. One that is there is somebody's: it is never overwritten, and said to be there.
 * A pipe or a device, as a shell's `>(command)` is one, is written to as it is.
 */
export async function writeNew(path: string, content: string | AsyncIterable<string | Uint8Array>): Promise<void> {
  const isNew = !isStream(path);
  const file = await open(path, isNew ? "wx" : "w").catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(path, error, REASONS.get(error.code ?? ""));
  });
  try {
    await writeFile(file, content);
    await file.close();
  } catch (error) {
    await file.close();
    if (isNew) await rm(path, { force: true });
    // What is wrong with an input is told as it is.
    throw error instanceof UsageError ? error : cannotWrite(path, error);
  }
}
