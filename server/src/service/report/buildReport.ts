import { coverageOf } from "../../core/analysis/coverage.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { remade } from "../../core/lists.ts";
import { filterGroups, type FilteredGroup } from "../../core/group/filter.ts";
import { type Filter, NO_FILTER } from "../../core/group/filterQuery.ts";
import { type Group, type GroupTable, rowsOf } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { type Dump, NO_ID, NO_WAIT } from "../../core/model/dump.ts";
import { CREATED_BY, FRAME, type Frame, frameOf } from "../../core/model/stack.ts";
import { guessGoVersion } from "../../core/names/goVersion.ts";
import type {
  FindingReport,
  FrameReport,
  GroupReport,
  MissingSourceReport,
  RevisionReport,
  SourceReport,
} from "../../output/report.ts";
import type { LazyDumpReport, LazyList } from "./lazyReport.ts";
import { english } from "../../core/text/say.ts";

/** Ids a group or finding names unless all were asked for. */
const FIRST_IDS = 10;

/** A dump with all that was found out about it. */
export interface AnalyzedDump {
  readonly file: string;
  readonly dump: Dump;
  /** Grouped by labels as well. */
  readonly groups: GroupTable;
  readonly findings: Iterable<Finding>;
  /** Absent: no source was asked for. */
  readonly revisions?: readonly RevisionReport[];
  readonly missingSources?: readonly MissingSourceReport[];
}

/** A file of this machine that a frame was resolved to. */
export interface ResolvedPlace extends SourceReport {
  readonly resolved: string;
}

export interface ReportOptions {
  readonly allIds: boolean;
  /** The file a frame was resolved to, and what is known of it; null when none was found. */
  readonly resolve: (frame: Frame) => ResolvedPlace | null;
  /** Absent: all goroutines are reported. */
  readonly filter?: Filter;
}

/** The report on one dump. */
export function reportDump(analyzed: AnalyzedDump, options: ReportOptions): LazyDumpReport {
  const { file, dump } = analyzed;
  const { groups, findings } = shownOf(analyzed, options.filter ?? NO_FILTER);
  return {
    file,
    form: dump.form,
    startLine: dump.startLine + 1,
    goVersion: guessGoVersion(dump),
    coverage: reportCoverage(dump),
    goroutines: dump.total,
    states: countStates(groups),
    groups: {
      length: groups.length,
      *[Symbol.iterator]() {
        const reporter = new GroupReporter(dump, options);
        for (const { group, rows } of groups) yield reporter.report(group, rows);
      },
    },
    findings: remade(function* () {
      for (const finding of findings) yield reportFinding(dump, finding, options);
    }),
    notes: dump.notes.map(({ kind, line, message }) => ({ kind, line: line + 1, message: english(message) })),
    ...some("revisions", analyzed.revisions),
    ...some("missingSources", analyzed.missingSources),
  };
}

/** A list that is absent where it would be empty. */
function some<K extends string, T>(name: K, list: readonly T[] = []): { readonly [key in K]?: readonly T[] } {
  return list.length === 0 ? {} : ({ [name]: list } as { readonly [key in K]: readonly T[] });
}

function reportCoverage(dump: Dump): LazyDumpReport["coverage"] {
  const { kind, reason } = coverageOf(dump);
  return { kind, reason: english(reason) };
}

/** What a filter leaves of groups and findings: those that hold, or concern, a goroutine which it lets through. */
function shownOf(
  { dump, groups, findings }: AnalyzedDump,
  filter: Filter,
): { readonly groups: LazyList<FilteredGroup>; readonly findings: Iterable<Finding> } {
  if (filter === NO_FILTER) return { groups: allOf(groups), findings };
  const all = [...findings];
  const blamed = new Uint8Array(dump.goroutines.length);
  for (const { rows } of all) for (const row of rows) blamed[row] = 1;
  const filtered = filterGroups(dump, groups, filter, { isBlamed: (row) => blamed[row] === 1 });
  const isShown = new Uint8Array(dump.goroutines.length);
  for (const { rows } of filtered) for (const row of rows) isShown[row] = 1;
  return {
    groups: filtered.map((one) => ({ ...one, group: { ...one.group, ...sharedBy(dump, one) } })),
    findings: all.filter(({ rows }) => rows.some((row) => isShown[row] === 1)),
  };
}

/** The groups with all of their goroutines. */
function allOf(table: GroupTable): LazyList<FilteredGroup> {
  return {
    length: table.groups.length,
    *[Symbol.iterator]() {
      for (const group of table.groups) yield { group, rows: rowsOf(table, group), count: group.count };
    },
  };
}

/** What is true of those of a group's goroutines that are reported. */
function sharedBy({ goroutines }: Dump, { rows, count }: FilteredGroup): Pick<Group, "count" | "wait"> {
  let [min, max] = [NO_WAIT, -1];
  for (const row of rows) {
    const wait = at(goroutines.wait, row);
    if (wait === NO_WAIT) continue;
    min = Math.min(min, wait);
    max = Math.max(max, wait);
  }
  return { count, wait: max < 0 ? null : { min, max } };
}

function countStates(groups: Iterable<FilteredGroup>): Record<string, number> {
  const states = new Map<string, number>();
  for (const { group } of groups) states.set(group.state, (states.get(group.state) ?? 0) + group.count);
  return Object.fromEntries(states);
}

/** Reports the groups of one dump. Stacks share their frames' reports: there are few, however many stacks have them. */
export class GroupReporter {
  readonly #dump: Dump;
  readonly #options: ReportOptions;
  readonly #frames: (FrameReport | undefined)[];

  constructor(dump: Dump, options: ReportOptions) {
    this.#dump = dump;
    this.#options = options;
    this.#frames = Array.from({ length: dump.frames.line.length });
  }

  /** The report on a group of which `rows` are the goroutines. */
  report(group: Group, rows: Uint32Array): GroupReport {
    const labels = group.labels === null ? [] : (this.#dump.labelSets[group.labels] ?? []);
    const { frames, createdBy } = this.#calls(group.stack);
    return {
      count: group.count,
      state: group.state,
      waitMinutes: group.wait,
      frames,
      createdBy,
      goroutineIds: idsOf(this.#dump, rows, this.#options),
      labels: labels.length === 0 ? null : Object.fromEntries(labels),
    };
  }

  #calls(stack: number): Pick<GroupReport, "frames" | "createdBy"> {
    const { parent, edge } = this.#dump.stacks;
    const frames: FrameReport[] = [];
    let createdBy: FrameReport | null = null;
    for (let node = stack; node > 0; node = parent[node]!) {
      const kind = edge[node]! & 3;
      if (kind === FRAME) frames.push(this.#frame(edge[node]! >> 2));
      else if (kind === CREATED_BY) createdBy = this.#frame(edge[node]! >> 2);
    }
    return { frames: frames.reverse(), createdBy };
  }

  #frame(id: number): FrameReport {
    return (this.#frames[id] ??= reportFrame(frameOf(this.#dump, id), this.#options));
  }
}

function reportFrame(frame: Frame, options: ReportOptions): FrameReport {
  return { function: frame.function, file: frame.file, line: frame.line, ...resolvedBy(frame, options) };
}

function resolvedBy(frame: Frame | null, { resolve }: ReportOptions): Pick<FrameReport, "resolved"> {
  const place = frame && resolve(frame);
  return place ?? { resolved: null };
}

function reportFinding(dump: Dump, finding: Finding, options: ReportOptions): FindingReport {
  const frame = finding.frame === null ? null : frameOf(dump, finding.frame);
  const idOf = (row: number): number => at(dump.goroutines.id, row);
  return {
    rule: finding.rule,
    certainty: finding.certainty,
    evidenceClass: finding.evidenceClass,
    title: english(finding.title),
    message: english(finding.message),
    count: finding.count,
    goroutineIds: idsOf(dump, finding.rows, options),
    file: frame?.file ?? null,
    line: frame?.line ?? null,
    ...resolvedBy(frame, options),
    dumpLine: finding.dumpLine + 1,
    evidence: finding.evidence.map(english),
    root: finding.root === null ? null : idOf(finding.root),
    cycle: finding.cycle === null ? null : finding.cycle.map(idOf),
  };
}

/** Ids in ascending order, repeats left out. */
function idsOf(dump: Dump, rows: Uint32Array, { allIds }: ReportOptions): readonly number[] {
  return allIds ? sortedIds(dump, rows) : smallestIds(dump, rows);
}

function sortedIds(dump: Dump, rows: Uint32Array): readonly number[] {
  const ids = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) ids[index] = at(dump.goroutines.id, rows[index]!);
  ids.sort();
  return Array.from(ids).filter((id, index) => id !== NO_ID && id !== ids[index - 1]);
}

/** The first few of {@link sortedIds} in one pass. */
function smallestIds(dump: Dump, rows: Uint32Array): readonly number[] {
  if (rows.length === 1) {
    const id = at(dump.goroutines.id, rows[0]!);
    return id === NO_ID ? [] : [id];
  }
  const smallest: number[] = [];
  for (const row of rows) {
    const id = at(dump.goroutines.id, row);
    if (id === NO_ID || (smallest.length === FIRST_IDS && id >= smallest[FIRST_IDS - 1]!)) continue;
    const place = smallest.findIndex((known) => known >= id);
    if (place >= 0 && smallest[place] === id) continue;
    smallest.splice(place < 0 ? smallest.length : place, 0, id);
    if (smallest.length > FIRST_IDS) smallest.pop();
  }
  return smallest;
}
