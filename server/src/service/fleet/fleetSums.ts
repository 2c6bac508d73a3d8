import { UNKNOWN_STATE } from "../../core/model/state.ts";
import type { FleetPlace, Standing } from "./standings.ts";

/** Goroutines at a place, in one of the states that dumps of different forms give them. */
export interface Counted extends Pick<Standing, "place" | "isInferred"> {
  total: number;
}

/** What is kept of a place: sums, so that memory follows the number of places and not of dumps or hosts. */
export interface Sums extends Counted {
  hosts: number;
  max: number;
  maxHost: string;
  squares: number;
  /** Over dumps with a time: sum of the counts, and of count times time. */
  counts: number;
  countsByTime: number;
  firstSeen: number;
  lastSeen: number;
  finding: Standing["finding"];
}

/** The sums of a place at which nothing was seen yet. */
export function noSums({ place, isInferred }: Standing): Sums {
  const counts = { hosts: 0, max: 0, maxHost: "", total: 0, squares: 0, counts: 0, countsByTime: 0 };
  const [firstSeen, lastSeen] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return { place, isInferred, ...counts, firstSeen, lastSeen, finding: null };
}

/** Adds the sums of other hosts. */
export function addSums(sums: Sums, to: Sums): void {
  if (sums.max > to.max) [to.max, to.maxHost] = [sums.max, sums.maxHost];
  if (isSurer(sums.finding, to.finding)) to.finding = sums.finding;
  to.hosts += sums.hosts;
  to.total += sums.total;
  to.squares += sums.squares;
  to.counts += sums.counts;
  to.countsByTime += sums.countsByTime;
  to.firstSeen = Math.min(to.firstSeen, sums.firstSeen);
  to.lastSeen = Math.max(to.lastSeen, sums.lastSeen);
}

const SURENESS = { suspect: 1, strong: 2, proven: 3 } as const;

/** How sure a certainty is; of none 0. */
export function surenessOf(certainty: keyof typeof SURENESS | null): number {
  return certainty === null ? 0 : SURENESS[certainty];
}

export function isSurer(one: Standing["finding"], other: Standing["finding"]): boolean {
  return surenessOf(one?.certainty ?? null) > surenessOf(other?.certainty ?? null);
}

/**
 * Puts together what stands at one place in one state. Profiles print no state, and what their stacks show tells less: it is
 * unknown, or `chan receive` where a traceback prints `chan receive (nil chan)`. `add` adds such a one to what tells more.
 */
export function putTogether<T extends Counted>(all: Iterable<T>, add: (one: T, to: T) => void): readonly T[] {
  const byLine = new Map<string, T[]>();
  for (const one of all) {
    const key = lineKey(one.place);
    const known = byLine.get(key);
    if (known) known.push(one);
    else byLine.set(key, [one]);
  }
  return [...byLine.values()].flatMap((atLine) => {
    // What is printed comes first, so that nothing is added to what is then added to something else.
    const ranked = atLine.sort((a, b) => Number(a.isInferred) - Number(b.isInferred) || b.total - a.total);
    return ranked.filter((one) => {
      const fuller = ranked.find((other) => tellsMore(other, one));
      if (fuller) add(one, fuller);
      return fuller === undefined;
    });
  });
}

/** Function, file and line of a place, as one key. */
export function lineKey({ function: name, file, line }: FleetPlace): string {
  return `${name}\n${file}\n${line}`;
}

function tellsMore(one: Counted, than: Counted): boolean {
  const [state, vague] = [one.place.state, than.place.state];
  if (one === than || !than.isInferred) return false;
  if (one.isInferred) return vague === UNKNOWN_STATE && state !== UNKNOWN_STATE;
  return vague === UNKNOWN_STATE || state === vague || state.startsWith(`${vague} (`);
}
