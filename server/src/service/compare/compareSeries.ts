import { compareSteps } from "../../core/compare/compareDumps.ts";
import { findInSeries } from "../../core/compare/seriesRules.ts";
import type { Steps } from "../../core/steps.ts";
import type { ComparedDump, ComparedStack, CompareResult } from "../../protocol/index.ts";
import { seriesFindings, seriesStack } from "./comparedStacks.ts";
import type { FoundDump } from "./dumpFiles.ts";
import { dumpNames } from "./dumpNames.ts";

/** Stacks sent at a time. */
const PAGE = 200;
/** Findings told. */
const FINDINGS = 200;

/** What came of comparing; its stacks are made page by page. */
export interface Compared extends Omit<CompareResult, "stacks"> {
  readonly stack: (index: number) => ComparedStack;
}

/** The stacks from that number on, as many as are sent at a time. */
export function pageOf({ stack, ...result }: Compared, from: number): CompareResult {
  const length = Math.max(0, Math.min(PAGE, result.total - from));
  return { ...result, stacks: Array.from({ length }, (_, index) => stack(from + index)) };
}

/** What became of the stacks of dumps that follow each other. */
export function* compareSeries(
  dumps: readonly FoundDump[],
  problems: readonly string[],
  isOff: (rule: string) => boolean,
): Steps<Compared> {
  const comparison = yield* compareSteps(dumps);
  const findings = findInSeries(comparison, isOff);
  const left = findings.length - FINDINGS;
  return {
    dumps: comparedDumps(dumps),
    total: comparison.groups.length,
    stack: (index) => seriesStack(dumps, comparison.groups[index]!),
    findings: seriesFindings(dumps, comparison, findings.slice(0, FINDINGS)),
    problems: left > 0 ? [...problems, `${left} more findings are left out; the stacks show what grows.`] : problems,
  };
}

export function comparedDumps(dumps: readonly FoundDump[]): ComparedDump[] {
  const names = dumpNames(dumps.map(({ uri }) => uri));
  const several = new Set(dumps.filter(({ index }) => index > 0).map(({ uri }) => uri));
  return dumps.map(({ uri, index, time, dump }, number) => {
    const name = several.has(uri) ? `${names[number]} #${index + 1}` : names[number]!;
    return { uri, index, name, time, goroutines: dump.total };
  });
}
