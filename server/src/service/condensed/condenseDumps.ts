import type { Whole } from "../../core/condensed/foldFindings.ts";
import { toldBy } from "../../core/condensed/told.ts";
import type { Condensed } from "../../core/condensed/condensed.ts";
import { condensedSteps, joinCondensed } from "../../core/condensed/writeCondensed.ts";
import type { Finding } from "../../core/findings/finding.ts";
import type { PreparedDump, RunSteps } from "../analysis/analyseDump.ts";
import type { PlacedFrames } from "../document/openText.ts";

/** A dump that is shown condensed, with what judging it again takes. */
export interface WholeDump extends Whole {
  readonly prepared: PreparedDump;
  /** Its file, as the source locator sees it. */
  readonly text: PlacedFrames;
}

/** The dumps of a file as one text. `wholes` has, by index, each dump that the text shows; null: a profile. */
export interface CondensedText {
  readonly text: string;
  readonly wholes: readonly (WholeDump | null)[];
}

/**
 * Condenses dumps. The text prints the goroutines that findings name, and as much of their arguments as is true of all
 * they stand for. Undefined: called off.
 */
export async function condenseDumps(
  dumps: readonly PreparedDump[],
  textOf: (dump: PreparedDump) => PlacedFrames,
  findingsOf: (dump: PreparedDump, text: PlacedFrames) => Promise<readonly Finding[] | undefined>,
  run: RunSteps,
): Promise<CondensedText | undefined> {
  const texts: Condensed[] = [];
  const wholes: (WholeDump | null)[] = [];
  for (const prepared of dumps) {
    const text = textOf(prepared);
    const findings = await findingsOf(prepared, text);
    if (findings === undefined) return undefined;
    const { dump, groups } = prepared;
    const condensed = await run(condensedSteps(dump, toldBy(dump, findings, prepared.arguments)));
    if (condensed === undefined) return undefined;
    const { printed } = condensed;
    texts.push(condensed);
    wholes.push(printed && { dump, groups, printed, prepared, text });
  }
  return { text: joinCondensed(texts), wholes };
}
