import type { Analysis } from "../analysis/analysis.ts";
import type { StackConfinement } from "../analysis/confinement.ts";
import type { Group } from "../group/groups.ts";
import { isForEver } from "./forEver.ts";

/** Rounds after which those that still change are thought to go on, all of them: circles of helpers climb one by one. */
const PATIENT_ROUNDS = 20;
/** Rounds after which nothing is said. */
const MAX_ROUNDS = 100;

/** Those who wait, or may help, of one stack. */
interface Party {
  readonly group: Group;
  readonly facts: StackConfinement;
}

/** How many goroutines of a group may go on, by its number. */
type Alive = Map<number, number>;

/**
 * How many goroutines of a group at least are lost, by the group's number; groups of which none need be are left out.
 * Each of them waits for a value of its own, and whoever is left to help has one such value at a time: those who are more
 * than the values are lost, though the dump does not tell which of them. Needs the whole process: who is not shown may help.
 * Linear in groups and in what they wait for.
 */
export function findOutnumbered(analysis: Analysis): ReadonlyMap<number, number> {
  const confinement = analysis.context.source?.confinement;
  if (confinement === undefined) return new Map();
  const parties = analysis.groups.groups.flatMap((group): Party | [] => {
    const facts = confinement(group);
    return facts === undefined || isForEver(analysis, group) ? [] : { group, facts };
  });
  const isWaiting = ({ group, facts: { waits } }: Party) =>
    analysis.traits(group).role === "blocked" && waits?.every(({ isBySignal }) => isBySignal !== true) === true;
  const waiting = parties.filter(isWaiting);
  const alive: Alive = new Map(parties.map((party) => [party.group.id, isWaiting(party) ? 0 : party.group.count]));
  if (!settle(parties, waiting, alive)) return new Map();
  const lost = waiting.map(({ group }) => [group.id, group.count - alive.get(group.id)!] as const);
  return new Map(lost.filter(([, count]) => count > 0));
}

/** Lets go on as many of each group as may be helped, until these can help nobody else; whether that came to an end. */
function settle(parties: readonly Party[], waiting: readonly Party[], alive: Alive): boolean {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const helped = valuesHelped(parties, alive);
    let isChanged = false;
    for (const party of waiting) {
      const { id, count: all } = party.group;
      const count = Math.min(all, mostHelped(party, helped, alive));
      if (count <= alive.get(id)!) continue;
      alive.set(id, round < PATIENT_ROUNDS ? count : all);
      isChanged = true;
    }
    if (!isChanged) return true;
  }
  return false;
}

/** By what goroutines wait for: to how many values those who go on can do it. */
function valuesHelped(parties: readonly Party[], alive: Alive): ReadonlyMap<number, number> {
  const helped = new Map<number, number>();
  for (const { group, facts } of parties) {
    const count = alive.get(group.id)!;
    if (count === 0) continue;
    for (const { what, values } of facts.serves) {
      helped.set(what, (helped.get(what) ?? 0) + (values === "many" ? Infinity : count));
    }
  }
  return helped;
}

/** How many goroutines of a group may be helped. Nobody helps himself. */
function mostHelped({ group, facts }: Party, helped: ReadonlyMap<number, number>, alive: Alive): number {
  let most = 0;
  for (const { what, values } of facts.waits ?? []) {
    const own = facts.serves.filter((one) => one.what === what && one.values === "awaited").length;
    const left = (helped.get(what) ?? 0) - own * alive.get(group.id)!;
    if (left > 0) most += values === "many" ? Infinity : left;
  }
  return most;
}
