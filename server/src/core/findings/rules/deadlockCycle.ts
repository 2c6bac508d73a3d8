import type { LockReport } from "../../locks/lockReports.ts";
import { goroutineName, holderSentence, lockName, subjectName } from "../../locks/wording.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { behindFinding } from "./behindLock.ts";
import { findWithoutAddresses } from "./cycleWithoutAddresses.ts";
import { joined, type Message, NOTHING, say } from "../../text/say.ts";

/** Goroutines each of which waits for a lock that the next one holds. */
export const deadlockCycle: Rule = {
  id: "deadlock-cycle",
  title: "Deadlock: a circle of locks",
  certainties: ["proven", "strong"],
  find: ({ analysis, locks }) => [
    ...locks
      .cycles()
      .filter(isStuck)
      .flatMap((cycle) => {
        const members = cycle.flatMap(({ holder }) => holder?.row ?? []);
        return [
          toFinding(analysis, cycle, members),
          ...cycle.flatMap((report) => behindCycle(analysis, report, members)),
        ];
      }),
    ...findWithoutAddresses(analysis, locks),
  ],
};

/** Being given a value is no proof of holding its lock: then nobody alive may be in the code that the locks guard. */
function isStuck(cycle: readonly LockReport[]): boolean {
  return cycle.every(({ holder, suspicion }) => holder?.evidence !== "has-value" || !suspicion.isMoving);
}

function toFinding(analysis: Analysis, cycle: readonly LockReport[], members: readonly number[]): Finding {
  for (const row of members) analysis.explain(analysis.groupOf(row));
  const isExact = cycle.every(({ lock, holder }) => lock.address !== null && holder?.evidence === "past-the-lock");
  const [first = 0] = members;
  const names = members.map((row) => goroutineName(analysis, row));
  return rowsFinding(analysis, {
    rule: "deadlock-cycle",
    certainty: isExact ? "proven" : "strong",
    what: say`Deadlock of ${goroutines(members.length)}`,
    message: say`Deadlock: ${goroutines(members.length)} wait for each other's locks in a circle (${joined(names, ", ")}). Take the locks in one order everywhere.`,
    rows: members,
    at: first,
    evidence: cycle.map((report, index) => edgeSentence(analysis, report, members.at(index - 1) ?? first)) as [
      Message,
      ...Message[],
    ],
    root: first,
    cycle: members,
    related: members
      .slice(1)
      .map((row) => relatedRow(analysis, row, say`${subjectName(analysis, row)} is in the circle`)),
  });
}

/** Who waits for a lock of the circle, and why the next one is taken for its holder. */
function edgeSentence(analysis: Analysis, { lock, holder }: LockReport, waiter: number): Message {
  const place = analysis.place(analysis.groupOf(waiter));
  const where = place === null ? NOTHING : say` in ${callAt(place)}`;
  const held = holder === null ? NOTHING : say` ${holderSentence(analysis, lock, holder)}`;
  return say`${subjectName(analysis, waiter)} waits${where} for ${lockName(lock)}.${held}`;
}

/** Others that wait for a lock of the circle. */
function behindCycle(analysis: Analysis, report: LockReport, members: readonly number[]): Finding[] {
  if (report.holder === null) return [];
  const culprits = [report.holder.row, ...members.filter((row) => row !== report.holder?.row)];
  return behindFinding(analysis, report, culprits);
}
