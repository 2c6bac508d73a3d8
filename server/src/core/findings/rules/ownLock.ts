import type { Closure } from "../../leaks/closure.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import type { SelfWait } from "../../locks/lock.ts";
import { lockName, lockType, subjectName, waitersSentences, waitFor } from "../../locks/wording.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import type { RuleId } from "../../analysis/ruleId.ts";
import { callAt, grouped } from "../../analysis/wording.ts";
import { behindFinding } from "./behindLock.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";

/** The three ways to wait for a lock that one's own outer call has taken. */
export type OwnLockRule = "self-deadlock" | "lock-upgrade" | "recursive-read-lock";

/** Findings of one of the rules about goroutines that wait for their own lock. */
export function findOwnLocks({ analysis, locks, closure }: Investigation, rule: OwnLockRule): Finding[] {
  return locks.all.flatMap((report) => {
    const own = ownWait(report);
    if (own === undefined || ruleOf(report, own) !== rule || mayEnd(closure, own)) return [];
    return [toFinding(analysis, report, own, rule), ...behindFinding(analysis, report, own.rows)];
  });
}

/**
 * The waiters that hold the lock themselves. Method calls on one value are nested in healthy programs too, without the
 * outer one holding the lock; so this is said only when nobody else can hold it, and when the nested waiters are not so
 * many that an exclusive lock could not have let all of them in.
 */
function ownWait({ suspicion, holder }: LockReport): SelfWait | undefined {
  const others = suspicion.candidates.filter(({ evidence }) => evidence !== "idle-loop");
  if (holder !== null || others.length > 0 || suspicion.isMoving) return undefined;
  const writer = suspicion.self.find(({ waiters }) => waiters.wait.forReaders);
  return writer ?? suspicion.self.find(({ waiters }) => waiters.wait.operation === "read") ?? suspicion.self[0];
}

/** A method of another type of the package may hold the lock as well, unless Go's clock shows that it does not move. */
function mayEnd({ vicinity }: Closure, { waiters }: SelfWait): boolean {
  return waiters.group.wait === null && vicinity.isAnyoneAlive(waiters.site?.package ?? "");
}

function ruleOf({ lock, suspicion }: LockReport, { waiters }: SelfWait): RuleId | undefined {
  const { operation, forReaders } = waiters.wait;
  if (operation === "read" && lock.waiters.some(({ wait }) => wait.operation === "write")) return "recursive-read-lock";
  // Of several that are nested alike only one could be past an exclusive lock of one value.
  const inAll = suspicion.self.reduce((sum, self) => sum + self.count, 0);
  if (inAll > 1) return undefined;
  return forReaders ? "lock-upgrade" : "self-deadlock";
}

const MEANING: Readonly<Record<OwnLockRule, Message>> = {
  "self-deadlock": say`which an outer call of the same goroutine has locked already: Go's locks cannot be taken twice`,
  "lock-upgrade": say`while an outer call of the same goroutine holds the read lock: the writer waits for all readers, itself among them`,
  "recursive-read-lock": say`while an outer call of the same goroutine holds the read lock and a writer waits in between: the inner reader waits for the writer, and the writer for the outer reader`,
};

const REMEDY: Readonly<Record<OwnLockRule, Message>> = {
  "self-deadlock": say`Call a variant that expects the lock to be held, or unlock first.`,
  "lock-upgrade": say`Release the read lock first and check again under the write lock, or take the write lock at once.`,
  "recursive-read-lock": say`Take the read lock once, in the outermost call.`,
};

/** What is wrong, by the lock's type. */
const TITLE: Readonly<Record<OwnLockRule, (lock: string) => Message>> = {
  "self-deadlock": (lock) => say`${lock} locked twice`,
  "lock-upgrade": (lock) => say`${lock} write-locked while read-locked`,
  "recursive-read-lock": (lock) => say`${lock} read-locked twice`,
};

const ONCE = say`within the function that this sync.Once is running: Do waits until that function has returned. Do not use what is being initialised while initialising it.`;

function toFinding(analysis: Analysis, { lock }: LockReport, own: SelfWait, rule: OwnLockRule): Finding {
  analysis.explain(own.waiters.group);
  const [row = 0] = own.rows;
  const place = analysis.place(own.waiters.group);
  const where = place === null ? NOTHING : say` in ${callAt(place)}`;
  const isOne = own.count === 1;
  const waits = isOne ? say`${subjectName(analysis, row)} waits` : say`${grouped(own.count)} goroutines wait`;
  const rest = lock.waiters.reduce((sum, { count }) => sum + count, 0) - own.count;
  return rowsFinding(analysis, {
    rule,
    certainty: "strong",
    what: lock.kind === "once" ? say`sync.Once that waits for itself` : TITLE[rule](lockType(lock)),
    message: say`${waits}${where} for ${lockName(lock)}, ${lock.kind === "once" ? ONCE : say`${MEANING[rule]}. ${REMEDY[rule]}`}`,
    rows: own.rows,
    at: row,
    evidence: [
      say`The outer call ${callAt(own.outer.frame)} is on the same stack and ${lock.object === null && lock.address === null ? say`of the same type` : say`on the same value`}.`,
      say`Nobody else in the dump can hold the lock.`,
      ...waitersSentences(analysis, lock),
      ...(rest > 0 ? [say`${waitFor(rest, say`what it holds`)}.`] : []),
    ],
    root: row,
    related: [
      { ...relatedRow(analysis, row, say`The outer call: ${callAt(own.outer.frame)}`), frame: own.outer.frame.id },
    ],
  });
}
