import type { Certainty } from "../../core/analysis/certainty.ts";
import type { FleetPlace, Standing } from "./standings.ts";
import { addSums, type Counted, isSurer, lineKey, noSums, putTogether, type Sums, surenessOf } from "./fleetSums.ts";

/** One dump of a fleet. */
export interface FleetDump {
  readonly host: string;
  /** Milliseconds since the epoch; null: unknown. */
  readonly time: number | null;
  readonly standings: readonly Standing[];
}

/** What a place amounts to over the whole fleet. */
export interface FleetRow extends FleetPlace {
  /** Hosts that have goroutines there in at least one dump. */
  readonly hosts: number;
  /** Most goroutines in one dump, and the host of it. */
  readonly max: number;
  readonly maxHost: string;
  /** Goroutines over all hosts, of each host the dump with most. */
  readonly total: number;
  /** Root of the mean square over all hosts: it is large where few hosts have very many. */
  readonly rms: number;
  /** Goroutines that a dump has more than one an hour earlier, over all dumps; null: too few times are known. */
  readonly perHour: number | null;
  /** When it was first and last seen; null: no time is known. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  readonly rule: string | null;
  readonly certainty: Certainty | null;
}

const HOUR = 3_600_000;
/** Slopes are of hours since this moment, 2020: of the epoch's milliseconds the squares would not be exact. */
const ORIGIN = Date.UTC(2020, 0, 1);

/**
 * Counts goroutines by place over any number of dumps. The dumps of one host have to come one after the other; nothing of
 * a host is kept once the next one begins.
 */
export class FleetTable {
  readonly #places = new Map<string, Sums>();
  #hosts = 0;
  #dumps = 0;
  #goroutines = 0;
  #host: string | null = null;
  /** Of the host at hand: most goroutines in one of its dumps, by place. */
  #peaks = new Map<Sums, number>();
  /** Over dumps with a time: how many, sum of the hours, and of their squares. */
  readonly #timed = { dumps: 0, hours: 0, squares: 0 };

  /** Counts a dump. */
  add({ host, time, standings }: FleetDump): void {
    if (host !== this.#host) this.#endHost();
    this.#host = host;
    this.#dumps++;
    const hours = time === null ? null : (time - ORIGIN) / HOUR;
    if (hours !== null) {
      this.#timed.dumps++;
      this.#timed.hours += hours;
      this.#timed.squares += hours * hours;
    }
    for (const [key, standing] of byPlace(standings)) {
      const { count, finding } = standing;
      this.#goroutines += count;
      const sums = this.#sumsOf(key, standing);
      this.#peaks.set(sums, Math.max(this.#peaks.get(sums) ?? 0, count));
      if (isSurer(finding, sums.finding)) sums.finding = finding;
      if (hours === null || time === null) continue;
      sums.counts += count;
      sums.countsByTime += count * hours;
      sums.firstSeen = Math.min(sums.firstSeen, time);
      sums.lastSeen = Math.max(sums.lastSeen, time);
    }
  }

  /** Dumps, hosts and goroutines so far. */
  get totals(): { readonly dumps: number; readonly hosts: number; readonly goroutines: number } {
    this.#endHost();
    return { dumps: this.#dumps, hosts: this.#hosts, goroutines: this.#goroutines };
  }

  /** All places: with the surest findings first, then those where one host has most above the mean of all hosts. */
  rows(): readonly FleetRow[] {
    this.#endHost();
    // Copies: more dumps may come.
    const sums = Array.from(this.#places.values(), (one) => ({ ...one }));
    const rows = putTogether(sums, addSums).map((one) => this.#row(one));
    const sureness = ({ certainty }: FleetRow): number => surenessOf(certainty);
    const excess = ({ max, total }: FleetRow): number => max - total / Math.max(1, this.#hosts);
    return rows.sort((left, right) => sureness(right) - sureness(left) || excess(right) - excess(left));
  }

  #endHost(): void {
    if (this.#host === null) return;
    this.#hosts++;
    for (const { sums, total: peak } of this.#peaksOfHost()) {
      sums.hosts++;
      sums.total += peak;
      sums.squares += peak * peak;
      if (peak > sums.max) [sums.max, sums.maxHost] = [peak, this.#host];
    }
    this.#peaks = new Map();
    this.#host = null;
  }

  /** Dumps of several forms may show the same goroutines. */
  #peaksOfHost(): readonly (Counted & { readonly sums: Sums })[] {
    const peaks = Array.from(this.#peaks, ([sums, total]) => {
      const { place, isInferred } = sums;
      return { sums, place, isInferred, total };
    });
    return putTogether(peaks, (one, to) => (to.total = Math.max(to.total, one.total)));
  }

  #sumsOf(key: string, standing: Standing): Sums {
    let sums = this.#places.get(key);
    if (sums === undefined) this.#places.set(key, (sums = noSums(standing)));
    return sums;
  }

  #row({ place, hosts, max, maxHost, total, squares, firstSeen, lastSeen, finding, ...sums }: Sums): FleetRow {
    const isSeen = firstSeen <= lastSeen;
    return {
      ...place,
      hosts,
      max,
      maxHost,
      total,
      rms: Math.sqrt(squares / Math.max(1, this.#hosts)),
      perHour: this.#slope(sums.counts, sums.countsByTime),
      firstSeen: isSeen ? firstSeen : null,
      lastSeen: isSeen ? lastSeen : null,
      rule: finding?.rule ?? null,
      certainty: finding?.certainty ?? null,
    };
  }

  /** The least-squares slope of count over time; a dump without goroutines at the place counts as none of them. */
  #slope(counts: number, countsByTime: number): number | null {
    const { dumps, hours, squares } = this.#timed;
    const spread = dumps * squares - hours * hours;
    // Dumps of one moment differ by rounding alone.
    if (dumps < 2 || spread <= dumps * squares * 1e-12) return null;
    return (dumps * countsByTime - hours * counts) / spread;
  }
}

/** Standings at one place in one state are one. */
function byPlace(standings: readonly Standing[]): ReadonlyMap<string, Standing> {
  const places = new Map<string, Standing>();
  for (const standing of standings) {
    const key = `${lineKey(standing.place)}\n${standing.place.state}\n${standing.isInferred}`;
    const known = places.get(key);
    const finding = known && !isSurer(standing.finding, known.finding) ? known.finding : standing.finding;
    places.set(key, { ...standing, count: standing.count + (known?.count ?? 0), finding });
  }
  return places;
}
