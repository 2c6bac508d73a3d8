import type { Analysis } from "../analysis/analysis.ts";
import type { StackConfinement, Values } from "../analysis/confinement.ts";
import type { Group } from "../group/groups.ts";
import { stateInfo } from "../model/state.ts";

/** Rounds after which nothing is said: chains of goroutines that wait for each other are shorter. */
const MAX_ROUNDS = 50;

/** Those who wait, or may help, of one stack. */
interface Party {
  readonly group: Group;
  readonly facts: StackConfinement;
}

/** Those of a stack who may do something that others wait for. */
interface Helper {
  readonly group: Group;
  readonly values: Values;
}

/**
 * How many goroutines of a group at least are lost, by the group's number; groups of which none need be are left out.
 * Needs the whole process: who is not shown may help.
 * Each of them waits for a value of its own, and whoever is left to help has one such value at a time: those who are more
 * than the values are lost, though the dump does not tell which of them. Linear in groups.
 */
export function findOutnumbered(analysis: Analysis): ReadonlyMap<number, number> {
  const { source } = analysis.context;
  const waiting: Party[] = [];
  const helpers = new Map<number, Helper[]>();
  const alive = new Map<number, number>();
  for (const group of analysis.groups.groups) {
    const facts = source?.confinement?.(group);
    if (facts === undefined || stateInfo(group.state).isForever) continue;
    if (analysis.traits(group).role === "blocked" && facts.waits !== undefined) waiting.push({ group, facts });
    else alive.set(group.id, group.count);
    for (const { what, values } of facts.serves) {
      const known = helpers.get(what);
      if (known === undefined) helpers.set(what, [{ group, values }]);
      else known.push({ group, values });
    }
  }
  const helped = (what: number, waiter: Group) => helpersFor(waiter, helpers.get(what) ?? [], alive);
  const isSettled = settle(waiting, alive, helped);
  const lost = waiting.map(({ group }) => [group.id, group.count - (alive.get(group.id) ?? 0)] as const);
  return new Map(isSettled ? lost.filter(([, count]) => count > 0) : []);
}

/** To how many values whoever is left can do it that those of a group wait for. Nobody helps himself. */
function helpersFor(waiter: Group, helpers: readonly Helper[], alive: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const { group, values } of helpers) {
    const count = alive.get(group.id) ?? 0;
    if (count === 0 || (values === "awaited" && group === waiter)) continue;
    sum += values === "many" ? Infinity : count;
  }
  return sum;
}

/** Lets go on as many of each group as may be helped, until these can help nobody else; whether that came to an end. */
function settle(
  waiting: readonly Party[],
  alive: Map<number, number>,
  helped: (what: number, waiter: Group) => number,
): boolean {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let isChanged = false;
    for (const { group, facts } of waiting) {
      let most = 0;
      for (const { what, values } of facts.waits ?? []) {
        const left = helped(what, group);
        most += left > 0 && values === "many" ? Infinity : left;
      }
      const count = Math.min(group.count, most);
      if (count === (alive.get(group.id) ?? 0)) continue;
      alive.set(group.id, count);
      isChanged = true;
    }
    if (!isChanged) return true;
  }
  return false;
}
