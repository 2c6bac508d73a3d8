import type { Analysis } from "../analysis/analysis.ts";
import type { Steps } from "../steps.ts";
import { Holders } from "./holders.ts";
import { KnownArguments } from "./knownArguments.ts";
import type { Candidate, Lock } from "./lock.ts";
import { LockTable } from "./lockTable.ts";
import type { Suspicion } from "./suspicion.ts";
import { TakenLocks } from "./takenLocks.ts";

/** Locks that are looked into, those with most waiters first. */
const LOCK_LIMIT = 1000;

/** A lock that goroutines wait for, and what is known of its holder. */
export interface LockReport {
  readonly lock: Lock;
  /** Waiting goroutines: the sum of the weights. */
  readonly waiting: number;
  readonly suspicion: Suspicion;
  /** The one who most likely holds it; null when nobody does, or several may. */
  readonly holder: Candidate | null;
}

/** All locks, and the chains between them. */
export class LockReports {
  readonly all: readonly LockReport[];
  /** The arguments that were read again to find them. */
  readonly known: KnownArguments;
  readonly #table: LockTable;
  readonly #byLock: ReadonlyMap<Lock, LockReport>;

  private constructor(known: KnownArguments, table: LockTable, reports: readonly LockReport[]) {
    this.known = known;
    this.#table = table;
    this.all = reports;
    this.#byLock = new Map(reports.map((report) => [report.lock, report]));
  }

  /** Finds them; what the arguments say of the waiting goroutines is one step. */
  static *of(analysis: Analysis): Steps<LockReports> {
    const known = new KnownArguments(analysis);
    yield;
    const table = new LockTable(analysis, known);
    yield;
    const holders = yield* Holders.of(analysis, known, table);
    const largest = table.locks
      .map((lock) => ({ lock, waiting: lock.waiters.reduce((sum, { count }) => sum + count, 0) }))
      .sort((a, b) => b.waiting - a.waiting)
      .slice(0, LOCK_LIMIT);
    const taken = new TakenLocks(analysis);
    const reports: LockReport[] = [];
    for (const { lock, waiting } of largest) {
      const suspicion = withTaker(holders.suspicionOf(lock), taken.holderOf(lock));
      reports.push({ lock, waiting, suspicion, holder: holderOf(suspicion) });
      yield;
    }
    return new LockReports(known, table, reports);
  }

  /** The lock that the holder of a lock waits for itself; undefined when it waits for none. */
  next(report: LockReport): LockReport | undefined {
    const lock = report.holder === null ? undefined : this.#table.lockOf(report.holder.row);
    return lock === undefined ? undefined : this.#byLock.get(lock);
  }

  /** The lock a row waits for. */
  of(row: number): LockReport | undefined {
    const lock = this.#table.lockOf(row);
    return lock === undefined ? undefined : this.#byLock.get(lock);
  }

  /** Follows holders from lock to lock: the locks on the way, and whether the way leads back to one of them. */
  chain(start: LockReport): { readonly locks: readonly LockReport[]; readonly loopsTo: LockReport | null } {
    const locks: LockReport[] = [];
    const seen = new Set<LockReport>();
    for (let report: LockReport | undefined = start; report !== undefined; report = this.next(report)) {
      if (seen.has(report)) return { locks, loopsTo: report };
      seen.add(report);
      locks.push(report);
    }
    return { locks, loopsTo: null };
  }

  /** Every circle of locks once. Each lock has one holder, so following holders from each lock once finds them all. */
  cycles(): readonly (readonly LockReport[])[] {
    const visited = new Map<LockReport, number>();
    const found: LockReport[][] = [];
    this.all.forEach((start, round) => {
      const path: LockReport[] = [];
      let report: LockReport | undefined = start;
      while (report !== undefined && !visited.has(report)) {
        visited.set(report, round);
        path.push(report);
        report = this.next(report);
      }
      if (report !== undefined && visited.get(report) === round) found.push(path.slice(path.indexOf(report)));
    });
    return found.filter((cycle) => cycle.length > 1);
  }
}

/** The source knows better than names and addresses. */
function withTaker(suspicion: Suspicion, taker: Candidate | undefined): Suspicion {
  return taker === undefined ? suspicion : { ...suspicion, candidates: [taker] };
}

/** One alone with the best evidence there is. Those who just idle, or were only given the value, do not count. */
function holderOf({ candidates }: Suspicion): Candidate | null {
  const [best, second] = candidates;
  if (best === undefined || best.evidence === "idle-loop" || best.count !== 1) return null;
  return second !== undefined && second.evidence === best.evidence ? null : best;
}
