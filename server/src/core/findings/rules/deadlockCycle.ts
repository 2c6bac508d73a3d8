import type { Analysis } from "../../analysis/analysis.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import type { HolderEvidence } from "../../locks/lock.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import { isMoving } from "../../locks/suspicion.ts";
import { goroutineName, holderSentence, lockName, lockType, subjectName } from "../../locks/wording.ts";
import { joined, type Message, NOTHING, say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { behindSentence, countOf, rowsBehind } from "./behindLock.ts";
import { findWithoutAddresses } from "./cycleWithoutAddresses.ts";
import { isDeniedBySource, isDoubtful, takenAt } from "./takenLock.ts";
import { findWaitCircles } from "./waitCircle.ts";

/** Goroutines each of which waits for a lock that the next one holds. */
export const deadlockCycle: Rule = {
  id: "deadlock-cycle",
  title: "Deadlock: a circle of locks",
  certainties: ["proven", "strong", "suspect"],
  find: (investigation) => [
    ...investigation.locks
      .cycles()
      .filter(isStuck)
      .map((cycle) => toFinding(investigation, cycle)),
    ...findWithoutAddresses(investigation.analysis, investigation.locks),
    ...findWaitCircles(investigation),
  ],
};

/** Being given a value is no proof of holding its lock: then nobody alive may be in the code that the locks guard. */
function isStuck(cycle: readonly LockReport[]): boolean {
  return cycle.every(({ holder, suspicion }) => holder?.evidence !== "has-value" || !isMoving(suspicion));
}

/** Evidence that tells a value by its address; a name alone makes nobody a holder. */
const BY_ADDRESS: ReadonlySet<HolderEvidence> = new Set(["past-the-lock", "same-value", "has-value"]);

function certaintyOf(investigation: Investigation, cycle: readonly LockReport[]): Certainty {
  const { analysis } = investigation;
  if (cycle.some((report) => mayHaveUnlocked(investigation, report))) return "suspect";
  const isExact = cycle.every(({ lock, holder }) => lock.address !== null && holder?.evidence === "past-the-lock");
  if (isExact) return "proven";
  const isKnown = cycle.every(
    ({ lock, holder }) =>
      holder?.evidence === "taken" || (lock.object !== null && BY_ADDRESS.has(holder?.evidence ?? "same-type")),
  );
  return isKnown && analysis.isWhole ? "strong" : "suspect";
}

function classPart(cycle: readonly LockReport[], certainty: Certainty): string {
  if (certainty === "proven") return "past-the-lock";
  return cycle.some(({ holder }) => holder?.evidence === "taken") ? "taken" : "value";
}

/**
 * Whether the holder of a lock may have unlocked it before it waited for the next one: the source shows no place at which it
 * took it, or no source shows one and somebody moves who may have the lock. Of functions that are no methods nothing tells
 * who that is, so it may be anybody in their package.
 */
function mayHaveUnlocked({ analysis, wakers }: Investigation, report: LockReport): boolean {
  const { holder, lock } = report;
  if (holder === null || isDeniedBySource(analysis, holder, lock)) return holder !== null;
  if (isDoubtful(analysis, report)) return true;
  const functions = lock.waiters.filter(({ site }) => site?.type === null);
  const isAnyoneAlive = functions.some(({ site }) => wakers.activeCode.isAnyoneAlive(site?.package ?? ""));
  return isAnyoneAlive && takenAt(analysis, holder, lock) === undefined;
}

function toFinding(investigation: Investigation, cycle: readonly LockReport[]): Finding {
  const { analysis } = investigation;
  const members = cycle.flatMap(({ holder }) => holder?.row ?? []);
  const behind = cycle.flatMap(({ lock }) => rowsBehind(lock, members));
  const [first = 0] = members;
  const certainty = certaintyOf(investigation, cycle);
  return rowsFinding(analysis, {
    rule: "deadlock-cycle",
    certainty,
    evidenceClass: classOf("deadlock-cycle", classPart(cycle, certainty)),
    what: say`Deadlock of ${goroutines(members.length)}`,
    message: messageOf(analysis, cycle, members, countOf(analysis.dump, behind)),
    rows: [...members, ...behind],
    at: first,
    evidence: cycle.map((report, index) => edgeSentence(analysis, report, members.at(index - 1) ?? first)) as [
      Message,
      ...Message[],
    ],
    root: first,
    cycle: members,
    related: members.map((row) => relatedRow(analysis, row, say`${subjectName(analysis, row)} waits in the circle`)),
  });
}

/** What and where first; who, last. */
function messageOf(
  analysis: Analysis,
  cycle: readonly LockReport[],
  members: readonly number[],
  behind: number,
): Message {
  const places = distinct(members.flatMap((row) => analysis.place(analysis.groupOf(row)) ?? []));
  const names = joined(
    members.map((row) => goroutineName(analysis, row)),
    ", ",
  );
  const [place, ...others] = places;
  const type = cycle[0] === undefined ? "" : lockType(cycle[0].lock);
  const isOne = others.length === 0 && cycle.every(({ lock }) => lockType(lock) === type);
  const what =
    place === undefined
      ? say`Deadlock`
      : isOne
        ? say`${callAt(place)} takes one ${type} after another, and not always in the same order`
        : say`${joined(places.map(callAt), ", ")} wait for each other's locks`;
  return say`${what}: ${goroutines(members.length)} wait for each other in a circle (${names}). Take the locks in one order everywhere.${behindSentence(behind)}`;
}

function distinct<T extends { readonly id: number }>(frames: readonly T[]): T[] {
  return [...new Map(frames.map((frame) => [frame.id, frame])).values()];
}

/** Who waits for a lock of the circle, and why the next one is taken for its holder. */
function edgeSentence(analysis: Analysis, { lock, holder }: LockReport, waiter: number): Message {
  const place = analysis.place(analysis.groupOf(waiter));
  const where = place === null ? NOTHING : say` in ${callAt(place)}`;
  const held = holder === null ? NOTHING : say` ${holderSentence(analysis, lock, holder)}`;
  return say`${subjectName(analysis, waiter)} waits${where} for ${lockName(lock)}.${held}`;
}
