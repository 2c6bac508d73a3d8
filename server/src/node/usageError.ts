import { getSystemErrorMap } from "node:util";

/** The command line was used wrongly, or an input cannot be read; the message is one sentence for the user. */
export class UsageError extends Error {}

/** An input cannot be read, has no dump where one is needed, or a result cannot be written: no help would help. */
export class InputError extends UsageError {}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "it is a folder, not a file"],
  ["ENOTDIR", "a part of it is a file, not a folder"],
  ["EEXIST", "there is such a file already"],
  ["ENOSPC", "the disk is full"],
  ["EROFS", "the disk is read-only"],
  ["ELOOP", "its links lead in a circle"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ENXIO", "it is a socket, or a device that is not there"],
  ["ERR_INVALID_ARG_VALUE", "there is a NUL character in the name"],
  ["E2BIG", "its arguments are too long"],
]);

/** What to say of a file or folder that the system does not let us read. */
export function cannotRead(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  // Node takes arguments and names of files for UTF-8: others it cannot say to the system.
  const isOther = path.includes("\ufffd") && (error as NodeJS.ErrnoException).code === "ENOENT";
  return new InputError(`${inputName(path)} cannot be read: ${isOther ? "its name is not in UTF-8" : reasonOf(error)}`);
}

/** What a file is called in a sentence. */
export function inputName(path: string): string {
  if (path === "") return "a file without a name";
  return path === "-" ? "standard input" : path;
}

/** What to say of a file that the system does not let us write; `reason`: in place of what is said of any file. */
export function cannotWrite(path: string, error: unknown, reason: string = reasonOf(error)): InputError {
  return new InputError(`${inputName(path)} cannot be written: ${reason}`);
}

/** Why the system did not do something with a file or folder. */
export function reasonOf(error: unknown): string {
  const { code, errno, message } = error as NodeJS.ErrnoException;
  return REASONS.get(code ?? "") ?? getSystemErrorMap().get(errno ?? 0)?.[1] ?? message;
}
