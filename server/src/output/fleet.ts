import type { Certainty } from "./report.ts";

/** What `goroutine-dump fleet --format json` prints, version 1. */
export interface FleetReport {
  readonly version: 1;
  readonly dumps: number;
  readonly hosts: number;
  readonly goroutines: number;
  /** Places by the surest finding there. */
  readonly findings: { readonly proven: number; readonly strong: number; readonly suspect: number };
  /** Files that could not be read or hold no goroutines, the first of them; and how many there are. */
  readonly problems: readonly string[];
  readonly problemCount: number;
  /** Where most goroutines pile up first; with `--since` what is new comes before what is not. */
  readonly places: readonly FleetPlaceReport[];
  /** Places in all: the list may be cut. */
  readonly placeCount: number;
}

/** A place at which goroutines stand in one state, over the whole fleet. */
export interface FleetPlaceReport {
  /** Innermost function of the user's code, else the innermost at all. */
  readonly function: string;
  readonly file: string | null;
  readonly line: number | null;
  /** As rows have it in `base_state`; of what dumps of several forms say of a place, the most telling. */
  readonly state: string;
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
  /** When it was first and last seen, ISO 8601; null: no time is known. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** The surest finding that is about goroutines there; both null: there is none. */
  readonly rule: string | null;
  readonly certainty: Certainty | null;
  /** Whether it was not seen before the time given with `--since`; null: no such time, or none is known of it. */
  readonly isNew: boolean | null;
}
