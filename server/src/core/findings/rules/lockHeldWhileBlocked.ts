import type { Candidate } from "../../locks/lock.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import {
  holderSentence,
  lockName,
  lockType,
  occupation,
  since,
  subjectName,
  waitFor,
  waitersSentences,
  waitsForChild,
} from "../../locks/wording.ts";
import { at } from "../../model/column.ts";
import { NO_WAIT } from "../../model/dump.ts";
import { baseState, stateInfo } from "../../model/state.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines, place } from "../../analysis/wording.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";

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
  const standing = analysis.place(root.group);
  const where = standing === null ? NOTHING : say` at ${place(standing)}`;
  return rowsFinding(analysis, {
    rule: "lock-held-while-blocked",
    certainty,
    what: heldWhile(analysis, chain, lockType(direct.lock)),
    message: say`${subjectName(analysis, root.row)} holds ${lockName(direct.lock)} while it ${occupation(analysis, root.row)}${where}${since(analysis, root.row)}; ${waitFor(waiting, say`the lock`)}${behind(locks.length - 1)}. ${remedy(chain)}`,
    rows: [root.row, ...waiters.flatMap(({ rows }) => rows)],
    at: root.row,
    evidence: [
      holderSentence(analysis, direct.lock, root),
      say`It ${occupation(analysis, root.row)}${standing === null ? NOTHING : say` in ${callAt(standing)}`}${since(analysis, root.row)}: ${outlook(investigation, root)}`,
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
      ...relatedRow(analysis, root.row, say`Holds the lock since ${callAt(root.frame.frame)}`),
      frame: root.frame.frame.id,
    },
    ...first.map(({ rows, count }) =>
      relatedRow(analysis, rows[0] ?? root.row, say`${goroutines(count)} waiting for the lock`),
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
function outlook({ analysis, closure }: Investigation, { row, group }: Candidate): Message {
  const { families, role } = analysis.traits(group);
  if (waitsForChild(families)) return say`the lock stays held for as long as the other process runs.`;
  if (role !== "blocked") return say`the lock stays held until that ends.`;
  const isSend = group.state.startsWith("chan send");
  const other = isSend ? say`receives` : group.state.startsWith("chan receive") ? say`sends` : say`could wake it`;
  return closure.why(row) === undefined
    ? say`the lock stays held until somebody ${other}.`
    : say`nobody is left in the dump who ${other}.`;
}

/** `RWMutex held while sending`: the title, but for the place. */
function heldWhile(analysis: Analysis, { root }: Chain, lock: string): Message {
  if (waitsForChild(analysis.traits(root.group).families)) return say`${lock} held while a child process runs`;
  const state = baseState(root.group.state);
  switch (stateInfo(state).kind) {
    case "channel":
      return state.startsWith("chan send") ? say`${lock} held while sending` : say`${lock} held while receiving`;
    case "select":
      return say`${lock} held in a select`;
    case "lock":
      return say`${lock} held while locking another`;
    case "wait-group":
      return say`${lock} held in WaitGroup.Wait`;
    case "condition":
      return say`${lock} held in Cond.Wait`;
    case "io":
      return say`${lock} held during input or output`;
    case "syscall":
      return say`${lock} held in a system call`;
    case "sleep":
      return say`${lock} held while sleeping`;
    default:
      return say`${lock} held while blocked`;
  }
}

/** Locks that wait behind the one that is held. */
function behind(locks: number): Message {
  if (locks === 0) return NOTHING;
  return locks === 1 ? say` and 1 more lock behind it` : say` and ${locks} more locks behind it`;
}

function remedy({ root }: Chain): Message {
  const { state } = root.group;
  if (state.startsWith("chan send"))
    return say`The lock is held while the send has no receiver: send after unlocking, or without waiting.`;
  if (state.startsWith("chan receive") || state.startsWith("select")) return say`Wait for the channel after unlocking.`;
  return say`Do what takes long before locking or after unlocking.`;
}
