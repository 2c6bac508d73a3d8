import { type Candidate, SURE_OF_LOCK } from "../../locks/lock.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import { waitKindOf } from "../../locks/lockWait.ts";
import { owesDone } from "../../locks/owedDone.ts";
import {
  goroutineName,
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
import { stateInfo } from "../../model/state.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { waitOf } from "../../leaks/waits.ts";
import { classOf } from "../classes.ts";
import { outlookOf } from "./leakTexts.ts";
import { certaintyOf, type Chain } from "./stuckHolder.ts";
import { isDeniedBySource, isDoubtful, takenAt } from "./takenLock.ts";
import type { Frame } from "../../model/stack.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";

/** Somebody holds a lock that others wait for, and is blocked on something else. */
export const lockHeldWhileBlocked: Rule = {
  id: "lock-held-while-blocked",
  title: "Lock held by a goroutine that is blocked",
  certainties: ["strong", "suspect"],
  explains: ({ certainty }) => certainty === "strong",
  find: (investigation) =>
    [...chainsByRoot(investigation).values()].flatMap((chain) => toFinding(investigation, chain) ?? []),
};

/** Each lock belongs to the one chain its holders lead to; locks in or behind a circle have their own finding. */
function chainsByRoot({ analysis, locks, isExplained }: Investigation): Map<number, Chain> {
  const chains = new Map<number, Chain>();
  for (const report of locks.all) {
    const { locks: path, loopsTo } = locks.chain(report);
    const held = knownPart(analysis, path);
    const root = held.at(-1)?.holder;
    const isToldAlready = report.lock.waiters.every(({ group }) => isExplained(group));
    const isCircle = loopsTo !== null && held.length === path.length;
    if (isCircle || root === null || root === undefined || root.evidence === "has-value" || isToldAlready) continue;
    const known = chains.get(root.row);
    if (known === undefined) chains.set(root.row, { root, locks: [report] });
    else if (held.length === 1) known.locks.unshift(report);
    else known.locks.push(report);
  }
  return chains;
}

/** The locks of a chain up to the first whose holder is not known by an address; that one's, when it is the very first. */
function knownPart(analysis: Analysis, path: readonly LockReport[]): readonly LockReport[] {
  const end = path.findIndex(
    (report) => report.holder === null || !SURE_OF_LOCK.has(report.holder.evidence) || isDoubtful(analysis, report),
  );
  return end < 0 ? path : path.slice(0, Math.max(end, 1));
}

function toFinding(investigation: Investigation, chain: Chain): Finding | undefined {
  const { analysis } = investigation;
  const { root, locks } = chain;
  const [direct] = locks;
  const judged = certaintyOf(investigation, chain);
  if (judged === undefined || direct === undefined) return undefined;
  const certainty = isDeniedBySource(analysis, root, direct.lock) ? "suspect" : judged;
  const waiters = locks.flatMap(({ lock }) => lock.waiters);
  const standing = analysis.place(root.group);
  const taken = takenAt(analysis, root, direct.lock);
  return rowsFinding(analysis, {
    rule: "lock-held-while-blocked",
    certainty,
    evidenceClass: classOf("lock-held-while-blocked", root.evidence, waitOf(root.group, analysis.traits(root.group))),
    what: heldWhile(analysis, chain, lockType(direct.lock)),
    message: messageOf(investigation, chain, direct, certainty),
    rows: [root.row, ...waiters.flatMap(({ rows }) => rows)],
    at: root.row,
    evidence: [
      holderSentence(analysis, direct.lock, root),
      ...(taken === undefined ? [] : [takenSentence(root, taken)]),
      say`${subjectName(analysis, root.row)} ${occupation(analysis, root.row)}${standing === null ? NOTHING : say` in ${callAt(standing)}`}${since(analysis, root.row)}: ${outlook(investigation, root)}`,
      ...locks.slice(0, 5).flatMap(({ lock }) => waitersSentences(analysis, lock)),
      ...outlookOf(analysis),
    ],
    root: root.row,
    related: relatedOf(investigation, chain, taken),
  });
}

/** What and where first, then who, and the lock's address last. */
function messageOf(investigation: Investigation, chain: Chain, { lock }: LockReport, certainty: Certainty): Message {
  const { analysis } = investigation;
  const { root, locks } = chain;
  const standing = analysis.place(root.group);
  const waiting = locks.reduce((sum, report) => sum + report.waiting, 0);
  const others = say`${waitFor(waiting, say`the lock`)}${behind(locks.length - 1)}`;
  const who =
    standing === null
      ? subjectName(analysis, root.row)
      : say`${callAt(standing)}: ${goroutineName(analysis, root.row)}`;
  const does = say`${occupation(analysis, root.row)}${since(analysis, root.row)}`;
  const advice = say`${nextHolder(investigation, root)}${remedy(investigation, chain)}`;
  return certainty === "strong"
    ? say`${who} holds ${lockName(lock)} while it ${does}; ${others}. ${advice}`
    : say`${who} may hold ${lockName(lock)} while it ${does}; ${others}. ${remedy(investigation, chain)}`;
}

/** A sentence about the one that may hold the lock for which the root waits itself; empty where there is no such one. */
function nextHolder({ analysis, locks }: Investigation, { row }: Candidate): Message {
  const candidates = locks.of(row)?.suspicion.candidates.filter(({ evidence }) => evidence !== "idle-loop") ?? [];
  const [only] = candidates;
  return only === undefined || candidates.length > 1 || only.evidence === "same-package"
    ? NOTHING
    : say`The lock for which it waits itself may be held by ${goroutineName(analysis, only.row)} in ${callAt(only.frame.frame)}. `;
}

/** Without an address it may be that lock of another value. */
function takenSentence({ evidence }: Candidate, taken: Frame): Message {
  return SURE_OF_LOCK.has(evidence)
    ? say`The source shows that it took the lock in ${callAt(taken)}.`
    : say`The source shows that it took such a lock in ${callAt(taken)}.`;
}

function relatedOf({ analysis }: Investigation, { root, locks }: Chain, taken: Frame | undefined) {
  const first = locks.slice(0, 5).flatMap(({ lock }) => lock.waiters.slice(0, 5));
  return [
    {
      ...relatedRow(analysis, root.row, say`Holds the lock in ${callAt(root.frame.frame)}`),
      frame: root.frame.frame.id,
    },
    ...(taken?.line
      ? [
          {
            ...relatedRow(
              analysis,
              root.row,
              SURE_OF_LOCK.has(root.evidence) ? say`Took the lock here` : say`Took such a lock here`,
            ),
            frame: taken.id,
            line: taken.line,
          },
        ]
      : []),
    ...first.map(({ rows, count }) =>
      relatedRow(analysis, rows[0] ?? root.row, say`${goroutines(count)} waiting for the lock`),
    ),
  ];
}

/** Why the wait will not end, in words: the rest of a sentence. */
function outlook({ analysis, wakers }: Investigation, { row, group }: Candidate): Message {
  const { families, role } = analysis.traits(group);
  if (waitsForChild(families)) return say`the lock stays held for as long as the other process runs.`;
  if (role !== "blocked") return say`the lock stays held until that ends.`;
  const { kind } = stateInfo(group.state);
  const other = kind === "send" ? say`receives` : kind === "receive" ? say`sends` : say`could wake it`;
  return wakers.why(row) === undefined
    ? say`the lock stays held until somebody ${other}.`
    : say`nobody is left in the dump who ${other}.`;
}

/** `RWMutex held while sending`: the title, but for the place. */
function heldWhile(analysis: Analysis, { root }: Chain, lock: string): Message {
  const traits = analysis.traits(root.group);
  if (waitsForChild(traits.families)) return say`${lock} held while a child process runs`;
  switch (waitKindOf(root.group.state, traits)) {
    case "send":
      return say`${lock} held while sending`;
    case "receive":
      return say`${lock} held while receiving`;
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

function remedy({ analysis, locks: { known } }: Investigation, { root, locks }: Chain): Message {
  const kind = waitKindOf(root.group.state, analysis.traits(root.group));
  if (kind === "send")
    return say`The lock is held while the send has no receiver: send after unlocking, or without waiting.`;
  if (kind === "receive" || kind === "select") return say`Wait for the channel after unlocking.`;
  if (kind !== "wait-group") return say`Do what takes long before locking or after unlocking.`;
  const waiters = locks.flatMap(({ lock }) => lock.waiters.flatMap(({ rows }) => Array.from(rows.slice(0, 64))));
  const owes = owesDone(analysis, known, root.row, waiters);
  return owes === undefined
    ? say`Unlock before Wait.`
    : say`${subjectName(analysis, owes)} waits for the lock and may owe the WaitGroup its Done, so that neither goes on: unlock before Wait.`;
}
