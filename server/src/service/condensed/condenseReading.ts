import { type Condensed, condensedSteps, joinCondensed } from "../../core/condensed/writeCondensed.ts";
import type { Whole } from "../../core/condensed/foldFindings.ts";
import { toldBy } from "../../core/condensed/told.ts";
import type { ArgumentSource, Call } from "../../core/analysis/arguments.ts";
import { DEFAULT_CONTEXT } from "../../core/analysis/context.ts";
import { blockSpan, readCalls } from "../../core/analysis/readArguments.ts";
import { ruleSteps } from "../../core/findings/runRules.ts";
import { TraitsTable } from "../../core/analysis/traits.ts";
import { groupSteps } from "../../core/group/groups.ts";
import { planSteps } from "../../core/locks/planArguments.ts";
import type { Dump } from "../../core/model/dump.ts";
import type { Reading } from "../../core/read/dumpReader.ts";
import type { Steps } from "../../core/steps.ts";
import type { Span } from "../../core/forms/traceback/block.ts";

/** A dump that is shown condensed, as the rules see it. */
export interface WholeDump extends Whole {
  readonly traits: TraitsTable;
  /** What was read again of it; null where nothing was. */
  readonly arguments: ArgumentSource | null;
}

/** The dumps of a file as one text, and by their index those of which the text prints goroutines. */
export interface CondensedReading {
  readonly text: string;
  readonly wholes: readonly (WholeDump | null)[];
}

/** Reads ranges of the file's text again; null: that would take too long. */
export type ReadAgain = (spans: readonly Span[]) => Promise<readonly (Uint8Array | undefined)[]> | null;

interface Planned {
  readonly traits: TraitsTable;
  readonly rows: Uint32Array;
}

/**
 * Condenses what was read in a file. The goroutines whose arguments the rules want are read again, so that the text
 * prints those that findings name, and as much of their arguments as is true of all they stand for. Undefined: called off.
 */
export async function condenseReading(
  { dumps }: Reading,
  readAgain: ReadAgain,
  run: <T>(steps: Steps<T>) => Promise<T | undefined>,
): Promise<CondensedReading | undefined> {
  const planned: Planned[] = [];
  for (const dump of dumps) {
    const plan = await run(plannedSteps(dump));
    if (plan === undefined) return undefined;
    planned.push(plan);
  }
  const spans = planned.flatMap(({ traits, rows }) => Array.from(rows, (row) => blockSpan(traits.dump, row)));
  const blocks = spans.length === 0 ? null : await readAgain(spans);
  const bytesAt = new Map(spans.map(({ start }, index) => [start, blocks?.[index]]));
  const texts: Condensed[] = [];
  const wholes: (WholeDump | null)[] = [];
  for (const { traits, rows } of planned) {
    const source = blocks === null ? null : await run(argumentSteps(traits.dump, rows, bytesAt));
    const condensed = source === undefined ? undefined : await run(analysedSteps(traits, source));
    if (source === undefined || condensed === undefined) return undefined;
    const { printed } = condensed;
    texts.push(condensed);
    wholes.push(printed && { dump: traits.dump, groups: traits.groups, printed, traits, arguments: source });
  }
  return { text: joinCondensed(texts), wholes };
}

function* plannedSteps(dump: Dump): Steps<Planned> {
  const traits = new TraitsTable(dump, yield* groupSteps(dump, { byLabels: false }));
  return { traits, rows: yield* planSteps(traits) };
}

function* analysedSteps(traits: TraitsTable, source: ArgumentSource | null): Steps<Condensed> {
  const findings = yield* ruleSteps(traits, { ...DEFAULT_CONTEXT, arguments: source });
  return yield* condensedSteps(traits.dump, toldBy(traits.dump, findings, source));
}

/** Each read once: findings are asked for again when settings change. */
function* argumentSteps(
  dump: Dump,
  rows: Uint32Array,
  bytesAt: ReadonlyMap<number, Uint8Array | undefined>,
): Steps<ArgumentSource> {
  const calls = new Map<number, readonly Call[] | undefined>();
  for (const row of rows) {
    const bytes = bytesAt.get(blockSpan(dump, row).start);
    calls.set(row, bytes && readCalls(dump, row, bytes));
    yield;
  }
  return { rows, calls: (row) => calls.get(row) };
}
