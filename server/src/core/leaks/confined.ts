import type { Analysis } from "../analysis/analysis.ts";
import type { Need, StackConfinement } from "../analysis/confinement.ts";
import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { NO_ID } from "../model/dump.ts";
import { hex } from "../locks/pointers.ts";
import { byRange, type Steps } from "../steps.ts";
import { isForEver } from "./forEver.ts";
import { Pairs } from "./pairs.ts";
import { NO_OWNER, type Value, Waiting } from "./waiting.ts";

/** What the source shows of a goroutine's wait. */
export const Loss = {
  none: 0,
  /** Nobody can end it any more. */
  forGood: 1,
  /**
   * It wants to hand something over, or waits for a lock or a slot, and nobody will ever come for that: it only gives up when
   * the program is told to end by a signal, as those do that it keeps waiting.
   */
  untilSignal: 2,
} as const;

/**
 * The goroutines that wait for what nobody can do any more, by row, as {@link Loss}. What they wait for was made by calls that
 * never gave it away (the source says so), and whoever still has it waits in the same way. Linear in rows.
 */
export function* findConfined(analysis: Analysis): Steps<Uint8Array | undefined> {
  const { source } = analysis.context;
  if (source?.confinement === undefined) return undefined;
  const search = new Search(analysis);
  const { groups } = analysis.groups;
  yield* byRange(groups.length, (start, end) => {
    for (const group of groups.slice(start, end)) search.learn(group, source.confinement?.(group));
  });
  yield* byRange(groups.length, (start, end) => {
    for (const group of groups.slice(start, end)) search.enter(group, source.confinement?.(group));
  });
  search.settle();
  search.settleSignals();
  return search.losses;
}

/** Any value that a place of the source makes. */
const ANY_VALUE: Value = { maker: NO_ID, kind: NO_OWNER, owner: "" };

/** Who is alive by now: those that run, those that a signal leads to, all others that these let give up. */
type Phase = "running" | "ending" | "ended";

class Search {
  readonly losses: Uint8Array;
  readonly #analysis: Analysis;
  readonly #waiting = new Map<number, Waiting>();
  /** Of these those who want to hand something over, and the like. */
  readonly #handing = new Map<number, Waiting>();
  /** What a signal to the program does. */
  readonly #signals = new Map<number, Need>();
  /** What only a signal leads to, and lets others give up. */
  readonly #givenUp: [row: number, need: Need][] = [];
  #phase: Phase = "running";
  readonly #serves = new Map<number, readonly Need[]>();
  readonly #pairs = new Pairs();
  /** Rows, fields, and what they wait for, where their own stack shows who has that. */
  readonly #known = new Set<string>();
  readonly #alive: number[] = [];

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.losses = new Uint8Array(analysis.dump.goroutines.length);
  }

  /** Learns which objects have which. */
  learn(group: Group, facts: StackConfinement | undefined): void {
    if (facts === undefined || facts.pairs.length === 0) return;
    for (const row of this.#analysis.rows(group)) {
      for (const pair of facts.pairs) {
        const [outer, inner] = [this.#receiver(row, pair.outer), this.#receiver(row, pair.inner)];
        if (outer === undefined || inner === undefined) continue;
        this.#pairs.add(pair, outer, inner);
        const isOfWait = facts.waits?.some(({ owner }) => owner?.field === undefined && owner?.frame === pair.inner);
        if (isOfWait === true) this.#known.add(`${row} ${pair.field} ${inner}`);
      }
    }
  }

  enter(group: Group, facts: StackConfinement | undefined): void {
    if (facts === undefined || isForEver(this.#analysis, group)) return;
    if (facts.serves.length > 0) this.#serves.set(group.id, facts.serves);
    const { waits = [] } = facts;
    const isWaiting = this.#analysis.traits(group).role === "blocked" && facts.waits !== undefined;
    for (const need of waits) if (need.isBySignal === true) this.#signals.set(need.what, need);
    const waiting = facts.handsOver ? this.#handing : this.#waiting;
    for (const row of this.#analysis.rows(group)) {
      if (!isWaiting) this.#alive.push(row);
      else {
        this.losses[row] = Loss.forGood;
        for (const need of waits) of(waiting, need.what).wait(this.#valueOf(row, need), row);
      }
    }
  }

  /** Whoever is alive, and can do it, brings back those that wait for it; they do what they can in turn. */
  settle(): void {
    for (let row = this.#alive.pop(); row !== undefined; row = this.#alive.pop()) {
      for (const need of this.#serves.get(this.#analysis.groups.groupOf[row]!) ?? []) this.#serve(row, need);
    }
  }

  /**
   * A signal brings back those that wait for it, and what they do then brings back others: they idle until the program ends.
   * Who wants to hand something over does not idle: it waits until then when nobody takes that even at the end.
   */
  settleSignals(): void {
    this.#phase = "ending";
    for (const { what, isGivenUp } of this.#signals.values()) {
      this.#revive(of(this.#waiting, what).serve(ANY_VALUE));
      // A signal on a channel may be work as well.
      if (isGivenUp !== true) this.#revive(of(this.#handing, what).serve(ANY_VALUE));
    }
    this.settle();
    this.#phase = "ended";
    for (const what of this.#signals.keys()) this.#revive(of(this.#handing, what).serve(ANY_VALUE));
    for (const [row, need] of this.#givenUp) this.#serveIn(this.#handing, row, need);
    this.settle();
  }

  #serve(row: number, need: Need): void {
    this.#serveIn(this.#waiting, row, need);
    if (this.#phase === "ending" && need.isGivenUp === true) this.#givenUp.push([row, need]);
    else this.#serveIn(this.#handing, row, need);
  }

  #serveIn(all: ReadonlyMap<number, Waiting>, row: number, need: Need): void {
    const { what, owner } = need;
    const waiting = all.get(what);
    if (waiting === undefined) return;
    const value = this.#valueOf(row, need);
    const outer = owner?.field === undefined ? undefined : this.#receiver(row, owner.frame);
    if (outer === undefined || owner?.field === undefined) this.#revive(waiting.serve(value));
    else this.#serveInner(waiting, { ...value, kind: owner.kind }, owner.field, outer);
  }

  /** Does it to what an object has in a field. */
  #serveInner(waiting: Waiting, value: Value, field: number, outer: string): void {
    const only = this.#pairs.onlyOf(field, outer);
    if (only !== undefined) return this.#revive(waiting.serve({ ...value, owner: only }));
    // It is none of those that other objects have there.
    const isKnown = (inner: string, other: number) => this.#isKnown(other, field, inner);
    this.#revive(waiting.serveSome(value, `${field}`, isKnown));
    for (const inner of this.#pairs.innersOf(field, outer)) this.#revive(waiting.serve({ ...value, owner: inner }));
  }

  /** Whether it is known who has that in the field for which a row waits. */
  #isKnown(row: number, field: number, inner: string): boolean {
    return this.#known.has(`${row} ${field} ${inner}`) || this.#pairs.isKnown(field, inner);
  }

  #revive(rows: readonly number[]): void {
    for (const row of rows) {
      if (this.losses[row] !== Loss.forGood) continue;
      this.losses[row] = this.#phase === "ended" ? Loss.untilSignal : Loss.none;
      this.#alive.push(row);
    }
  }

  #valueOf(row: number, { origin, owner }: Need): Value {
    const { id, creator } = this.#analysis.dump.goroutines;
    const maker = origin === "any" ? NO_ID : at(origin === "own" ? id : creator, row);
    // A receiver that is no more needed than for what it has in a field may be gone.
    const address = owner?.field === undefined && owner ? this.#receiver(row, owner.frame) : undefined;
    return address === undefined || owner === undefined
      ? { maker, kind: NO_OWNER, owner: "" }
      : { maker, kind: owner.kind, owner: address };
  }

  /** Only an address that Go prints for sure tells an object from another one. */
  #receiver(row: number, frame: number): string | undefined {
    const receiver = this.#analysis.context.arguments?.receiver(row, frame);
    return receiver?.isSure === true ? hex(receiver.address) : undefined;
  }
}

function of(all: Map<number, Waiting>, what: number): Waiting {
  let waiting = all.get(what);
  if (waiting === undefined) all.set(what, (waiting = new Waiting()));
  return waiting;
}
