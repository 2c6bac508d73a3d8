import { append } from "../core/lists.ts";
import type { Output } from "./commands/command.ts";
import { InputError, UsageError } from "./usageError.ts";

/**
 * What some files give, in their order. One that cannot be read is warned of and ends nothing, unless none can be read:
 * then the reason of the last one is thrown.
 */
export async function readEach<T>(
  files: readonly string[],
  read: (file: string) => Promise<readonly T[]>,
  warn: Output["warn"],
): Promise<readonly T[]> {
  const found: T[] = [];
  let isAnyRead = false;
  for (const [index, file] of files.entries()) {
    try {
      append(found, await read(file));
      isAnyRead = true;
    } catch (error) {
      if (!(error instanceof InputError) || (!isAnyRead && index === files.length - 1)) throw error;
      warn(error.message, true);
    }
  }
  return found;
}

/** What one file among thousands gives: one that cannot be read is warned of, gives nothing, and ends nothing. */
export async function ifReadable<T>(read: () => Promise<readonly T[]>, warn: Output["warn"]): Promise<readonly T[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    warn(error.message, true);
    return [];
  }
}
