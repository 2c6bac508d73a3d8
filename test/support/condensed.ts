import {
  prepareDumps,
  judge,
  type PreparedDump,
  type ReadSpans,
  type RunSteps,
} from "../../server/src/service/analysis/analyseDump.ts";
import { DEFAULT_CONTEXT } from "../../server/src/core/analysis/context.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { runToEnd } from "../../server/src/core/steps.ts";
import { CondensedFiles } from "../../server/src/service/condensed/condensedFiles.ts";
import type { LargeFiles } from "../../server/src/service/host/largeFiles.ts";
import { stillClock } from "./openText.ts";

/** All steps at once. */
export const atOnce: RunSteps = (steps) => Promise.resolve(runToEnd(steps));

/** What the rules say of a dump without settings and sources. */
export const judgeAlone = (dump: PreparedDump) => judge(dump, DEFAULT_CONTEXT, atOnce);

/** Condensed files of a disk, judged without settings and sources. */
export function condensedFiles(disk: LargeFiles | undefined): CondensedFiles {
  return new CondensedFiles(disk, stillClock, { of: judgeAlone });
}

/** Dumps of a text of which the arguments were read again as far as `readSpans` gives them. */
export async function prepareAlone(dumps: readonly Dump[], readSpans: ReadSpans): Promise<readonly PreparedDump[]> {
  return (
    (await prepareDumps(
      dumps.map((dump) => ({ dump })),
      { run: atOnce, readSpans },
    )) ?? []
  );
}
