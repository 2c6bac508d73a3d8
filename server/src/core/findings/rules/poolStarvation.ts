import { standsAside } from "../../analysis/roles.ts";
import type { Group } from "../../group/groups.ts";
import { baseState } from "../../model/state.ts";
import { outerFunction } from "../../names/functionName.ts";
import type { FrameFacts } from "../../names/frameFacts.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Traits } from "../../analysis/traits.ts";
import type { Finding } from "../finding.ts";
import { rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { say } from "../../text/say.ts";

/** A worker whose task asks its own pool for something and waits. */
interface Starving {
  readonly group: Group;
  /** The pool's function the worker was started with. */
  readonly entry: FrameFacts;
  /** The task's frame that called back into the pool. */
  readonly task: FrameFacts;
}

/** One goroutine alone is no pool. */
const LEAST_WORKERS = 2;

/**
 * Every worker of a pool runs a task that waits for the pool: for room to submit another task, or for its result. Seen on
 * the stack as the pool's code, the task's code, and the pool's code again, blocked; and no worker is left to take tasks.
 */
export const poolStarvation: Rule = {
  id: "pool-starvation",
  title: "A pool whose workers all wait for the pool",
  certainties: ["strong"],
  find({ analysis }) {
    const pools = new Map<string, Starving[]>();
    for (const group of analysis.groups.groups) {
      const starving = starvingOf(analysis, group);
      if (starving === undefined) continue;
      const list = pools.get(starving.entry.family);
      if (list === undefined) pools.set(starving.entry.family, [starving]);
      else list.push(starving);
    }
    const workers = workersByEntry(analysis, pools);
    return [...pools].flatMap(([family, starving]) => {
      const all = workers.get(family) ?? [];
      return all.every((group) => starving.some((each) => each.group === group)) ? toFinding(analysis, starving) : [];
    });
  },
};

function starvingOf(analysis: Analysis, group: Group): Starving | undefined {
  const traits = analysis.traits(group);
  const [blocking] = traits.user;
  const entry = entryOf(traits);
  if (traits.role !== "blocked" || blocking === undefined || entry === undefined) return undefined;
  // A select may have a way out, as in a retry or a stream, which call back into their package just so.
  if (baseState(group.state).startsWith("select")) return undefined;
  if (entry.type === null || blocking.type !== entry.type || blocking.family === entry.family) return undefined;
  const task = traits.user.find((facts) => facts.package !== entry.package);
  return task === undefined || entry.package === "main" ? undefined : { group, entry, task };
}

/** The function a goroutine was started with, when it is the user's. */
function entryOf({ user }: Traits): FrameFacts | undefined {
  return user.at(-1);
}

/** All goroutines that were started with one of the pools' functions. */
function workersByEntry(analysis: Analysis, pools: ReadonlyMap<string, unknown>): Map<string, Group[]> {
  const workers = new Map<string, Group[]>();
  for (const group of analysis.groups.groups) {
    const traits = analysis.traits(group);
    const entry = entryOf(traits);
    if (standsAside(traits.role) || entry === undefined || !pools.has(outerFunction(entry.frame.function))) continue;
    const list = workers.get(entry.family);
    if (list === undefined) workers.set(entry.family, [group]);
    else list.push(group);
  }
  return workers;
}

function toFinding(analysis: Analysis, starving: readonly Starving[]): Finding[] {
  const rows = starving.flatMap(({ group }) => [...analysis.rows(group)]);
  const [first] = starving;
  const [row] = rows;
  const place = first === undefined ? null : analysis.place(first.group);
  if (first === undefined || row === undefined || place === null) return [];
  const count = starving.reduce((sum, { group }) => sum + group.count, 0);
  if (count < LEAST_WORKERS) return [];
  for (const { group } of starving) analysis.explain(group);
  return [
    rowsFinding(analysis, {
      rule: "pool-starvation",
      certainty: "strong",
      what: say`Pool whose workers wait for it`,
      message: say`All ${goroutines(count)} of the pool in ${callAt(first.entry.frame)} wait for the pool itself, in ${callAt(place)}: no worker is left to serve them. Do not wait for the pool from within its tasks, or give such tasks a pool of their own.`,
      rows,
      at: row,
      evidence: [
        say`The workers run ${callAt(first.task.frame)}, which calls back into the pool and waits there (${first.group.state}).`,
        say`No goroutine that was started with the same function is free.`,
      ],
    }),
  ];
}
