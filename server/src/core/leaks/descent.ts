import type { Analysis, Traits } from "../findings/analysis.ts";
import { isMain } from "../findings/mainGoroutine.ts";
import { at } from "../model/column.ts";
import { NO_ID } from "../model/dump.ts";
import { type IdIndex, indexIds } from "../model/idIndex.ts";
import { baseState } from "../model/state.ts";

/**
 * What became of whoever started a goroutine. The `go` statement's function holds what it shares with its goroutines
 * (channels, a WaitGroup), so while it runs it may still wake them.
 */
export type Descent =
  /** The goroutine that ran the `go` statement has ended, or serves a connection and the request is over. */
  | { readonly kind: "gone" }
  /** It lives, but has left the function with the `go` statement and now only serves, waits for a signal or dumps. */
  | { readonly kind: "returned" }
  /** It may still have to do with it. */
  | { readonly kind: "near"; readonly row: number }
  /** main. */
  | { readonly kind: "main" }
  /** The dump does not say who started it. */
  | { readonly kind: "unknown" };

/** What may have become of a creator that is among the goroutines. */
const PARENT_KINDS = ["gone", "returned", "near", "unknown"] as const;
type ParentKind = (typeof PARENT_KINDS)[number];

/** Pairs of groups whose descent is remembered. */
const PAIR_LIMIT = 1 << 20;

/** Functions that run a `go` statement for their caller and return: not the function to look for on the creator's stack. */
const STARTERS =
  /^(?:sync\.\(\*WaitGroup\)\.Go|golang\.org\/x\/sync\/errgroup\.\(\*Group\)\.(?:Go|TryGo)|github\.com\/sourcegraph\/conc.*\.Go|iter\.Pull2?(?:\[.*\])?|time\.goFunc)$/;

/** Stacks that will not come back to what their goroutine did before: they take what the network brings. */
const SERVING = ["net/http.(*Server).Serve", "google.golang.org/grpc.(*Server).Serve"];

/** Whether a function only starts goroutines for others. */
export function isStarter(family: string): boolean {
  return STARTERS.test(family);
}

/** Tells the descent of each row. */
export class Descents {
  readonly #analysis: Analysis;
  readonly #ids: IdIndex;
  /** Whether the dump prints creators at all (Go 1.21+). */
  readonly #hasCreators: boolean;
  /** Whether the program listens to signals: main then usually waits for one. */
  readonly listensToSignals: boolean;
  /** By group and group of the parent: what became of the parent, plus 1; 0: not asked yet. Null: too many pairs. */
  readonly #ofPairs: Uint8Array | null;
  /** Where creators are not printed: a row that has the function on its stack. */
  readonly #running = new Map<string, number>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    const { goroutines } = analysis.dump;
    this.#ids = indexIds(goroutines.id);
    const pairs = analysis.groups.groups.length ** 2;
    this.#ofPairs = pairs <= PAIR_LIMIT ? new Uint8Array(pairs) : null;
    this.#hasCreators = hasCreators(analysis);
    this.listensToSignals = analysis.groups.groups.some((group) =>
      analysis.traits(group).families.has("os/signal.loop"),
    );
    if (!this.#hasCreators) this.#indexRunning();
  }

  of(row: number): Descent {
    const traits = this.#traits(row);
    if (this.isMain(row)) return { kind: "main" };
    const family = traits.creatorFamily;
    if (family === null) return { kind: "unknown" };
    const creator = at(this.#analysis.dump.goroutines.creator, row);
    if (creator === NO_ID) return this.#hasCreators ? { kind: "unknown" } : this.#byFunction(family);
    const parent = this.#ids.rowOf(creator);
    if (parent < 0) return { kind: "gone" };
    const kind = this.isMain(parent) ? this.#ofParent(parent, family) : this.#ofParentAlike(row, parent, family);
    return kind === "near" ? { kind, row: parent } : { kind };
  }

  /** What became of a creator that is among the goroutines. */
  #ofParent(parent: number, family: string): ParentKind {
    const isOver = !this.#traits(parent).families.has(family) && !isStarter(family);
    if (isOver && this.#isBetweenRequests(parent)) return "gone";
    if (this.#traits(parent).role === "aside") return isStarter(family) ? "unknown" : "returned";
    return isOver && this.isParked(parent) ? "returned" : "near";
  }

  /** As {@link #ofParent}, of a parent that is not main: the same for all goroutines of the two groups. */
  #ofParentAlike(row: number, parent: number, family: string): ParentKind {
    const { groups, groupOf } = this.#analysis.groups;
    if (this.#ofPairs === null) return this.#ofParent(parent, family);
    const pair = groupOf[row]! * groups.length + groupOf[parent]!;
    const known = PARENT_KINDS[this.#ofPairs[pair]! - 1];
    if (known !== undefined) return known;
    const kind = this.#ofParent(parent, family);
    this.#ofPairs[pair] = PARENT_KINDS.indexOf(kind) + 1;
    return kind;
  }

  isMain(row: number): boolean {
    return isMain(this.#analysis, row);
  }

  /** Whether a goroutine is done with what it did before: it serves, waits for a signal, or waits for nothing. */
  isParked(row: number): boolean {
    const { families, role } = this.#traits(row);
    const state = baseState(this.#analysis.groupOf(row).state);
    if (SERVING.some((name) => families.has(name))) return true;
    if (state === "select (no cases)" || state === "chan receive (nil chan)") return true;
    const isWaiting = state.startsWith("chan receive") || state.startsWith("select");
    return this.isMain(row) && role === "blocked" && isWaiting && this.listensToSignals;
  }

  /** A connection's goroutine that waits for the next request: the one before, with all it called, is over. */
  #isBetweenRequests(row: number): boolean {
    const { families, user } = this.#traits(row);
    return user.length === 0 && families.has("net/http.(*conn).serve");
  }

  /** Without ids: the function with the `go` statement is on no stack at all, or on some. */
  #byFunction(family: string): Descent {
    const row = this.#running.get(family);
    if (row !== undefined) return { kind: "near", row };
    return isStarter(family) ? { kind: "unknown" } : { kind: "returned" };
  }

  #traits(row: number): Traits {
    return this.#analysis.traits(this.#analysis.groupOf(row));
  }

  #indexRunning(): void {
    for (const group of this.#analysis.groups.groups) {
      const { role, user } = this.#analysis.traits(group);
      const first = this.#analysis.groups.rows[group.start];
      if (role === "aside" || first === undefined) continue;
      for (const { family } of user) if (!this.#running.has(family)) this.#running.set(family, first);
    }
  }
}

function hasCreators({ dump: { goroutines } }: Analysis): boolean {
  for (let row = 0; row < goroutines.length; row++) if (at(goroutines.creator, row) !== NO_ID) return true;
  return false;
}
