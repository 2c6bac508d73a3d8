import { rmSync } from "node:fs";
import { type FileHandle, open, writeFile } from "node:fs/promises";
import { isStream } from "./readInput.ts";
import { cannotWrite, UsageError } from "./usageError.ts";

type Content = string | AsyncIterable<string | Uint8Array>;

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EEXIST", "it is there already"],
  ["ENOENT", "its folder is not there"],
]);

/** What programs are ended with. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Writes a file, as a whole or not at all. One that is there is somebody's: it is never overwritten, and said to be there.
 * A pipe or a device, as a shell's `>(command)` is one, is written to as it is.
 */
export async function writeNew(path: string, content: Content): Promise<void> {
  const isNew = !isStream(path);
  const file = await open(path, isNew ? "wx" : "w").catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(path, error, REASONS.get(error.code ?? ""));
  });
  if (!isNew) return write(file, path, content);
  // Half of a result would look like one, and be in the way of the next run.
  const takeAway = (): void => rmSync(path, { force: true });
  const end = (signal: NodeJS.Signals): void => {
    takeAway();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, end);
  try {
    await write(file, path, content);
  } catch (error) {
    takeAway();
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}

async function write(file: FileHandle, path: string, content: Content): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    // What is wrong with an input is told as it is.
    throw error instanceof UsageError ? error : cannotWrite(path, error);
  } finally {
    await file.close();
  }
}
