import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError, inputName, reasonOf } from "./usageError.ts";

/** Makes a folder, and those that it is in, where they are not there. */
export async function makeFolder(path: string): Promise<void> {
  await make(path).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "none can be made there" : reasonOf(error);
    throw new InputError(`${inputName(path)} cannot be made a folder: ${reason}`);
  });
}

/** Node's `recursive` never ends where the system has a folder but makes none in it, as in `/proc`. */
async function make(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (await isFolder(path)) return;
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || above === path) throw error;
    await make(above);
    await mkdir(path);
  }
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats?.isDirectory() ?? false;
}
