import type { Candidate } from "../../locks/lock.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import {
  capitalized,
  goroutineName,
  holderSentence,
  lockName,
  occupation,
  since,
  waitersSentences,
  waitsForChild,
} from "../../locks/wording.ts";
import { at } from "../../model/column.ts";
import { NO_WAIT } from "../../model/dump.ts";
import { stateInfo } from "../../model/state.ts";
import type { Certainty, Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines, place } from "../../analysis/wording.ts";

/** A chain of locks and the goroutine at its end that waits for something else. */
interface Chain {
  readonly root: Candidate;
  /** The lock the root holds first, then those that wait behind it. */
  readonly locks: LockReport[];
}

/** Somebody holds a lock that others wait for, and is blocked on something else. */
export const lockHeldWhileBlocked: Rule = {
  id: "lock-held-while-blocked",
  title: "Lock held by a goroutine that is blocked",
  certainties: ["strong", "suspect"],
  find: (investigation) =>
    [...chainsByRoot(investigation).values()].flatMap((chain) => toFinding(investigation, chain) ?? []),
};

/** Each lock belongs to the one chain its holders lead to; locks in or behind a circle have their own finding. */
function chainsByRoot({ locks }: Investigation): Map<number, Chain> {
  const chains = new Map<number, Chain>();
  for (const report of locks.all) {
    const { locks: path, loopsTo } = locks.chain(report);
    const root = path.at(-1)?.holder;
    if (loopsTo !== null || root === null || root === undefined || root.evidence === "has-value") continue;
    const known = chains.get(root.row);
    if (known === undefined) chains.set(root.row, { root, locks: [report] });
    else if (path.length === 1) known.locks.unshift(report);
    else known.locks.push(report);
  }
  return chains;
}

function toFinding(investigation: Investigation, chain: Chain): Finding | undefined {
  const { analysis } = investigation;
  const { root, locks } = chain;
  const certainty = certaintyOf(investigation, chain);
  const [direct] = locks;
  if (certainty === undefined || direct === undefined) return undefined;
  const waiters = locks.flatMap(({ lock }) => lock.waiters);
  if (certainty === "strong") for (const { group } of [root, ...waiters]) analysis.explain(group);
  const waiting = locks.reduce((sum, report) => sum + report.waiting, 0);
  const name = goroutineName(analysis, root.row);
  const standing = analysis.place(root.group);
  const where = standing === null ? "" : ` at ${place(standing)}`;
  const hidden =
    locks.length > 1 ? ` and ${locks.length - 1} more ${locks.length === 2 ? "lock" : "locks"} behind it` : "";
  return rowsFinding(analysis, {
    rule: "lock-held-while-blocked",
    certainty,
    message:
      `${capitalized(name)} holds ${lockName(direct.lock)} while it ${occupation(analysis, root.row)}${where}${since(analysis, root.row)}; ` +
      `${goroutines(waiting)} ${waiting === 1 ? "waits" : "wait"} for the lock${hidden}. ${remedy(chain)}`,
    rows: [root.row, ...waiters.flatMap(({ rows }) => rows)],
    at: root.row,
    evidence: [
      holderSentence(analysis, direct.lock, root),
      `It ${occupation(analysis, root.row)}${standing === null ? "" : ` in ${callAt(standing)}`}${since(analysis, root.row)}: ${outlook(investigation, root)}`,
      ...locks.slice(0, 5).flatMap(({ lock }) => waitersSentences(analysis, lock)),
    ],
    root: root.row,
    related: relatedOf(investigation, chain),
  });
}

function relatedOf({ analysis }: Investigation, { root, locks }: Chain) {
  const first = locks.slice(0, 5).flatMap(({ lock }) => lock.waiters.slice(0, 5));
  return [
    {
      ...relatedRow(analysis, root.row, `Holds the lock since ${callAt(root.frame.frame)}`),
      frame: root.frame.frame.id,
    },
    ...first.map(({ rows, count }) =>
      relatedRow(analysis, rows[0] ?? root.row, `${goroutines(count)} waiting for the lock`),
    ),
  ];
}

/**
 * Locks are held across short waits in healthy programs. So the holder has to be stuck: nobody is left who could wake it,
 * or it has waited for a minute by Go's own clock, or it waits for another process, which no lock should.
 */
function certaintyOf({ analysis, closure }: Investigation, { root, locks }: Chain): Certainty | undefined {
  const { role, families } = analysis.traits(root.group);
  const { kind } = stateInfo(root.group.state);
  if (kind === "running") return undefined;
  const hasWaited = at(analysis.dump.goroutines.wait, root.row) !== NO_WAIT;
  // Methods that take no lock may wait for minutes beside others that wait for it for a moment.
  const haveOthers = locks.some(({ lock }) => lock.waiters.some(({ group }) => group.wait !== null));
  const isHolder = root.evidence === "past-the-lock" || haveOthers;
  if ((hasWaited && isHolder) || waitsForChild(families)) return "strong";
  if (role === "blocked") return closure.why(root.row) === undefined ? "suspect" : "strong";
  const waiting = locks.reduce((sum, report) => sum + report.waiting, 0);
  return waiting >= analysis.context.thresholds.lockWaiters ? "suspect" : undefined;
}

/** Why the wait will not end, in words: the rest of a sentence. */
function outlook({ analysis, closure }: Investigation, { row, group }: Candidate): string {
  const { families, role } = analysis.traits(group);
  if (waitsForChild(families)) return "the lock stays held for as long as the other process runs.";
  if (role !== "blocked") return "the lock stays held until that ends.";
  const isSend = group.state.startsWith("chan send");
  const other = isSend ? "receives" : group.state.startsWith("chan receive") ? "sends" : "could wake it";
  return closure.why(row) === undefined
    ? `the lock stays held until somebody ${other}.`
    : `nobody is left in the dump who ${other}.`;
}

function remedy({ root }: Chain): string {
  const { state } = root.group;
  if (state.startsWith("chan send"))
    return "The lock is held while the send has no receiver: send after unlocking, or without waiting.";
  if (state.startsWith("chan receive") || state.startsWith("select")) return "Wait for the channel after unlocking.";
  return "Do what takes long before locking or after unlocking.";
}
