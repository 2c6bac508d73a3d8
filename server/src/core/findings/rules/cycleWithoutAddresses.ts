import { standsAside } from "../../analysis/roles.ts";
import type { Group } from "../../group/groups.ts";
import type { LockReport, LockReports } from "../../locks/lockReports.ts";
import { isOpen } from "../../locks/openLock.ts";
import { waitersSentences } from "../../locks/wording.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import { rowsFinding } from "../rowsFinding.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { NOTHING, say } from "../../text/say.ts";

/**
 * Circles where no arguments tell the locks (profiles). When everybody in a package's code waits for locks, of at least
 * two kinds, whoever holds them is among the waiters. Methods that were called directly on the lock's owner hold nothing
 * yet; functions that are no methods of it are the ones that take several locks.
 */
export function findWithoutAddresses(analysis: Analysis, { all }: LockReports): Finding[] {
  const unnamed = all.filter(({ lock }) => lock.address === null && lock.object === null);
  const byPackage = new Map<string, LockReport[]>();
  for (const report of unnamed.filter(isOpen)) {
    const name = report.lock.waiters[0]?.site?.package;
    if (name !== undefined) byPackage.set(name, [...(byPackage.get(name) ?? []), report]);
  }
  return [...byPackage].flatMap(([name, reports]) => {
    if (reports.length < 2 || !onlyLockWaiters(analysis, name, reports)) return [];
    return toFinding(analysis, reports);
  });
}

/** Whether nobody runs code of the package but those who wait for the locks. */
function onlyLockWaiters(analysis: Analysis, name: string, reports: readonly LockReport[]): boolean {
  const waiting = new Set<Group>(reports.flatMap(({ lock }) => lock.waiters.map(({ group }) => group)));
  return analysis.groups.groups.every((group) => {
    const { role, user } = analysis.traits(group);
    return standsAside(role) || waiting.has(group) || user.every((facts) => facts.package !== name);
  });
}

function toFinding(analysis: Analysis, reports: readonly LockReport[]): Finding[] {
  const members = reports.flatMap(({ lock }) => lock.waiters.filter(({ site }) => site?.type === null));
  const count = members.reduce((sum, waiters) => sum + waiters.count, 0);
  const rows = members.flatMap((waiters) => waiters.rows);
  const [first] = rows;
  if (first === undefined || count < 2) return [];
  const place = analysis.place(analysis.groupOf(first));
  const where = place === null ? NOTHING : say`${callAt(place)}: `;
  return [
    rowsFinding(analysis, {
      rule: "deadlock-cycle",
      // Names alone: which lock is whose, no address tells.
      certainty: "suspect",
      evidenceClass: "deadlock-cycle/names",
      what: say`Deadlock: a circle of locks`,
      message: say`${where}${goroutines(count)} may wait for each other's locks in a circle. Take the locks in one order everywhere.`,
      rows,
      at: first,
      evidence: [
        say`Everybody who runs code of this package waits for a lock, so whoever holds the locks is among the waiters.`,
        ...reports.flatMap(({ lock }) => waitersSentences(analysis, lock)),
        say`A profile has no addresses: a debug=2 dump would show which lock is which.`,
      ],
    }),
  ];
}
