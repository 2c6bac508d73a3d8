/** The command line was used wrongly, or an input cannot be read; the message is one sentence for the user. */
export class UsageError extends Error {}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "it is no folder"],
  ["EEXIST", "there is such a file already"],
  ["ENOSPC", "the disk is full"],
  ["EROFS", "the disk is read-only"],
  ["ENAMETOOLONG", "the name is too long"],
]);

/** What to say of a file or folder that the system does not let us read. */
export function cannotRead(path: string, error: unknown): UsageError {
  return new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
}

/** Why the system did not do something with a file or folder. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS.get(code ?? "") ?? message;
}
