import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { goroutines } from "../../core/analysis/wording.ts";
import type { Group } from "../../core/group/groups.ts";
import { baseState } from "../../core/model/state.ts";
import type { SourceGroup } from "../../protocol/index.ts";
import { activityOf, phrases, waitOfGroup } from "../document/describe.ts";

import { largest } from "../../core/lists.ts";

/** States named in a title; the rest is counted. */
const NAMED_STATES = 3;
/** Groups listed at one line. */
const LISTED_GROUPS = 20;

/** A group of one dump that stands at a line of the source. */
export interface StandingGroup {
  readonly group: Group;
  /** Tells the dumps apart, of all documents. */
  readonly dump: string;
  readonly shown: SourceGroup;
}

/** `10,000 goroutines blocked here, at least 38 min: chan send`. */
export function standingTitle(standing: readonly StandingGroup[]): string {
  const groups = standing.map(({ group }) => group);
  const count = countOf(groups);
  const isBlocked = groups.every(({ state }) => /^(?:blocked|stuck)$/.test(activityOf(state)));
  const dumps = new Set(standing.map(({ dump }) => dump)).size;
  const here = dumps > 1 ? say`here in ${dumps} dumps` : say`here`;
  const who = goroutines(count);
  const present = count === 1 ? say`${who} stands ${here}` : say`${who} stand ${here}`;
  const wait = waitOfGroup({ wait: waitOf(groups), unwaited: groups.reduce((sum, { unwaited }) => sum + unwaited, 0) });
  const states = stateList(groups);
  return [[words(isBlocked ? say`${who} blocked ${here}` : present), wait], [states]]
    .map((parts) => parts.filter((part) => part !== "").join(", "))
    .filter((part) => part !== "")
    .join(": ");
}

/** The groups to list, most goroutines first, and how many are left out. */
export function listStanding(standing: readonly StandingGroup[]): { groups: SourceGroup[]; moreGroups: number } {
  const sorted = [...standing].sort((left, right) => right.group.count - left.group.count);
  const groups = sorted.slice(0, LISTED_GROUPS).map(({ shown }) => shown);
  return { groups, moreGroups: sorted.length - groups.length };
}

/** `main.work: 3 goroutines · chan send · at least 2 min`. */
export function standingText(title: string, group: Group): string {
  return `${title}: ${phrases(words(goroutines(group.count)), group.state, waitOfGroup(group))}`;
}

/** Goroutines in some groups. */
export function countOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function waitOf(groups: readonly Group[]): Group["wait"] {
  const waits = groups.flatMap(({ wait }) => wait ?? []);
  if (waits.length === 0) return null;
  return { min: -largest(waits, ({ min }) => -min, -Infinity), max: largest(waits, ({ max }) => max, 0) };
}

function stateList(groups: readonly Group[]): string {
  const states = [...new Set(groups.map(({ state }) => baseState(state)))].filter((state) => state !== "unknown");
  const more = states.length - NAMED_STATES;
  return states.slice(0, NAMED_STATES).join(", ") + (more > 0 ? words(say` and ${more} more`) : "");
}
