import type { Hold } from "../analysis/confinement.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import type { Candidate, Lock } from "./lock.ts";

/** A group whose source shows that it has taken a lock. */
interface Taker {
  readonly group: Group;
  readonly hold: Hold;
}

/** Who has taken a lock of which the program has but one, as the source shows. */
export class TakenLocks {
  readonly #analysis: Analysis;
  readonly #takers = new Map<number, Taker[]>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    const sourceOf = analysis.context.source?.confinement;
    for (const group of sourceOf === undefined ? [] : analysis.groups.groups) {
      for (const hold of sourceOf?.(group)?.holds ?? []) if (hold.isProven) this.#enter({ group, hold });
    }
  }

  /** The one that has taken what all who wait for a lock wait for; undefined: none is known, or several seem to have it. */
  holderOf({ kind, waiters }: Lock): Candidate | undefined {
    const wanted = new Set(waiters.map(({ group }) => this.#wantedBy(group)));
    const [what] = wanted;
    const [taker, ...others] = (what !== undefined && wanted.size === 1 && this.#takers.get(what)) || [];
    if (kind !== "mutex" || taker === undefined || others.length > 0 || taker.group.count !== 1) return undefined;
    const { group, hold } = taker;
    const row = this.#analysis.groups.rows[group.start];
    const frame = this.#analysis.stack(group).frames[hold.frame];
    const isWaiter = waiters.some((waiting) => waiting.group === group);
    if (row === undefined || frame === undefined || isWaiter) return undefined;
    return { row, group, frame: this.#analysis.facts(frame.id), evidence: "taken", count: 1 };
  }

  /** The one thing that a group's goroutines wait for. */
  #wantedBy(group: Group): number | undefined {
    const [need, ...others] = this.#analysis.context.source?.confinement?.(group)?.waits ?? [];
    return others.length > 0 ? undefined : need?.what;
  }

  #enter(taker: Taker): void {
    const known = this.#takers.get(taker.hold.what);
    if (known === undefined) this.#takers.set(taker.hold.what, [taker]);
    else if (known.at(-1)?.group !== taker.group) known.push(taker);
  }
}
