import type { Analysis } from "../../analysis/analysis.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import type { RuleId } from "../../analysis/ruleId.ts";
import { callAt, grouped } from "../../analysis/wording.ts";
import type { Wakers } from "../../leaks/wakers.ts";
import { type HolderEvidence, isWriteLocked, type Lock, type SelfWait } from "../../locks/lock.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import { locksForOthers } from "../../locks/sites.ts";
import { isMoving } from "../../locks/suspicion.ts";
import { goroutineName, lockName, lockType, subjectName, waitersSentences } from "../../locks/wording.ts";
import type { Frame } from "../../model/stack.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import { behindSentence, countOf, rowsBehind } from "./behindLock.ts";
import { takenBySelf } from "./takenLock.ts";

/** The three ways to wait for a lock that one's own outer call has taken. */
export type OwnLockRule = "self-deadlock" | "lock-upgrade" | "recursive-read-lock";

/** Findings of one of the rules about goroutines that wait for their own lock. */
export function findOwnLocks({ analysis, locks, wakers }: Investigation, rule: OwnLockRule): Finding[] {
  return locks.all.flatMap((report) => {
    const own = ownWait(report);
    if (own === undefined || ruleOf(report, own) !== rule || mayEnd(wakers, own)) return [];
    return [toFinding(analysis, report, own, rule)];
  });
}

/**
 * The waiters that hold the lock themselves. Method calls on one value are nested in healthy programs too, without the
 * outer one holding the lock; so this is said only when nobody else can hold it, and when the nested waiters are not so
 * many that an exclusive lock could not have let all of them in.
 */
function ownWait({ lock, suspicion, holder }: LockReport): SelfWait | undefined {
  const others = suspicion.candidates.filter(({ evidence }) => !WEAK.has(evidence));
  if (holder !== null || others.length > 0 || isMoving(suspicion)) return undefined;
  const past = suspicion.self.filter(({ isPast }) => isPast);
  // One alone is past an exclusive lock, and then nobody reads.
  if (past.length > 0) return past.length === 1 && past[0]?.count === 1 ? past[0] : undefined;
  const writer = longest(suspicion.self.filter(({ waiters }) => waiters.wait.forReaders));
  if (writer !== undefined) return writer;
  const self = isWriteLocked(lock) ? suspicion.self.filter(isNoReader) : suspicion.self;
  const readers = self.filter((each) => !isNoReader(each));
  return longest(readers.length > 0 ? readers : likeliest(self));
}

/** The one that has waited longest: whichever comes first in the dump, the same is said. */
function longest(self: readonly SelfWait[]): SelfWait | undefined {
  return [...self].sort((a, b) => minutes(b) - minutes(a))[0];
}

function minutes({ waiters }: SelfWait): number {
  return waiters.group.wait?.max ?? -1;
}

/** Evidence that a goroutine idles, or is only near: it holds nothing back. */
const WEAK: ReadonlySet<HolderEvidence> = new Set(["idle-loop", "same-package"]);

function isNoReader({ waiters }: SelfWait): boolean {
  return waiters.wait.operation !== "read";
}

/** Those that came back through other code rather than by a call from method to method; a loop hardly holds a lock. */
function likeliest(self: readonly SelfWait[]): readonly SelfWait[] {
  const back = self.filter(({ isReentered, isLoop }) => isReentered && !isLoop);
  return back.length > 0 ? back : self;
}

/** A method of another type of the package may hold the lock as well, unless Go's clock shows that it does not move. */
function mayEnd({ activeCode }: Wakers, { waiters }: SelfWait): boolean {
  return waiters.group.wait === null && activeCode.isAnyoneAlive(waiters.site?.package ?? "");
}

function ruleOf({ lock, suspicion }: LockReport, own: SelfWait): RuleId | undefined {
  const { operation, forReaders } = own.waiters.wait;
  if (own.isPast) return "self-deadlock";
  if (operation === "read") {
    if (lock.waiters.some(({ wait }) => wait.operation === "write")) return "recursive-read-lock";
    // Without a writer that waits, a reader waits for one that holds the lock: of several nested ones only one could.
    const nested = suspicion.self.reduce((sum, self) => sum + self.count, 0);
    return own.isReentered && !own.isLoop && nested === 1 ? "self-deadlock" : undefined;
  }
  // Of several that are nested alike only one could be past an exclusive lock of one value.
  const inAll = likeliest(suspicion.self.filter(isNoReader)).reduce((sum, self) => sum + self.count, 0);
  if (inAll > 1) return undefined;
  return forReaders ? "lock-upgrade" : "self-deadlock";
}

/** That nobody else holds the lock shows in a whole dump; less will do when the goroutine came back to its own value. */
function certaintyOf(
  { coverage }: Analysis,
  lock: Lock,
  { waiters, isReentered, isLoop, isPast, isSameValue }: SelfWait,
  taken: Frame | undefined,
): Certainty {
  if (taken !== undefined) return "strong";
  // The outer call may be on another value of the type: a parent, the next of a list.
  if (!isSameValue && !(isPast && locksForOthers(waiters.site))) return "suspect";
  // Of a lock without an address only the type is known: it may be another value's.
  if (lock.kind !== "once" && lock.address === null && lock.object === null) return "suspect";
  // Somebody may have it who is in none of its methods any more.
  if (!isPast && locksForOthers(waiters.site)) return "suspect";
  const isBack = isReentered && !isLoop;
  return coverage.kind === "whole" || (isBack && coverage.hasMain) ? "strong" : "suspect";
}

const MEANING: Readonly<Record<OwnLockRule, Message>> = {
  "self-deadlock": say`which an outer call of the same goroutine has locked already: Go's locks cannot be taken twice`,
  "lock-upgrade": say`while an outer call of the same goroutine holds the read lock: the writer waits for all readers, itself among them`,
  "recursive-read-lock": say`while an outer call of the same goroutine holds the read lock and a writer waits in between: the inner reader waits for the writer, and the writer for the outer reader`,
};

/** Where the source shows the line. */
const alreadyTaken = (taken: Frame): Message =>
  say`which it has locked already in ${callAt(taken)}: Go's locks cannot be taken twice`;

const SUSPICION = say`on whose value an outer call of the same goroutine runs: if that call holds the lock, this wait never ends`;

/** Without an address it may be another value of the type. */
const SUSPICION_OF_TYPE = say`and an outer call of the same goroutine is a method of that type: if it is the same value and holds the lock, this wait never ends`;

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
  const [row = 0] = own.rows;
  const taken = takenBySelf(analysis, own.waiters.group, lock);
  const certainty = certaintyOf(analysis, lock, own, taken);
  const behind = rowsBehind(lock, own.rows);
  return rowsFinding(analysis, {
    rule,
    certainty,
    evidenceClass: classOf(rule, wayOf(own, taken), lock.address === null ? "type" : "address"),
    what: lock.kind === "once" ? say`sync.Once that waits for itself` : TITLE[rule](lockType(lock)),
    message: messageOf(analysis, lock, own, { rule, certainty, behind: countOf(analysis.dump, behind), taken }),
    rows: [...own.rows, ...behind],
    at: row,
    evidence: [
      taken === undefined ? outerSentence(lock, own) : say`The source shows that it took the lock in ${callAt(taken)}.`,
      nobodyElse(analysis, certainty),
      ...waitersSentences(analysis, lock),
    ],
    root: row,
    related: [relatedOf(analysis, row, own, taken)],
  });
}

function outerSentence(lock: Lock, { outer, isSameValue }: SelfWait): Message {
  const isKnown = isSameValue && (lock.object !== null || lock.address !== null);
  return say`The outer call ${callAt(outer.frame)} is on the same stack and ${isKnown ? say`on the same value` : say`of the same type`}.`;
}

/** Of a suspect somebody may hold it all the same: whose value it is, is not known. */
function nobodyElse({ isWhole }: Analysis, certainty: Certainty): Message {
  if (certainty === "suspect") return say`Nobody else is seen to hold the lock.`;
  return isWhole ? say`Nobody else in the dump can hold the lock.` : say`Nobody else that is shown can hold the lock.`;
}

function wayOf({ isReentered }: SelfWait, taken: Frame | undefined): string {
  if (taken !== undefined) return "taken";
  return isReentered ? "came-back" : "nested";
}

function relatedOf(analysis: Analysis, row: number, { outer }: SelfWait, taken: Frame | undefined) {
  return taken?.line
    ? { ...relatedRow(analysis, row, say`Took the lock here`), frame: taken.id, line: taken.line }
    : { ...relatedRow(analysis, row, say`The outer call: ${callAt(outer.frame)}`), frame: outer.frame.id };
}

function messageOf(
  analysis: Analysis,
  lock: Lock,
  own: SelfWait,
  {
    rule,
    certainty,
    behind,
    taken,
  }: {
    readonly rule: OwnLockRule;
    readonly certainty: Certainty;
    readonly behind: number;
    readonly taken: Frame | undefined;
  },
): Message {
  const place = analysis.place(own.waiters.group);
  const row = own.rows[0] ?? 0;
  const one = place === null ? subjectName(analysis, row) : say`${callAt(place)}: ${goroutineName(analysis, row)}`;
  const many = place === null ? NOTHING : say`${callAt(place)}: `;
  const waits = own.count === 1 ? say`${one} waits` : say`${many}${grouped(own.count)} goroutines wait`;
  const isByType = lock.address === null && lock.object === null;
  const known = taken === undefined ? MEANING[rule] : alreadyTaken(taken);
  const meaning = certainty === "strong" ? known : isByType ? SUSPICION_OF_TYPE : SUSPICION;
  const rest = lock.kind === "once" ? ONCE : say`${meaning}. ${REMEDY[rule]}`;
  return say`${waits} for ${lockName(lock)}, ${rest}${behindSentence(behind)}`;
}
