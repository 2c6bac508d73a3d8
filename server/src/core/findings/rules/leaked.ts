import { at } from "../../model/column.ts";
import { Flag } from "../../model/dump.ts";
import { type Group, joinRows } from "../../group/groups.ts";
import { baseState } from "../../model/state.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import { groupFinding } from "../groupFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { NOTHING, say } from "../../text/say.ts";
import type { LockReports } from "../../locks/lockReports.ts";
import { waitersSentences } from "../../locks/wording.ts";
import { classOf } from "../classes.ts";
import { rowsFinding } from "../rowsFinding.ts";

/** Locks that one finding names. */
const LOCKS_NAMED = 5;

/** Goroutines that Go's own leak detector (1.26+) has proved to be lost, or that the leak checker of a test lists. */
export const leaked: Rule = {
  id: "leaked",
  title: "Leaked, says a leak detector",
  certainties: ["proven", "strong"],
  find({ analysis, locks }) {
    if (analysis.dump.form === "goleak") return listed(analysis, locks);
    const isLeakProfile = analysis.dump.profile === "goroutineleak" && analysis.dump.form !== "traceback";
    return analysis.groups.groups
      .filter((group) => isLeakProfile || isMarked(analysis, group))
      .map((group) => toFinding(analysis, group, isLeakProfile));
  },
};

/** What was left over when a test ended: the checker says so itself. A place is one finding. */
function listed(analysis: Analysis, locks: LockReports): Finding[] {
  const byPlace = new Map<string, Group[]>();
  for (const group of analysis.groups.groups) {
    const key = `${analysis.place(group)?.id} ${baseState(group.state)}`;
    const groups = byPlace.get(key);
    if (groups === undefined) byPlace.set(key, [group]);
    else groups.push(group);
  }
  return [...byPlace.values()].flatMap((groups) => listedAt(analysis, locks, groups) ?? []);
}

function listedAt(analysis: Analysis, locks: LockReports, groups: readonly Group[]): Finding | undefined {
  const [first] = groups;
  if (first === undefined) return undefined;
  const rows = joinRows(groups.map((group) => analysis.rows(group)));
  const frame = analysis.place(first);
  const where = frame === null ? say`Somewhere` : callAt(frame);
  const names = new Set(Array.from(rows, (row) => locks.of(row)).flatMap((report) => report ?? []));
  return rowsFinding(analysis, {
    rule: "leaked",
    certainty: "strong",
    evidenceClass: classOf("leaked", "checker"),
    what: (count) => say`${goroutines(count)} left over by a test`,
    message: say`${where}: ${goroutines(rows.length)} still blocked when the test ended (${baseState(first.state)}). End what the test starts before it returns.`,
    rows,
    at: rows[0] ?? 0,
    evidence: [
      say`The leak checker of the test lists them: they were left over when it ended.`,
      ...[...names].slice(0, LOCKS_NAMED).flatMap(({ lock }) => waitersSentences(analysis, lock)),
    ],
  });
}

/** The mark is part of the printed state, so all goroutines of a group have it or none. */
function isMarked(analysis: Analysis, group: Group): boolean {
  const first = analysis.groups.rows[group.start];
  return first !== undefined && (at(analysis.dump.goroutines.flags, first) & Flag.leaked) !== 0;
}

function toFinding(analysis: Analysis, group: Group, isLeakProfile: boolean): Finding {
  const frame = analysis.place(group);
  const where = frame === null ? NOTHING : say` in ${callAt(frame)}`;
  return groupFinding(analysis, group, {
    rule: "leaked",
    certainty: "proven",
    what: say`${goroutines(group.count)} leaked`,
    message: say`${goroutines(group.count)} leaked: blocked forever${where} (${baseState(group.state)}).`,
    evidence: [
      isLeakProfile
        ? say`They are in a goroutineleak profile: the garbage collector found that nothing reachable can wake them.`
        : say`Go marks them (leaked): the garbage collector found that nothing reachable can wake them.`,
    ],
  });
}
