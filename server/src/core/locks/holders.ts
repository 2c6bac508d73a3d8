import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import type { Steps } from "../steps.ts";
import type { FrameFacts } from "../names/frameFacts.ts";
import { isIdleLoop } from "./idleLoop.ts";
import type { KnownArguments } from "./knownArguments.ts";
import type { Candidate, HolderEvidence, Lock } from "./lock.ts";
import type { LockTable } from "./lockTable.ts";
import { isOnceFrame } from "./lockWait.ts";
import { Namesakes } from "./namesakes.ts";
import { onceRunners } from "./onceRunners.ts";
import { SelfWaits } from "./selfWaits.ts";
import { Sites } from "./sites.ts";
import type { Suspicion } from "./suspicion.ts";
import { ValueIndex } from "./valueIndex.ts";

/** Most convincing first. */
const ORDER: readonly HolderEvidence[] = [
  "taken",
  "past-the-lock",
  "same-value",
  "has-value",
  "same-type",
  "same-package",
  "idle-loop",
];

/** Goroutines of one group whose receivers are compared. */
const ROWS_COMPARED = 16;
/** Calls around the one that asks for a lock which may have it from that one. */
const CALLERS = 4;

/** Where a lock is asked for, and the groups that run code of such names besides those that wait for it. */
interface AskedAt {
  readonly sites: Sites;
  readonly namesakes: ReadonlyMap<Group, number>;
  /** See {@link Suspicion.pastCall}. */
  readonly pastCall: number | undefined;
}

/** Candidates of one kind, and the rows of those who move. */
interface Found {
  readonly candidates: Candidate[];
  readonly moving: readonly number[];
}

const NOBODY: Found = { candidates: [], moving: [] };

/**
 * Finds out who may hold a lock. A lock guards the methods of the value it lies in: whoever runs one of them and does not
 * wait for the lock itself may hold it. Two goroutines that wait for the same lock never hold it from each other.
 */
export class Holders {
  readonly #analysis: Analysis;
  readonly #arguments: KnownArguments;
  readonly #table: LockTable;
  readonly #values: ValueIndex;
  readonly #selfWaits: SelfWaits;
  readonly #namesakes: Namesakes;
  /** Where the waiters of a lock ask for it, by their groups: many locks may have waiters of one group. */
  readonly #asked = new Map<string, AskedAt>();

  private constructor(analysis: Analysis, known: KnownArguments, table: LockTable) {
    this.#analysis = analysis;
    this.#arguments = known;
    this.#table = table;
    this.#values = new ValueIndex(analysis, known, table.locks);
    this.#selfWaits = new SelfWaits(analysis, known, this.#values);
    this.#namesakes = new Namesakes(analysis);
  }

  /** Those of a dump; who was given which value is one step. */
  static *of(analysis: Analysis, known: KnownArguments, table: LockTable): Steps<Holders> {
    const holders = new Holders(analysis, known, table);
    yield;
    if (table.locks.length === 0) return holders;
    yield* holders.#namesakes.enterAll();
    return holders;
  }

  suspicionOf(lock: Lock): Suspicion {
    const asked = this.#askedAt(lock);
    const { sites } = asked;
    const byValue = this.#byValue(lock, sites);
    const byName = this.#byName(lock, asked, byValue);
    const known = [...byValue.candidates.values(), ...byName.candidates].sort(
      (a, b) => ORDER.indexOf(a.evidence) - ORDER.indexOf(b.evidence),
    );
    const byPackage =
      known.length === 0 && (sites.types.size === 0 || lock.isBare) ? this.#byPackage(lock, sites) : NOBODY;
    return {
      candidates: known.length > 0 ? known : byPackage.candidates,
      self: this.#selfWaits.of(lock, sites),
      moving: new Set([...byValue.moving, ...byName.moving, ...byPackage.moving]),
      pastCall: asked.pastCall,
    };
  }

  #askedAt(lock: Lock): AskedAt {
    const key = lock.waiters.map(({ group }) => group.id).join();
    let asked = this.#asked.get(key);
    if (asked === undefined) {
      const sites = new Sites(lock, this.#analysis);
      const waiting = new Set(lock.waiters.map(({ group }) => group));
      const others = [...this.#namesakes.at(sites)].filter(([group]) => !waiting.has(group));
      asked = { sites, namesakes: new Map(others), pastCall: this.#pastCall(lock, waiting) };
      this.#asked.set(key, asked);
    }
    return asked;
  }

  /**
   * Of a lock that is no part of a value: those who run code of the package in which it is asked for. One alone: of many
   * that stand alike, hardly one has what the others have not.
   */
  #byPackage(lock: Lock, { packages }: Sites): Found {
    const waiting = new Set(lock.waiters.map(({ group }) => group));
    const candidates: Candidate[] = [];
    const moving: number[] = [];
    for (const name of packages) {
      for (const { group, frame } of this.#namesakes.inPackage(name)) {
        const { role, stack } = this.#analysis.traits(group);
        const row = this.#analysis.groups.rows[group.start];
        const call = stack.frames[frame];
        if (waiting.has(group) || row === undefined || call === undefined) continue;
        if (role !== "blocked") moving.push(row);
        const facts = this.#analysis.facts(call.id);
        if (group.count === 1 && (facts.frame.function !== "main.main" || role === "blocked"))
          candidates.push({ row, group, frame: facts, evidence: "same-package", count: group.count });
      }
    }
    return { candidates, moving };
  }

  /** Those that were given the very value. */
  #byValue(lock: Lock, sites: Sites): { candidates: Map<number, Candidate>; moving: readonly number[] } {
    const candidates = new Map<number, Candidate>();
    const moving: number[] = [];
    for (const { row, frame } of this.#values.usesOf(lock)) {
      if (this.#table.lockOf(row) === lock) continue;
      const group = this.#analysis.groupOf(row);
      const { role, stack } = this.#analysis.traits(group);
      const call = stack.frames[frame];
      if (call === undefined) continue;
      if (role === "alive" || role === "observer") moving.push(row);
      const facts = this.#analysis.facts(call.id);
      const evidence = this.#evidence(lock, sites, row, facts);
      const known = candidates.get(row);
      if (evidence === undefined || (known !== undefined && ORDER.indexOf(known.evidence) <= ORDER.indexOf(evidence)))
        continue;
      candidates.set(row, { row, group, frame: facts, evidence, count: 1 });
    }
    return { candidates, moving };
  }

  #evidence(lock: Lock, sites: Sites, row: number, facts: FrameFacts): HolderEvidence | undefined {
    if (isOnceFrame(facts.frame)) return lock.kind === "once" ? "past-the-lock" : undefined;
    const group = this.#analysis.groupOf(row);
    const position = sites.position(facts);
    if (position === "behind") return "past-the-lock";
    const waitsElsewhere = this.#table.lockOf(row) !== undefined;
    if (waitsElsewhere && this.#isSite(row, facts)) return "has-value";
    if (facts.type === null || !sites.types.has(facts.type)) return waitsElsewhere ? "has-value" : undefined;
    if (position === "before") return undefined;
    return isIdleLoop(this.#analysis, group) ? "idle-loop" : "same-value";
  }

  #isSite(row: number, facts: FrameFacts): boolean {
    const group = this.#analysis.groupOf(row);
    return this.#table.lockOf(row)?.waiters.some((each) => each.group === group && each.site === facts) === true;
  }

  /** Those that run code of the same name, where arguments do not tell the value. */
  #byName(lock: Lock, { sites, namesakes }: AskedAt, byValue: { candidates: Map<number, Candidate> }): Found {
    const candidates: Candidate[] = [];
    const moving: number[] = [];
    const runners = onceRunners(this.#analysis, this.#arguments, lock, this.#namesakes);
    for (const group of new Set([...runners.keys(), ...namesakes.keys()])) {
      const runner = runners.get(group);
      const candidate = runner ?? this.#nameCandidate(lock, sites, group, namesakes.get(group)!);
      if (candidate === undefined || byValue.candidates.has(candidate.row)) continue;
      const { role } = this.#analysis.traits(group);
      if (role === "alive" || role === "observer") moving.push(candidate.row);
      if (runner || sites.position(candidate.frame) !== "before") candidates.push(candidate);
    }
    return { candidates, moving };
  }

  #nameCandidate(lock: Lock, sites: Sites, group: Group, index: number): Candidate | undefined {
    const frame = this.#analysis.stack(group).frames[index];
    if (frame === undefined) return undefined;
    const [row, count] = this.#thoseThatMay(lock, group, index);
    if (row === undefined) return undefined;
    const facts = this.#analysis.facts(frame.id);
    const isPast = sites.position(facts) === "behind" && lock.object === null;
    const named: HolderEvidence = isIdleLoop(this.#analysis, group) ? "idle-loop" : "same-type";
    return { row, group, frame: facts, evidence: isPast ? "past-the-lock" : named, count };
  }

  /**
   * The row of the one that does not wait for the lock and is further down in a function that called what asks for it. If
   * several are, that call leaves no lock to its caller: only one could have it.
   */
  #pastCall(lock: Lock, waiting: ReadonlySet<Group>): number | undefined {
    let only: Group | undefined;
    for (const { group: waiter, wait } of lock.waiters) {
      for (const { id, line, function: caller } of this.#analysis
        .stack(waiter)
        .frames.slice(wait.site + 1, wait.site + 1 + CALLERS)) {
        for (const { group, frame } of this.#namesakes.inFamily(this.#analysis.facts(id).family)) {
          const other = this.#analysis.stack(group).frames[frame];
          const isBehind = other?.function === caller && line !== null && (other.line ?? 0) > line;
          if (!isBehind || group === only || waiting.has(group)) continue;
          if (only !== undefined || group.count !== 1) return undefined;
          only = group;
        }
      }
    }
    return only && this.#analysis.groups.rows[only.start];
  }

  /**
   * Those of a group not known to run the frame on another value: the first, and how many. Some rows are compared; without
   * a value all count alike.
   */
  #thoseThatMay(lock: Lock, group: Group, frame: number): [row: number | undefined, count: number] {
    const { rows } = this.#analysis.groups;
    if (lock.object === null) return [rows[group.start], group.count];
    const { weight } = this.#analysis.dump.goroutines;
    const end = Math.min(group.end, group.start + ROWS_COMPARED);
    let first: number | undefined;
    let count = 0;
    for (let index = group.start; index < end; index++) {
      const row = rows[index]!;
      if (this.#values.receiverMatch(row, frame, lock) === "other") continue;
      first ??= row;
      count += weight === null ? 1 : at(weight, row);
    }
    return [first, count];
  }
}
