import type { Analysis } from "../analysis/analysis.ts";
import { standsAside } from "../analysis/roles.ts";
import { LISTENS_TO_SIGNALS, type Traits } from "../analysis/traits.ts";
import { MAIN_ID } from "../analysis/coverage.ts";
import { runsMain } from "../analysis/mainGoroutine.ts";
import { at } from "../model/column.ts";
import { NO_ID } from "../model/dump.ts";
import type { IdIndex } from "../model/idIndex.ts";
import { stateInfo } from "../model/state.ts";
import { findRunning } from "./runningFunctions.ts";

/**
 * What became of whoever started a goroutine. The `go` statement's function holds what it shares with its goroutines
 * (channels, a WaitGroup), so while it runs it may still wake them. Numbers: a million rows are asked for theirs.
 */
export const CreatorFate = {
  /** The goroutine that ran the `go` statement has ended. */
  gone: 1,
  /** It lives, but has left the function with the `go` statement and now only serves, waits for a signal or dumps. */
  returned: 2,
  /** It may still have to do with it: {@link Creators.starter}. */
  near: 3,
  /** This is main. */
  main: 4,
  /** The dump does not say who started it. */
  unknown: 5,
  /** It was started for a request by what serves or accepts a connection, or by the very function that takes the dump: it may be helped. */
  served: 6,
  /** It was started for a request that is over: the goroutine of its connection waits for the next one. */
  requested: 7,
} as const;

/** Rows whose creators are looked up together: each waits for memory, which several do at the same time. */
const BATCH = 1024;

/** Pairs of groups whose descent is remembered. */
const PAIR_LIMIT = 1 << 20;

/** Functions that run a `go` statement for their caller and return: not the function to look for on the creator's stack. */
const STARTERS =
  /^(?:sync\.\(\*WaitGroup\)\.Go|golang\.org\/x\/sync\/errgroup\.\(\*Group\)\.(?:Go|TryGo)|github\.com\/sourcegraph\/conc.*\.Go|iter\.Pull2?(?:\[.*\])?|time\.goFunc)$/;

/** What starts a goroutine for each request: it lives as long as the connection, and never comes back to one of them. */
const SERVERS =
  /^(?:net\/http\.\(\*http2serverConn\)|(?:golang\.org\/x\/net|net\/http\/internal)\/http2\.\(\*serverConn\)|google\.golang\.org\/grpc(?:\/internal\/transport)?\.\(\*(?:Server|http2Server)\))\./;

/** Stacks that will not come back to what their goroutine did before: they take what the network brings. */
const SERVING = ["net/http.(*Server).Serve", "google.golang.org/grpc.(*Server).Serve"];

/** Whether a function only starts goroutines for others. */
export function isStarter(family: string): boolean {
  return STARTERS.test(family);
}

/** What the rows of a group have in common. */
interface Common {
  /** The function with their `go` statement; null: not printed. */
  readonly creatorFamily: string | null;
  /** Whether that function only starts goroutines for others. */
  readonly isByStarter: boolean;
  /** Whether that function starts a goroutine for each request. */
  readonly isServed: boolean;
  /** Whether they wait in the code of another package than that of the function with the `go` statement. */
  readonly isElsewhere: boolean;
  /** Whether they run main.main, and nobody has started them. */
  readonly isMain: boolean;
  /** Whether they will not come back to what they did before. */
  readonly isServing: boolean;
}

/** Tells the descent of each row. */
export class Creators {
  /** The row of whoever started the goroutine asked for last, when it is {@link CreatorFate.near}. */
  starter = -1;
  readonly #analysis: Analysis;
  readonly #common: readonly Common[];
  readonly #ids: IdIndex;
  /** The rows of those that started the {@link BATCH} rows from `#batch` on. */
  readonly #parents = new Int32Array(BATCH);
  #batch = -1;
  /** Whether the dump prints creators at all (Go 1.21+). */
  readonly #hasCreators: boolean;
  /** Whether the program listens to signals: main then usually waits for one. */
  readonly #listensToSignals: boolean;
  /** By group and the parent's group, or goroutine 1: what became of the parent; 0: not asked yet. Null: too many. */
  readonly #ofPairs: Uint8Array | null;
  /** Where creators are not printed: a row that has the function on its stack. */
  readonly #running: ReadonlyMap<string, number>;

  /** `ids`: an index of the dump's ids. */
  constructor(analysis: Analysis, ids: IdIndex) {
    this.#analysis = analysis;
    const { groups } = analysis.groups;
    this.#common = groups.map((group) => {
      const traits = analysis.traits(group);
      const { creatorFamily, families } = traits;
      return {
        creatorFamily,
        isServed: creatorFamily !== null && SERVERS.test(creatorFamily),
        isElsewhere: isStartedElsewhere(analysis, traits),
        isByStarter: creatorFamily !== null && isStarter(creatorFamily),
        isMain: runsMain(traits),
        isServing: SERVING.some((name) => families.has(name)),
      };
    });
    this.#ids = ids;
    const pairs = groups.length * (groups.length + 1);
    this.#ofPairs = pairs <= PAIR_LIMIT ? new Uint8Array(pairs) : null;
    this.#hasCreators = hasCreators(analysis);
    this.#listensToSignals = analysis.hasFamily(LISTENS_TO_SIGNALS);
    this.#running = this.#hasCreators ? new Map() : findRunning(analysis);
  }

  /** One of {@link CreatorFate}. */
  of(row: number): number {
    const common = this.#common[this.#analysis.groups.groupOf[row]!]!;
    if (this.#isMain(row, common)) return CreatorFate.main;
    const family = common.creatorFamily;
    if (family === null) return CreatorFate.unknown;
    if (common.isServed) return CreatorFate.served;
    const creator = at(this.#analysis.dump.goroutines.creator, row);
    if (creator === NO_ID) return this.#hasCreators ? CreatorFate.unknown : this.#byFunction(family, common);
    const parent = this.#parentOf(row);
    // A server that shuts down accepts no more, and goes on with the requests it has.
    if (parent < 0) return SERVING.includes(family) ? CreatorFate.served : CreatorFate.gone;
    this.starter = parent;
    return this.#ofParentAlike(row, parent, common);
  }

  /** The row of whoever started a goroutine, -1: it is not among them. */
  #parentOf(row: number): number {
    const first = row - (row % BATCH);
    if (first !== this.#batch) this.#lookUp(first);
    return this.#parents[row - first]!;
  }

  #lookUp(first: number): void {
    const { creator, length } = this.#analysis.dump.goroutines;
    const end = Math.min(length, first + BATCH);
    for (let row = first; row < end; row++) this.#parents[row - first] = this.#ids.rowOf(at(creator, row));
    this.#batch = first;
  }

  /** What became of a creator that is among the goroutines: the same for all of the two groups, goroutine 1 apart. */
  #ofParentAlike(row: number, parent: number, common: Common): number {
    if (this.#ofPairs === null) return this.#ofParent(parent, common);
    const { groups, groupOf } = this.#analysis.groups;
    const column = at(this.#analysis.dump.goroutines.id, parent) === MAIN_ID ? groups.length : groupOf[parent]!;
    const pair = groupOf[row]! * (groups.length + 1) + column;
    return (this.#ofPairs[pair] ||= this.#ofParent(parent, common));
  }

  #ofParent(parent: number, common: Common): number {
    const { families, role } = this.#traits(parent);
    const { creatorFamily, isByStarter } = common;
    const isOver = !isByStarter && !families.has(creatorFamily ?? "");
    if (isOver && this.#isBetweenRequests(parent)) return CreatorFate.requested;
    if (role === "observer" && !isOver && !common.isElsewhere) return CreatorFate.served;
    if (standsAside(role)) return isByStarter ? CreatorFate.unknown : CreatorFate.returned;
    return isOver && this.isParked(parent) ? CreatorFate.returned : CreatorFate.near;
  }

  #isMain(row: number, { isMain }: Common): boolean {
    return isMain || at(this.#analysis.dump.goroutines.id, row) === MAIN_ID;
  }

  /** Whether a goroutine is done with what it did before: it serves, waits for a signal, or waits for nothing. */
  isParked(row: number): boolean {
    const group = this.#analysis.groupOf(row);
    const common = this.#common[group.id]!;
    if (common.isServing) return true;
    const { kind, isForever } = stateInfo(group.state);
    if (isForever && kind !== "send") return true;
    const isBlocked = this.#listensToSignals && this.#traits(row).role === "blocked";
    if (!isBlocked || !this.#isMain(row, common)) return false;
    return kind === "receive" || kind === "select";
  }

  /** A connection's goroutine that waits for the next request: the one before, with all it called, is over. */
  #isBetweenRequests(row: number): boolean {
    const { families, user } = this.#traits(row);
    return user.length === 0 && families.has("net/http.(*conn).serve") && !this.#isMultiplexed(row);
  }

  /** Whether its connection carries many requests at once (HTTP/2): it is never between them. */
  #isMultiplexed(row: number): boolean {
    return this.#traits(row).stack.frames.some(({ function: name }) => SERVERS.test(name));
  }

  /** Without ids: the function with the `go` statement is on no stack at all, or on some. */
  #byFunction(family: string, { isElsewhere, isByStarter }: Common): number {
    const row = this.#running.get(family);
    if (row === undefined) return isByStarter ? CreatorFate.unknown : CreatorFate.returned;
    if (this.#traits(row).role === "observer") return isElsewhere ? CreatorFate.returned : CreatorFate.served;
    this.starter = row;
    return CreatorFate.near;
  }

  #traits(row: number): Traits {
    return this.#analysis.traits(this.#analysis.groupOf(row));
  }
}

/** Whether the dump prints which goroutine started which (Go 1.21+). */
export function hasCreators({ dump: { goroutines } }: Analysis): boolean {
  for (let row = 0; row < goroutines.length; row++) if (at(goroutines.creator, row) !== NO_ID) return true;
  return false;
}

/**
 * Whether a goroutine waits in the code of another package than that of the function with the `go` statement: what it waits
 * for need not be of that call.
 */
export function isStartedElsewhere(analysis: Analysis, { stack: { createdBy }, user }: Traits): boolean {
  return user[0]?.package !== (createdBy === null ? undefined : analysis.facts(createdBy.id).package);
}
