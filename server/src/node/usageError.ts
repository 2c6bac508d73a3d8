/** The command line was used wrongly, or an input cannot be read; the message is one sentence for the user. */
export class UsageError extends Error {}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "permission denied"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "it is no folder"],
]);

/** What to say of a file or folder that the system does not let us read. */
export function cannotRead(path: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UsageError(`${path} cannot be read: ${REASONS.get(code ?? "") ?? message}`);
}
