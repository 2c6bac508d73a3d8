import type { LockReport } from "../../locks/lockReports.ts";
import { isOpen } from "../../locks/openLock.ts";
import { lockName, lockType, waitersSentences, waitFor } from "../../locks/wording.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { type Message, say } from "../../text/say.ts";

/** Goroutines wait for a lock that nobody in the dump can hold: somebody returned without unlocking. */
export const lockWithoutHolder: Rule = {
  id: "lock-without-holder",
  title: "Lock that nobody holds any more",
  certainties: ["strong", "suspect"],
  find: (investigation) =>
    investigation.locks.all.filter(isOpen).flatMap((report) => toFinding(investigation, report) ?? []),
};

function toFinding(investigation: Investigation, report: LockReport): Finding | undefined {
  const { analysis } = investigation;
  const { lock, waiting } = report;
  const rows = lock.waiters.flatMap((waiters) => waiters.rows);
  const certainty = certaintyOf(investigation, report);
  const [first] = rows;
  if (first === undefined || certainty === undefined) return undefined;
  if (lock.waiters.every(({ group }) => analysis.isExplained(group))) return undefined;
  for (const { group } of lock.waiters) analysis.explain(group);
  return rowsFinding(analysis, {
    rule: "lock-without-holder",
    certainty,
    what: say`${lockType(lock)} that nobody unlocks`,
    message: say`${waitFor(waiting, lockName(lock))}, which nobody in the dump can hold: somebody returned or panicked without unlocking, or locked twice in one function. Unlock with defer.`,
    rows,
    at: first,
    evidence: [
      ...(waitersSentences(analysis, lock) as [Message, ...Message[]]),
      lock.object === null
        ? say`Nobody else in the dump runs code of the lock's owner.`
        : say`Nobody else in the dump runs a method of the value that has the lock.`,
    ],
  });
}

/**
 * A lock that moves is between two holders for a moment, when nobody can be seen to hold it. That is over as soon as
 * Go's clock shows a minute for all waiters, and cannot be when nobody is left to run in what the lock guards.
 */
function certaintyOf({ analysis, closure }: Investigation, { lock, waiting }: LockReport): Certainty | undefined {
  const { waiters } = lock;
  const allWaited = waiters.every(({ group }) => group.wait !== null && group.unwaited === 0);
  if (allWaited || waiters.every(({ rows }) => rows.every((row) => closure.why(row) !== undefined))) return "strong";
  return waiting >= analysis.context.thresholds.lockWaiters ? "suspect" : undefined;
}
