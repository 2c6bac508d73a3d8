import type { Certainty } from "../../core/analysis/certainty.ts";
import type { Finding } from "../../core/findings/finding.ts";
import type { Group, GroupTable } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { type Dump, Flag } from "../../core/model/dump.ts";
import { stackOf } from "../../core/model/stack.ts";
import { settledState, UNKNOWN_STATE } from "../../core/names/inferState.ts";
import { placeOf } from "../../core/names/userCode.ts";

/** One place at which goroutines stand, in one dump. */
export interface Standing {
  readonly place: FleetPlace;
  /** Goroutines. */
  readonly count: number;
  /** Whether the dump prints no states: this one is what the stack shows. */
  readonly isInferred: boolean;
  /** The surest finding that is about them; null: there is none. */
  readonly finding: { readonly rule: string; readonly certainty: Certainty } | null;
}

/** Where goroutines stand and how: what a fleet is counted by. */
export interface FleetPlace {
  /** Innermost function of the user's code, else the innermost at all. */
  readonly function: string;
  readonly file: string | null;
  readonly line: number | null;
  /** See `settledState`. */
  readonly state: string;
}

/** Where the goroutines of a dump stand; `groups` are by stack. Goroutines without a stack are left out. */
export function standings(dump: Dump, groups: GroupTable, findings: readonly Finding[]): readonly Standing[] {
  const found = surestByGroup(groups, findings);
  const all: Standing[] = [];
  for (const group of groups.groups) {
    const place = standing(dump, group);
    if (place === null) continue;
    const isInferred = isStateInferred(dump, groups.rows[group.start]!);
    all.push({ place, count: group.count, isInferred, finding: found.get(group.id) ?? null });
  }
  return all;
}

/** Whether a goroutine's state is not printed, or nothing tells it. */
function isStateInferred({ goroutines, states }: Dump, row: number): boolean {
  const isFlagged = (at(goroutines.flags, row) & Flag.inferredState) !== 0;
  return isFlagged || states[at(goroutines.state, row)] === UNKNOWN_STATE;
}

function standing(dump: Dump, { stack, state }: Group): Standing["place"] | null {
  const { frames } = stackOf(dump, stack);
  const frame = placeOf(frames);
  if (frame === undefined) return null;
  return { function: frame.function, file: frame.file, line: frame.line, state: settledState(state, frames) };
}

/** Findings come surest first: the first that names a goroutine of a group is the surest. */
function surestByGroup(groups: GroupTable, findings: readonly Finding[]): ReadonlyMap<number, Standing["finding"]> {
  const surest = new Map<number, Standing["finding"]>();
  for (const { rule, certainty, rows } of findings) {
    for (const row of rows) {
      const group = groups.groupOf[row]!;
      if (!surest.has(group)) surest.set(group, { rule, certainty });
    }
  }
  return surest;
}
