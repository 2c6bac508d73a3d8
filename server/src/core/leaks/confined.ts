import type { Analysis } from "../analysis/analysis.ts";
import type { Need, Owner, StackConfinement } from "../analysis/confinement.ts";
import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { NO_ID } from "../model/dump.ts";
import { stateInfo } from "../model/state.ts";
import { hex, receiverOf } from "../locks/pointers.ts";
import { byRange, type Steps } from "../steps.ts";
import { NO_OWNER, type Value, Waiting } from "./waiting.ts";

/**
 * The goroutines that wait for what nobody can do any more, by row: 1. What they wait for was made by calls that never
 * gave it away (the source says so), and whoever still has it waits in the same way. Linear in rows.
 */
export function* findConfined(analysis: Analysis): Steps<Uint8Array | undefined> {
  const { source } = analysis.context;
  if (source?.confinement === undefined) return undefined;
  const search = new Search(analysis);
  const { groups } = analysis.groups;
  yield* byRange(groups.length, (start, end) => {
    for (const group of groups.slice(start, end)) search.enter(group, source.confinement?.(group));
  });
  search.settle();
  return search.isConfined;
}

class Search {
  readonly isConfined: Uint8Array;
  readonly #analysis: Analysis;
  readonly #waiting = new Map<number, Waiting>();
  readonly #serves = new Map<number, readonly Need[]>();
  readonly #alive: number[] = [];

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.isConfined = new Uint8Array(analysis.dump.goroutines.length);
  }

  enter(group: Group, facts: StackConfinement | undefined): void {
    // Whose wait nothing ends does nothing more for anybody.
    if (facts === undefined || stateInfo(group.state).isForever) return;
    if (facts.serves.length > 0) this.#serves.set(group.id, facts.serves);
    const isWaiting = this.#analysis.traits(group).role === "blocked" && facts.waits !== undefined;
    for (const row of this.#analysis.rows(group)) {
      if (!isWaiting) this.#alive.push(row);
      else {
        this.isConfined[row] = 1;
        for (const need of facts.waits ?? []) this.#of(need.what).wait(this.#valueOf(row, need), row);
      }
    }
  }

  /** Whoever is alive, and can do it, brings back those that wait for it; they do what they can in turn. */
  settle(): void {
    for (let row = this.#alive.pop(); row !== undefined; row = this.#alive.pop()) {
      for (const need of this.#serves.get(this.#analysis.groups.groupOf[row]!) ?? []) {
        this.#revive(this.#of(need.what).serve(this.#valueOf(row, need)));
      }
    }
  }

  #revive(rows: readonly number[]): void {
    for (const row of rows) {
      if (this.isConfined[row] !== 1) continue;
      this.isConfined[row] = 0;
      this.#alive.push(row);
    }
  }

  #valueOf(row: number, { origin, owner }: Need): Value {
    const { id, creator } = this.#analysis.dump.goroutines;
    const maker = origin === "any" ? NO_ID : at(origin === "own" ? id : creator, row);
    return { maker, ...this.#ownerOf(row, owner) };
  }

  /** Only an address that Go prints for sure tells an object from another one. */
  #ownerOf(row: number, owner: Owner | undefined): Pick<Value, "kind" | "owner"> {
    const call = owner && this.#analysis.context.arguments?.calls(row)?.[owner.frame];
    const receiver = call && receiverOf(call);
    return receiver?.isSure === true && owner !== undefined
      ? { kind: owner.kind, owner: hex(receiver.address) }
      : { kind: NO_OWNER, owner: "" };
  }

  #of(what: number): Waiting {
    let waiting = this.#waiting.get(what);
    if (waiting === undefined) this.#waiting.set(what, (waiting = new Waiting()));
    return waiting;
  }
}
