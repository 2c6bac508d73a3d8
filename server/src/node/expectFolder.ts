import { accessSync, constants, statSync } from "node:fs";
import { reasonOf, UsageError } from "./usageError.ts";

const NONE = "there is no such folder";

/** Ends with the usage's status where an option's folder is none, or cannot be read: less would be found, without a word. */
export function expectFolder(option: string, path: string): void {
  const reason = whyNot(path);
  if (reason !== null) throw new UsageError(`${option} ${path}: ${reason}`);
}

/** Why nothing can be found below a path; null: it is a folder that can be read. */
function whyNot(path: string): string | null {
  try {
    if (!statSync(path).isDirectory()) return NONE;
    accessSync(path, constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? reasonOf(error) : NONE;
  }
}
