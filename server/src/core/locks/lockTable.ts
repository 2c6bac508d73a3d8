import { standsAside } from "../analysis/roles.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import type { Frame } from "../model/stack.ts";
import type { FrameFacts } from "../names/frameFacts.ts";
import type { KnownArguments } from "./knownArguments.ts";
import type { Lock, LockKind, Waiters } from "./lock.ts";
import { lockAddressOf } from "./lockAddress.ts";
import { type LockWait, lockWaitOf } from "./lockWait.ts";

/** A lock lies within the value that has it: values in which it lies further behind are rare. */
const VALUE_SIZE = 4096n;

/** A method with a pointer receiver, not a closure of one. */
const METHOD = /\(\*[^()]*\)\.[^.]+$/;

/** What one waiting goroutine's arguments say. */
interface Asked {
  readonly address: bigint | null;
  readonly object: bigint | null;
  /** See {@link Lock.isBare}. */
  readonly isBare: boolean;
}

const NOTHING: Asked = { address: null, object: null, isBare: false };

/** How much they say. */
const KNOWS = { address: 0, object: 1, nothing: 2 } as const;

function knowledgeOf({ address, object }: Asked): number {
  if (address !== null) return KNOWS.address;
  return object === null ? KNOWS.nothing : KNOWS.object;
}

/** The locks that goroutines wait for, and who waits for each. */
export class LockTable {
  readonly locks: Lock[] = [];
  /** Number of the lock each row waits for; -1: none, or it is not known. */
  readonly #lockOfRow: Int32Array;
  readonly #analysis: Analysis;
  readonly #arguments: KnownArguments;
  readonly #byKey = new Map<string, Lock>();
  readonly #byType = new Map<string, Set<Lock>>();
  /** By lock and group. */
  readonly #waiters = new Map<string, Waiters>();

  constructor(analysis: Analysis, known: KnownArguments) {
    this.#analysis = analysis;
    this.#arguments = known;
    this.#lockOfRow = new Int32Array(analysis.dump.goroutines.length).fill(-1);
    const waiting = analysis.groups.groups.flatMap((group) => {
      const wait = lockWaitOf(analysis.traits(group).stack.frames, group.state);
      return wait === undefined || standsAside(analysis.traits(group).role) ? [] : [{ group, wait }];
    });
    const asked = waiting.map(({ group, wait }) => this.#askAll(group, wait));
    // Waiters that know the address come first, then those that know the value, so that those that know less find their lock.
    for (const knows of [KNOWS.address, KNOWS.object, KNOWS.nothing]) {
      waiting.forEach(({ group, wait }, index) => this.#enter(group, wait, asked[index]!, knows));
    }
  }

  /** The lock a row waits for; undefined when it waits for none, or for one that is not known. */
  lockOf(row: number): Lock | undefined {
    return this.locks[this.#lockOfRow[row] ?? -1];
  }

  #askAll(group: Group, wait: LockWait): Map<number, Asked> {
    const asked = new Map<number, Asked>();
    for (const row of this.#arguments.rowsOf(group)) {
      asked.set(row, this.#ask(row, this.#analysis.stack(group).frames, wait));
    }
    return asked;
  }

  #ask(row: number, frames: readonly Frame[], wait: LockWait): Asked {
    const lock = lockAddressOf(frames, wait, (frame) => this.#arguments.receiver(row, frame));
    const address = lock?.isSure === true ? lock.address : null;
    const object = this.#objectOf(row, frames, wait, address);
    const isBare = object !== null && object === address && !this.#isReceiver(row, frames, wait, object);
    return { address, object, isBare };
  }

  /** Whether a method asks for the lock, or calls what does, on the value at that address. */
  #isReceiver(row: number, frames: readonly Frame[], wait: LockWait, address: bigint): boolean {
    return frames.some(
      ({ function: name }, frame) =>
        frame >= wait.site && METHOD.test(name) && this.#arguments.receiver(row, frame)?.address === address,
    );
  }

  /**
   * The value that has the lock: of all sure pointers the goroutine was given, the nearest at or before the lock. When the
   * lock's address is not known, the receiver of the method that asks.
   */
  #objectOf(row: number, frames: readonly Frame[], wait: LockWait, address: bigint | null): bigint | null {
    if (address === null) {
      const isMethod = frames[wait.site]?.function.includes("(*") === true;
      const receiver = isMethod ? this.#arguments.receiver(row, wait.site) : null;
      return receiver?.isSure === true ? receiver.address : null;
    }
    for (let frame = wait.site; frame < frames.length; frame++) {
      const within = this.#arguments
        .sureAt(row, frame)
        .filter((pointer) => pointer <= address && address - pointer < VALUE_SIZE);
      if (within.length > 0) return within.reduce((nearest, pointer) => (pointer > nearest ? pointer : nearest));
    }
    return null;
  }

  #enter(group: Group, wait: LockWait, asked: ReadonlyMap<number, Asked>, knows: number): void {
    const site = this.#siteOf(group, wait);
    const own = new Set<Lock>();
    for (const [row, says] of asked) {
      if (knowledgeOf(says) !== knows || this.#lockOfRow[row] !== -1) continue;
      const lock = this.#lockFor(kindOf(wait), site, says);
      lock.object ??= says.object;
      lock.isBare ||= says.isBare;
      this.#join(lock, group, wait, site, [row]);
      own.add(lock);
    }
    if (own.size > 0 || (knows === KNOWS.nothing && asked.size === 0)) {
      const silent = (row: number) => knowledgeOf(asked.get(row) ?? NOTHING) === KNOWS.nothing;
      this.#addSilent(group, wait, site, own, silent);
    }
  }

  /** Rows of which nothing is known: they wait for the lock of their group, when all of which something is wait for one. */
  #addSilent(
    group: Group,
    wait: LockWait,
    site: FrameFacts | null,
    own: ReadonlySet<Lock>,
    isSilent: (row: number) => boolean,
  ): void {
    if (own.size > 1) return;
    const rows = this.#analysis.rows(group).filter((row) => this.#lockOfRow[row] === -1 && isSilent(row));
    const [only] = own;
    if (rows.length > 0) this.#join(only ?? this.#lockFor(kindOf(wait), site, NOTHING), group, wait, site, rows);
  }

  #join(lock: Lock, group: Group, wait: LockWait, site: FrameFacts | null, rows: Iterable<number>): void {
    const { weight } = this.#analysis.dump.goroutines;
    const key = `${lock.id} ${group.id}`;
    let waiters = this.#waiters.get(key);
    if (waiters === undefined) {
      waiters = { group, wait, site, rows: [], count: 0 };
      this.#waiters.set(key, waiters);
      lock.waiters.push(waiters);
    }
    for (const row of rows) {
      waiters.rows.push(row);
      waiters.count += weight === null ? 1 : at(weight, row);
      this.#lockOfRow[row] = lock.id;
    }
  }

  #lockFor(kind: LockKind, site: FrameFacts | null, asked: Asked): Lock {
    const keys = keysOf(kind, site, asked);
    const lock = this.#known(kind, site, asked, keys) ?? this.#newLock(kind, asked);
    for (const key of keys) if (!this.#byKey.has(key)) this.#byKey.set(key, lock);
    if (site !== null && site.type !== null) this.#ofType(kind, site.type).add(lock);
    return lock;
  }

  #known(kind: LockKind, site: FrameFacts | null, asked: Asked, keys: readonly string[]): Lock | undefined {
    const known = keys.map((key) => this.#byKey.get(key)).find((lock) => fits(lock, asked.address));
    return known ?? (asked.address === null ? this.#onlyOf(kind, site, asked.object) : undefined);
  }

  #newLock(kind: LockKind, { address, object }: Asked): Lock {
    const lock = { id: this.locks.length, kind, address, object, isBare: false, waiters: [] };
    this.locks.push(lock);
    return lock;
  }

  /** A waiter whose arguments say nothing waits for the one lock of its type that is known, if there is but one. */
  #onlyOf(kind: LockKind, site: FrameFacts | null, object: bigint | null): Lock | undefined {
    if (object !== null || site === null || site.type === null) return undefined;
    const [lock, ...others] = this.#ofType(kind, site.type);
    return others.length === 0 ? lock : undefined;
  }

  #ofType(kind: LockKind, type: string): Set<Lock> {
    const key = `${kind} ${type}`;
    const locks = this.#byType.get(key) ?? new Set();
    this.#byType.set(key, locks);
    return locks;
  }

  #siteOf(group: Group, wait: LockWait): FrameFacts | null {
    const frame = this.#analysis.traits(group).stack.frames[wait.site];
    return frame === undefined ? null : this.#analysis.facts(frame.id);
  }
}

/** A value may have several locks of one kind: two known addresses are two locks. */
function fits(lock: Lock | undefined, address: bigint | null): boolean {
  return lock !== undefined && (address === null || lock.address === null || lock.address === address);
}

/** What tells locks apart, most exact first. */
function keysOf(kind: LockKind, site: FrameFacts | null, { address, object }: Asked): readonly string[] {
  if (address === null && object === null) return [`${kind} in ${site?.type ?? site?.family ?? "?"}`];
  return [...(address === null ? [] : [`@${address}`]), ...(object === null ? [] : [`${kind} of ${object}`])];
}

function kindOf({ operation }: LockWait): LockKind {
  return operation === "read" || operation === "write" ? "rw" : operation;
}
