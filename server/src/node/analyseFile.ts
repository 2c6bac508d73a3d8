import { DEFAULT_CONTEXT } from "../core/analysis/context.ts";
import { type AnalysedDump, analyseDumps } from "../service/analysis/analyseDump.ts";
import type { Output } from "./commands/command.ts";
import { atOnce, readDumps } from "./readDumps.ts";
import { openInput } from "./readInput.ts";

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
