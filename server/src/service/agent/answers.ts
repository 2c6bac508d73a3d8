import type { Certainty } from "../../core/analysis/certainty.ts";
import { rowsOf } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { indexIds } from "../../core/model/idIndex.ts";
import { frameOf, stackOf } from "../../core/model/stack.ts";
import { stateInfo } from "../../core/model/state.ts";
import { guessGoVersion } from "../../core/names/goVersion.ts";
import { english } from "../../core/text/say.ts";
import { type AgentDump, findingSummary, groupSummary, idsOf, placed, quoted } from "./agentDump.ts";
import { pageOf } from "./page.ts";

const SURENESS: Readonly<Record<Certainty, number>> = { suspect: 1, strong: 2, proven: 3 };
/** States, groups, titles and notes of a summary. */
const [STATES, GROUPS, TITLES, NOTES] = [20, 5, 5, 5];
/** Places at which goroutines stand that are compared with a file. */
const ROW_LIMIT = 1_000_000;

/** What a dump holds, in short: where to look next. */
function summarize(open: AgentDump) {
  const { path, index, dump, groups, findings } = open;
  const states = new Map<string, number>();
  for (const { state, count } of groups.groups) states.set(state, (states.get(state) ?? 0) + count);
  const sorted = [...states].sort(([, left], [, right]) => right - left);
  const of = (certainty: Certainty): number => findings.filter((finding) => finding.certainty === certainty).length;
  return {
    path,
    dump: index,
    form: dump.form,
    go_version: guessGoVersion(dump),
    time: dump.time,
    goroutines: dump.total,
    groups: groups.groups.length,
    states: Object.fromEntries(sorted.slice(0, STATES).map(([state, count]) => [quoted(state), count])),
    states_left_out: Math.max(0, sorted.length - STATES),
    findings: { proven: of("proven"), strong: of("strong"), suspect: of("suspect") },
    first_findings: findings.slice(0, TITLES).map(({ certainty, title }) => `${certainty}: ${quoted(english(title))}`),
    largest_groups: groups.groups.slice(0, GROUPS).map((group) => {
      const { frames, ...summary } = groupSummary(open, group);
      return { ...summary, frames: frames.slice(0, 4), frames_left_out: Math.max(0, frames.length - 4) };
    }),
    notes: dump.notes.slice(0, NOTES).map(({ message }) => quoted(english(message))),
  };
}

/** Summaries of several dumps. */
export function summarizeAll(opens: readonly AgentDump[]) {
  return pageOf(opens, null, summarize);
}

/** Findings, surest first. */
export function listFindings(
  open: AgentDump,
  {
    minimum,
    rule,
    cursor,
  }: { readonly minimum: Certainty; readonly rule: string | null; readonly cursor: string | null },
) {
  const wanted = open.findings.filter(
    (finding) => SURENESS[finding.certainty] >= SURENESS[minimum] && (rule === null || finding.rule === rule),
  );
  return pageOf(wanted, cursor, (finding) => findingSummary(open, finding));
}

/** One group with its whole stack. */
export function groupDetails(open: AgentDump, number: number) {
  const group = open.groups.groups[number];
  if (group === undefined) return undefined;
  const { dump } = open;
  const rows = rowsOf(open.groups, group);
  const labels = group.labels === null ? [] : (dump.labelSets[group.labels] ?? []);
  const about = open.findings.filter((finding) => finding.rows.some((row) => open.groups.groupOf[row] === group.id));
  return {
    ...groupSummary(open, group),
    meaning: stateInfo(group.state).meaning,
    labels: Object.fromEntries(labels.slice(0, GROUPS).map(([key, value]) => [quoted(key), quoted(value)])),
    goroutines: idsOf(dump, rows),
    findings: about.slice(0, TITLES).map(({ certainty, title }) => `${certainty}: ${quoted(english(title))}`),
  };
}

/** Row of the goroutine with an id; -1: the dump has none. */
export function rowOfGoroutine({ dump }: AgentDump, id: number): number {
  return indexIds(dump.goroutines.id).rowOf(id);
}

/** What a goroutine waits for and why nobody comes, as far as findings say it: from the goroutine to the root. */
export function explainWait(open: AgentDump, row: number) {
  const { dump, groups } = open;
  const group = groups.groups[groups.groupOf[row]!]!;
  const about = open.findings.filter(
    ({ rows, root, cycle }) => root === row || cycle?.includes(row) === true || rows.includes(row),
  );
  const roots = new Set(about.flatMap(({ root }) => (root === null || root === row ? [] : [root])));
  return {
    goroutine: at(dump.goroutines.id, row),
    state: quoted(group.state),
    meaning: stateInfo(group.state).meaning,
    stands_at: stackOf(dump, group.stack).frames.slice(0, 8).map(placed),
    findings: about.slice(0, TITLES).map((finding) => findingSummary(open, finding)),
    roots: [...roots].slice(0, TITLES).map((root) => ({
      goroutine: at(dump.goroutines.id, root),
      state: quoted(groups.groups[groups.groupOf[root]!]!.state),
      stands_at: stackOf(dump, at(dump.goroutines.stack, root)).frames.slice(0, 8).map(placed),
    })),
    note:
      about.length === 0
        ? "No finding is about this goroutine: the dump alone does not say that its wait is a fault."
        : null,
  };
}

/** Groups with a frame in a file, whose path ends with `file`, and at a line where one is given. */
export function goroutinesAt(open: AgentDump, file: string, line: number | null, cursor: string | null) {
  const { dump, groups } = open;
  const isWanted = new Set<number>();
  const frames = Math.min(dump.frames.function.length, ROW_LIMIT);
  for (let id = 0; id < frames; id++) {
    const frame = frameOf(dump, id);
    const path = frame.file?.replaceAll("\\", "/") ?? "";
    const isFile = path === file || path.endsWith(`/${file}`);
    if (isFile && (line === null || frame.line === line)) isWanted.add(id);
  }
  const found = groups.groups.filter(({ stack }) => stackOf(dump, stack).frames.some(({ id }) => isWanted.has(id)));
  const goroutines = found.reduce((sum, { count }) => sum + count, 0);
  return { goroutines, ...pageOf(found, cursor, (group) => groupSummary(open, group)) };
}
