import { DEFAULT_CONTEXT } from "../core/analysis/context.ts";
import { type AnalysedDump, analyseDumps } from "../service/analysis/analyseDump.ts";
import type { Output } from "./commands/command.ts";
import { atOnce, readDumps } from "./readDumps.ts";
import { openInput } from "./readInput.ts";
import { UsageError } from "./usageError.ts";

/** The dumps of a file (`-`: of standard input) and what is wrong in them: without sources, settings and ignore files. */
export async function analyseFile(file: string, warn: Output["warn"]): Promise<readonly AnalysedDump[]> {
  const input = openInput(file);
  const dumps = await readDumps(file, input, warn);
  const analysed = await analyseDumps(
    dumps.map((dump) => ({ dump })),
    { run: atOnce, readSpans: (spans) => input.readSpans(spans) },
    () => Promise.resolve(DEFAULT_CONTEXT),
    [],
  );
  return analysed ?? [];
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
