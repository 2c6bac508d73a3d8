import { writeFile } from "node:fs/promises";
import { UsageError } from "./usageError.ts";

/** Writes a file. One that is there is somebody's: it is never overwritten, and said to be there. */
export async function writeNew(path: string, content: string | AsyncIterable<string | Uint8Array>): Promise<void> {
  try {
    await writeFile(path, content, { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be written: ${code === "EEXIST" ? "it is there already" : message}`);
  }
}
