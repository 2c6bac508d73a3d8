import type { LockReport } from "../../locks/lockReports.ts";
import { goroutineName, lockName, lockType, subjectName, waitersSentences, waitFor } from "../../locks/wording.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import { say } from "../../text/say.ts";

/** The goroutines that wait for a lock which those of `culprits` will never release: they are stuck as well. */
export function behindFinding(analysis: Analysis, { lock }: LockReport, culprits: readonly number[]): Finding[] {
  const stuck = new Set(culprits);
  const rows = lock.waiters.flatMap((waiters) => waiters.rows).filter((row) => !stuck.has(row));
  const [first] = rows;
  const [culprit] = culprits;
  if (first === undefined || culprit === undefined) return [];
  for (const { group } of lock.waiters) analysis.explain(group);
  const name = goroutineName(analysis, culprit);
  return [
    rowsFinding(analysis, {
      rule: "lock-held-while-blocked",
      certainty: "strong",
      what: say`${lockType(lock)} held in a deadlock`,
      message: say`${waitFor(rows.length, lockName(lock))}, which ${name} holds; it is deadlocked and will never release it.`,
      rows,
      at: first,
      evidence: [
        say`${subjectName(analysis, culprit)} is part of a deadlock, see its own finding.`,
        ...waitersSentences(analysis, lock),
      ],
      root: culprit,
      related: [relatedRow(analysis, culprit, say`Holds the lock and is deadlocked`)],
    }),
  ];
}
