import type { Analysis } from "../analysis/analysis.ts";
import { at } from "../model/column.ts";
import type { Frame } from "../model/stack.ts";
import type { KnownArguments } from "./knownArguments.ts";
import type { Lock, SelfWait, Waiters } from "./lock.ts";
import { isOnceFrame } from "./lockWait.ts";
import type { Sites } from "./sites.ts";
import type { ValueIndex } from "./valueIndex.ts";

/** Finds waiters whose own outer calls may have taken the lock before. */
export class SelfWaits {
  readonly #analysis: Analysis;
  readonly #arguments: KnownArguments;
  readonly #values: ValueIndex;

  constructor(analysis: Analysis, known: KnownArguments, values: ValueIndex) {
    this.#analysis = analysis;
    this.#arguments = known;
    this.#values = values;
  }

  /** Waiters with an outer frame on the same value: that frame may have taken the lock before. */
  of(lock: Lock, sites: Sites): SelfWait[] {
    return lock.waiters.flatMap((waiters) => {
      const { site } = waiters.wait;
      const { frames } = this.#analysis.traits(waiters.group).stack;
      const outer = frames.flatMap(({ id }, index) =>
        index > site && this.#mayHaveTaken(lock, sites, waiters, id) ? index : [],
      );
      const isBack = (index: number) => this.#isBack(frames, site, index, sites);
      // Methods that only lead to the one that asks have not taken it.
      const likeliest = [lock.kind === "once" ? undefined : outer.find(isBack), outer[0]].flatMap((index) => {
        const rows = waiters.rows.filter((row) => index !== undefined && this.#isOnValue(lock, waiters, row, index));
        return index === undefined || rows.length === 0 ? [] : { index, rows };
      });
      const [found] = likeliest;
      if (found === undefined) return [];
      const facts = this.#analysis.facts(frames[found.index]!.id);
      return {
        waiters,
        rows: found.rows,
        count: this.#weigh(found.rows),
        outer: facts,
        isSameValue: found.rows.every((row) => this.#values.isOwner(row, found.index, lock)),
        isReentered: isBack(found.index),
        isLoop: found.index === frames.length - 1,
        isPast: sites.isPast(facts),
      };
    });
  }

  /** Whether the way from an outer frame to the lock leads through code of other types. */
  #isBack(frames: readonly Frame[], site: number, outer: number, { types }: Sites): boolean {
    return frames.slice(site + 1, outer).some(({ id }) => {
      const { type } = this.#analysis.facts(id);
      return type === null || !types.has(type);
    });
  }

  #mayHaveTaken(lock: Lock, sites: Sites, waiters: Waiters, frame: number): boolean {
    const facts = this.#analysis.facts(frame);
    if (lock.kind === "once") return isOnceFrame(facts.frame);
    // The library knows what its methods lock.
    if (waiters.site?.isUser === false) return false;
    const isOther = facts.family !== waiters.site?.family || facts.frame.line !== waiters.site.frame.line;
    return isOther && ((facts.type !== null && sites.types.has(facts.type)) || sites.families.has(facts.family));
  }

  #isOnValue(lock: Lock, waiters: Waiters, row: number, outer: number): boolean {
    if (lock.kind === "once") {
      const receiver = this.#arguments.receiver(row, outer);
      return lock.address === null || receiver === null || receiver.address === lock.address;
    }
    return this.#values.receiverMatch(row, outer, lock) !== "other" && waiters.rows.length > 0;
  }

  #weigh(rows: ArrayLike<number>): number {
    const { weight } = this.#analysis.dump.goroutines;
    return weight === null ? rows.length : Array.from(rows).reduce((sum, row) => sum + at(weight, row), 0);
  }
}
