import { fstatSync } from "node:fs";
import { cannotRead } from "./usageError.ts";

/** Standard input. Throws `InputError` when it is a folder, of which Node makes an empty text. */
export function standardInput(): NodeJS.ReadStream {
  if (isFolder()) throw cannotRead("-", { code: "EISDIR" });
  return process.stdin;
}

function isFolder(): boolean {
  try {
    return fstatSync(0).isDirectory();
  } catch {
    // Windows does not tell what a console is.
    return false;
  }
}
