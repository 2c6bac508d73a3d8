import type { Analysis } from "../analysis/analysis.ts";
import type { Need, Origin, StackConfinement } from "../analysis/confinement.ts";
import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { NO_ID } from "../model/dump.ts";
import { stateInfo } from "../model/state.ts";
import { byRange, type Steps } from "../steps.ts";

/** Who may still do one thing: anybody, or calls of goroutines with these ids. */
interface Served {
  isByAny: boolean;
  readonly origins: Set<number>;
  /** Rows that wait for it, by the id of the goroutine whose call made it; {@link NO_ID}: not known. */
  readonly waiting: Map<number, number[]>;
}

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
  readonly #served = new Map<number, Served>();
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
        for (const { what, origin } of facts.waits ?? []) {
          addTo(this.#of(what).waiting, this.#idOf(row, origin), row);
        }
      }
    }
  }

  /** Whoever is alive, and can do it, brings back those that wait for it; they do what they can in turn. */
  settle(): void {
    for (let row = this.#alive.pop(); row !== undefined; row = this.#alive.pop()) {
      for (const { what, origin } of this.#serves.get(this.#analysis.groups.groupOf[row]!) ?? []) {
        this.#serve(this.#of(what), this.#idOf(row, origin));
      }
    }
  }

  #serve(served: Served, origin: number): void {
    if (served.isByAny || served.origins.has(origin)) return;
    const { waiting } = served;
    if (origin === NO_ID) {
      served.isByAny = true;
      for (const rows of waiting.values()) this.#revive(rows);
      return;
    }
    served.origins.add(origin);
    this.#revive(waiting.get(origin) ?? []);
    this.#revive(waiting.get(NO_ID) ?? []);
    waiting.delete(NO_ID);
  }

  #revive(rows: readonly number[]): void {
    for (const row of rows) {
      if (this.isConfined[row] !== 1) continue;
      this.isConfined[row] = 0;
      this.#alive.push(row);
    }
  }

  #idOf(row: number, origin: Origin): number {
    const { id, creator } = this.#analysis.dump.goroutines;
    if (origin === "any") return NO_ID;
    return at(origin === "own" ? id : creator, row);
  }

  #of(what: number): Served {
    let served = this.#served.get(what);
    if (served === undefined) {
      served = { isByAny: false, origins: new Set(), waiting: new Map() };
      this.#served.set(what, served);
    }
    return served;
  }
}

function addTo(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
