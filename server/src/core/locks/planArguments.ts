import type { Traits, TraitsTable } from "../analysis/traits.ts";
import { rowsOf } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { Flag } from "../model/dump.ts";
import { stateInfo } from "../model/state.ts";
import type { Steps } from "../steps.ts";
import { isOnceFrame, lockWaitOf } from "./lockWait.ts";

/** Where a goroutine waits for a WaitGroup, and for a Cond. */
export const WAIT_GROUP = "sync.(*WaitGroup).Wait";
export const CONDITION = "sync.(*Cond).Wait";

/** Goroutines of one group that are read again: enough to see whether all of them wait for one lock. */
const ROWS_PER_GROUP = 64;
/** Goroutines of one dump that are read again: some 3 MB of text. */
const ROWS_IN_ALL = 2048;

/**
 * The rows whose arguments the rules want, in the order of the text: goroutines that wait for a lock or a WaitGroup, and
 * those that run code of the same packages and may hold the one, or owe the other its Done; those whose stack comes back
 * to code of a type, which may be a pool's own worker; and, if there is room, those that wait for a channel in a method,
 * and those that run code of the same packages: the source may say that each object has its own channel. The host reads
 * their blocks before it runs the rules (`ArgumentSource`). Small groups come first, because whoever holds a lock is
 * mostly alone; at most 64 rows a group and 2048 in all, so the work is bounded however many goroutines there are.
 */
export function* planSteps(traits: TraitsTable): Steps<Uint32Array> {
  const { dump } = traits;
  if (dump.form !== "traceback" && dump.form !== "goleak") return new Uint32Array(0);
  yield* traits.prepare();
  const rows = new Set<number>();
  for (const purposeOf of [purposeOfLock, purposeOfChannel]) {
    addRows(traits, purposeOf, rows);
    yield;
  }
  return Uint32Array.from(rows).sort();
}

/** What the arguments of a group are wanted for. */
interface Purpose {
  /** Its own arguments are wanted. */
  readonly isWaiting: boolean;
  /** And those of others that run code of its packages. */
  readonly isOwed: boolean;
}

function addRows(table: TraitsTable, purposeOf: (traits: Traits, state: string) => Purpose, rows: Set<number>): void {
  const { dump, groups } = table;
  const waiting = new Uint8Array(groups.groups.length);
  const packages = new Set<string>();
  for (const group of groups.groups) {
    const { isWaiting, isOwed } = purposeOf(table.of(group), group.state);
    if (isWaiting) waiting[group.id] = 1;
    if (isOwed) for (const facts of table.of(group).user) packages.add(facts.package);
  }
  for (let index = groups.groups.length - 1; index >= 0 && rows.size < ROWS_IN_ALL; index--) {
    const group = groups.groups[index]!;
    const { stack, user } = table.of(group);
    const mayHold =
      packages.size > 0 && (user.some((facts) => packages.has(facts.package)) || stack.frames.some(isOnceFrame));
    if (waiting[group.id] === 0 && !mayHold) continue;
    for (const row of rowsOf(groups, group).subarray(0, ROWS_PER_GROUP)) {
      if (rows.size < ROWS_IN_ALL && (at(dump.goroutines.flags, row) & Flag.unavailable) === 0) rows.add(row);
    }
  }
}

function purposeOfLock({ stack, families, user }: Traits, state: string): Purpose {
  const isOwed =
    families.has(WAIT_GROUP) || (!families.has(CONDITION) && lockWaitOf(stack.frames, state) !== undefined);
  return { isWaiting: isOwed || families.has(CONDITION) || isReentrant(user), isOwed };
}

function purposeOfChannel({ role, user }: Traits, state: string): Purpose {
  const { kind } = stateInfo(state);
  const waits = role === "blocked" && (kind === "send" || kind === "receive" || kind === "select");
  const isOwed = waits && user[0]?.type !== null && user[0] !== undefined;
  return { isWaiting: isOwed, isOwed };
}

/** Whether a type's code calls other code that calls the type's code again: on the same value, or on another one. */
function isReentrant(user: Traits["user"]): boolean {
  const left = new Set<string>();
  let last: string | null = null;
  for (const { type } of user) {
    if (type === last) continue;
    if (type !== null && left.has(type)) return true;
    if (last !== null) left.add(last);
    last = type;
  }
  return false;
}
