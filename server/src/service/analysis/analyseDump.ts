import type { ArgumentSource } from "../../core/analysis/arguments.ts";
import type { RuleContext } from "../../core/analysis/context.ts";
import { blockSpan } from "../../core/analysis/readArguments.ts";
import { RereadArguments } from "../../core/analysis/rereadArguments.ts";
import { TraitsTable } from "../../core/analysis/traits.ts";
import { applyIgnore, type Ignored } from "../../core/findings/applyIgnore.ts";
import type { Finding } from "../../core/findings/finding.ts";
import type { IgnoreEntry } from "../../core/findings/ignore.ts";
import { ruleSteps } from "../../core/findings/runRules.ts";
import type { Span } from "../../core/forms/traceback/block.ts";
import { type GroupTable, groupSteps } from "../../core/group/groups.ts";
import { planSteps } from "../../core/locks/planArguments.ts";
import type { Dump } from "../../core/model/dump.ts";
import type { Steps } from "../../core/steps.ts";

/** Works steps off: in turns where others wait for answers, else at once. Undefined: it was called off. */
export type RunSteps = <T>(steps: Steps<T>) => Promise<T | undefined>;

/** Some ranges of the text, read in one pass; undefined for what is gone. Null: it cannot be read again. */
export type ReadSpans = (spans: readonly Span[]) => Promise<readonly (Uint8Array | undefined)[] | null>;

/** How the analysis pauses and reads: its host hands it in. */
export interface AnalysisHost {
  readonly run: RunSteps;
  readonly readSpans: ReadSpans;
}

/** A dump to analyse; its groups, by stack, where the host has them. */
export interface DumpToAnalyse {
  readonly dump: Dump;
  readonly groups?: GroupTable;
}

/** A dump with all that rules need of its text. It can be judged again when settings or sources change. */
export interface PreparedDump {
  readonly dump: Dump;
  /** Always by stack and state: labels are a matter of printing. */
  readonly groups: GroupTable;
  readonly traits: TraitsTable;
  /** Null where the text cannot be read again: findings about locks are weaker. */
  readonly arguments: ArgumentSource | null;
}

/** What rules are given besides the dump and its text. */
export type Judging = Omit<RuleContext, "arguments">;

/** A dump with its findings, those that an ignore file expects set aside. */
export interface AnalysedDump extends Ignored {
  readonly prepared: PreparedDump;
}

/**
 * From dumps of one text to their findings, with everything applied: the command line, the editor, the condensed view and
 * the tests all go this way. Undefined: called off.
 */
export async function analyseDumps(
  dumps: readonly DumpToAnalyse[],
  host: AnalysisHost,
  judging: (prepared: PreparedDump) => Promise<Judging>,
  expected: readonly IgnoreEntry[],
): Promise<readonly AnalysedDump[] | undefined> {
  const prepared = await prepareDumps(dumps, host);
  const analysed: AnalysedDump[] = [];
  for (const each of prepared ?? []) {
    const findings = await judge(each, await judging(each), host.run);
    if (findings === undefined) return undefined;
    analysed.push({ prepared: each, ...applyIgnore(each.dump, each.groups, findings, expected) });
  }
  return prepared && analysed;
}

/** Groups dumps of one text, and reads the goroutines again whose arguments the rules want. Undefined: called off. */
export async function prepareDumps(
  dumps: readonly DumpToAnalyse[],
  { run, readSpans }: AnalysisHost,
): Promise<readonly PreparedDump[] | undefined> {
  const plan = await run(planReading(dumps));
  if (plan === undefined) return undefined;
  return takeBlocks(plan, plan.spans.length === 0 ? [] : await readSpans(plan.spans));
}

/** What is read again of the text of some dumps, and for whom. */
interface ReadingPlan {
  /** One for each row of each dump, in this order. */
  readonly spans: readonly Span[];
  readonly dumps: readonly { readonly traits: TraitsTable; readonly rows: Uint32Array }[];
}

/** Groups dumps and says which ranges of their text are to be read again: the first half of {@link prepareDumps}. */
export function* planReading(dumps: readonly DumpToAnalyse[]): Steps<ReadingPlan> {
  const planned: { traits: TraitsTable; rows: Uint32Array }[] = [];
  for (const { dump, groups } of dumps) {
    const traits = new TraitsTable(dump, groups ?? (yield* groupSteps(dump, { byLabels: false })));
    planned.push({ traits, rows: yield* planSteps(traits) });
  }
  const spans = planned.flatMap(({ traits, rows }) => Array.from(rows, (row) => blockSpan(traits.dump, row)));
  return { spans, dumps: planned };
}

/** Takes in what was read again; null: nothing could be. The second half of {@link prepareDumps}. */
export function takeBlocks(
  { dumps }: ReadingPlan,
  blocks: readonly (Uint8Array | undefined)[] | null,
): readonly PreparedDump[] {
  let first = 0;
  return dumps.map(({ traits, rows }) => {
    const { dump, groups } = traits;
    const own = blocks?.slice(first, (first += rows.length));
    return { dump, groups, traits, arguments: own ? new RereadArguments(traits, rows, own) : null };
  });
}

/** Runs the rules. Undefined: called off. */
export function judge(
  { traits, arguments: known }: PreparedDump,
  judging: Judging,
  run: RunSteps,
): Promise<readonly Finding[] | undefined> {
  return run(ruleSteps(traits, { ...judging, arguments: known }));
}
