import { openingBySource } from "../../leaks/openBySource.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import { callAt } from "../../analysis/wording.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import { stateInfo } from "../../model/state.ts";
import type { Candidate } from "../../locks/lock.ts";
import { isStartedElsewhere } from "../../leaks/creators.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import { isOpen } from "../../locks/openLock.ts";
import { locksForOthers } from "../../locks/sites.ts";
import { lockName, lockType, waitersSentences, waitFor } from "../../locks/wording.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { outlookOf } from "./leakTexts.ts";

/** Goroutines wait for a lock that nobody in the dump can hold: somebody returned without unlocking. */
export const lockWithoutHolder: Rule = {
  id: "lock-without-holder",
  title: "Lock that nobody holds any more",
  certainties: ["strong", "suspect"],
  *find(investigation) {
    for (const report of investigation.locks.all.filter(isOpen)) {
      const finding = toFinding(investigation, report);
      if (finding !== undefined) yield finding;
    }
  },
};

/** Why nobody will unlock it: Go's clock shows it, nobody is left in the code, or all the waiters are lost anyway. */
type Reason = "waited" | "nobody" | "lost" | "many";

function toFinding(investigation: Investigation, report: LockReport): Finding | undefined {
  const { analysis, isExplained } = investigation;
  const { lock, waiting } = report;
  const rows = lock.waiters.flatMap((waiters) => waiters.rows);
  const reason = reasonFor(investigation, report);
  const [first] = rows;
  if (first === undefined || reason === undefined) return undefined;
  if (lock.waiters.every(({ group }) => isExplained(group))) return undefined;
  const certainty = certaintyOf(investigation, reason, report);
  const place = analysis.place(analysis.groupOf(first));
  const where = place === null ? NOTHING : say`${callAt(place)}: `;
  const held =
    certainty === "strong"
      ? say`which nobody in the dump can hold: somebody returned or panicked without unlocking, or locked twice in one function`
      : say`and nobody who holds it can be seen: somebody may have returned or panicked without unlocking`;
  return rowsFinding(analysis, {
    rule: "lock-without-holder",
    certainty,
    evidenceClass: classOf("lock-without-holder", reason, lock.address === null ? "names" : "address"),
    what: say`${lockType(lock)} that nobody unlocks`,
    message: say`${where}${waitFor(waiting, lockName(lock))}, ${held}. Unlock with defer.`,
    rows,
    at: first,
    evidence: [
      ...(waitersSentences(analysis, lock) as [Message, ...Message[]]),
      lock.object === null
        ? say`Nobody else in the dump runs code of the lock's owner.`
        : say`Nobody else in the dump runs a method of the value that has the lock.`,
      ...outlookOf(analysis),
    ],
  });
}

/**
 * A lock that moves is between two holders for a moment, when nobody can be seen to hold it. That is over as soon as
 * Go's clock shows a minute for all waiters, and cannot be when nobody is left to run in what the lock guards.
 */
function reasonFor({ analysis, wakers }: Investigation, { lock, waiting }: LockReport): Reason | undefined {
  const { waiters } = lock;
  if (waiters.every(({ rows }) => rows.every((row) => wakers.whySurely(row) !== undefined))) return "lost";
  if (waiters.every(({ group }) => group.wait !== null && group.unwaited === 0)) return "waited";
  if (waiting > 1 && lock.address !== null && waiters.every(({ site }) => site?.isUser === true)) {
    const packages = new Set(waiters.map(({ site }) => site?.package ?? ""));
    if (wakers.activeCode.areAlone(packages, new Set(waiters.map(({ group }) => group)))) return "nobody";
  }
  return waiting >= analysis.context.thresholds.lockWaiters ? "many" : undefined;
}

/**
 * Without an address it is not known that all wait for one lock. A lock that the value lends, because it is exported or
 * embedded or a method takes it for its caller, may be held in any call that is still under way.
 */
function certaintyOf({ analysis, wakers }: Investigation, reason: Reason, { lock, suspicion }: LockReport): Certainty {
  if (!analysis.isWhole || lock.address === null || reason === "many") return "suspect";
  if (reason === "lost") return "strong";
  const { pastCall } = suspicion;
  const isLent =
    lock.waiters.some(({ site }) => locksForOthers(site)) ||
    (pastCall !== undefined && wakers.why(pastCall) === undefined);
  const mayEnd =
    suspicion.candidates.some((one) => waitsOnce(analysis, one)) ||
    lock.waiters.some(({ group }) => openingBySource(analysis, group) !== undefined);
  return isLent || mayEnd || wakers.activeCode.isWithinCall ? "suspect" : "strong";
}

/** A method of the value that another package has started may wait once, with the lock, rather than be the value's loop. */
function waitsOnce(analysis: Analysis, { group }: Candidate): boolean {
  return stateInfo(group.state).kind === "receive" && isStartedElsewhere(analysis, analysis.traits(group));
}
