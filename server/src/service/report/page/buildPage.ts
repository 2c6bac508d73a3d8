import type { Finding } from "../../../core/findings/finding.ts";
import { callTreeSteps } from "../../../core/group/callTree.ts";
import { countSteps, type GoroutineCounts } from "../../../core/group/counts.ts";
import { filterGroups, type FilteredGroup } from "../../../core/group/filter.ts";
import { NO_FILTER, parseFilter } from "../../../core/group/filterQuery.ts";
import { joinRows } from "../../../core/group/groups.ts";
import { guessGoVersion } from "../../../core/names/goVersion.ts";
import type { Steps } from "../../../core/steps.ts";
import type { BoundedList, CallTreeColumns, DumpReportPage, LabelCounts, StateCount } from "../../../protocol/index.ts";
import { clip } from "../../../core/text/visible.ts";
import { FrameNumbers } from "./frameNumbers.ts";
import type { Filtered, ReportSource } from "./reportedDump.ts";
import { pageFinding } from "./pageFinding.ts";
import { pageGroup } from "./pageGroup.ts";
import { waitGraphSteps } from "./pageWaits.ts";
import { waitClass } from "./waitClass.ts";
import { words } from "../../base/words.ts";

/** Calls of the tree: what a picture can show, and what keeps the answer below a megabyte. */
const CALLS = 3000;
const [STATES, LABELS, LABEL_VALUES, FINDINGS, GROUPS, NOTES] = [30, 8, 12, 100, 100, 30];
const TEXT_LIMIT = 500;

/** The report of a dump, of the goroutines that a filter lets through. */
export function* reportSteps(source: ReportSource, filter: string): Steps<DumpReportPage> {
  const { dump, groups: table } = source.prepared;
  const query = parseFilter(filter);
  const isFiltered = query.kind === "filter" && !query.isEmpty;
  const blamed = blamedRows(source);
  const groups = filterGroups(dump, table, query.kind === "filter" ? query.filter : NO_FILTER, {
    isBlamed: (row) => blamed[row] === 1,
  });
  yield;
  const all: Filtered = { source, groups, findingOf: findingsByGroup(source), frames: new FrameNumbers() };
  const states = stateCounts(groups);
  const counts = yield* countSteps(dump, isFiltered ? joinRows(groups.map(({ rows }) => rows)) : table.rows);
  const tree = yield* callTree(all, states.items);
  const waitGraph = yield* waitGraphSteps(all);
  const shownFindings = source.findings.filter((finding) => !isFiltered || isShown(all, finding));
  return {
    name: source.name,
    index: source.index,
    dumps: source.dumps,
    form: dump.form,
    goVersion: guessGoVersion(dump),
    time: dump.time,
    total: dump.total,
    shown: isFiltered ? groups.reduce((sum, { count }) => sum + count, 0) : dump.total,
    stacks: groups.length,
    filter,
    filterError: query.kind === "malformed" ? words(query.message) : null,
    states,
    ...countsPage(counts),
    findings: bounded(shownFindings, FINDINGS, (finding) => pageFinding(all, finding)),
    tree,
    groups: bounded(groups, GROUPS, (group) => pageGroup(all, group)),
    waitGraph,
    notes: bounded(dump.notes, NOTES, ({ line, message }) => ({
      line: line + 1,
      message: clip(words(message), TEXT_LIMIT),
    })),
    frames: all.frames.columns(),
  };
}

export function bounded<T, R>(list: readonly T[], limit: number, page: (item: T) => R): BoundedList<R> {
  return { items: list.slice(0, limit).map(page), more: Math.max(0, list.length - limit) };
}

function findingsByGroup({ findings, rowOf, prepared }: ReportSource): ReadonlyMap<number, number> {
  const { groupOf } = prepared.groups;
  const found = new Map<number, number>();
  findings.forEach(({ rows }, number) => {
    for (const row of rows) {
      const group = groupOf[rowOf(row)]!;
      if (!found.has(group)) found.set(group, number);
    }
  });
  return found;
}

/** Whether a finding names a goroutine of a group that the filter lets through. */
function isShown({ source, groups }: Filtered, { rows }: Finding): boolean {
  const shown = new Set(groups.map(({ group }) => group.id));
  return rows.some((row) => shown.has(source.prepared.groups.groupOf[source.rowOf(row)]!));
}

function stateCounts(groups: readonly FilteredGroup[]): BoundedList<StateCount> {
  const counts = new Map<string, number>();
  for (const { group, count } of groups) counts.set(group.state, (counts.get(group.state) ?? 0) + count);
  const sorted = [...counts].sort(([, left], [, right]) => right - left);
  return bounded(sorted, STATES, ([state, count]) => ({
    state: clip(state, TEXT_LIMIT),
    class: waitClass(state),
    count,
  }));
}

function countsPage({ waits, labels }: GoroutineCounts): Pick<DumpReportPage, "waits" | "labels"> {
  return {
    // JSON has no infinity.
    waits: waits.map(({ from, to, count }) => ({ from, to: to === Infinity ? null : to, count })),
    labels: bounded(labels, LABELS, ({ key, values }): LabelCounts => ({
      key: clip(key, TEXT_LIMIT),
      values: bounded(values, LABEL_VALUES, ([value, count]) => ({ value: clip(value, TEXT_LIMIT), count })),
    })),
  };
}

function* callTree(
  { source, groups, findingOf, frames }: Filtered,
  states: readonly StateCount[],
): Steps<CallTreeColumns> {
  const { dump } = source.prepared;
  const numbers = new Map(states.map(({ state }, number) => [state, number]));
  const parts = groups.map(({ group, count }) => ({
    stack: group.stack,
    count,
    state: numbers.get(group.state) ?? -1,
    finding: Math.min(findingOf.get(group.id) ?? FINDINGS, FINDINGS),
  }));
  const known = parts.map((part) => (part.finding === FINDINGS ? { ...part, finding: -1 } : part));
  const tree = yield* callTreeSteps(dump, known, CALLS);
  return {
    parent: tree.parent,
    frame: tree.frame.map((frame) => (frame < 0 ? -1 : frames.of(dump, frame))),
    depth: tree.depth,
    count: tree.count,
    groups: tree.parts,
    state: tree.state,
    finding: tree.finding,
    more: tree.left,
  };
}

/** 1 at the rows that a finding concerns. */
function blamedRows({ prepared: { dump }, findings }: ReportSource): Uint8Array {
  const blamed = new Uint8Array(dump.goroutines.length);
  for (const { rows } of findings) for (const row of rows) blamed[row] = 1;
  return blamed;
}
