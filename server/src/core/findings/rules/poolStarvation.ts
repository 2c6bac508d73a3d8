import type { Analysis } from "../../analysis/analysis.ts";
import { standsAside } from "../../analysis/roles.ts";
import type { Traits } from "../../analysis/traits.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { type Group, joinRows } from "../../group/groups.ts";
import type { Wait } from "../../leaks/waits.ts";
import { waitOf } from "../../leaks/waits.ts";
import type { FrameFacts } from "../../names/frameFacts.ts";
import { outerFunction, splitFunctionName } from "../../names/functionName.ts";
import { say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { behindSentence } from "./behindLock.ts";
import { outlookOf } from "./leakTexts.ts";

/** A worker whose task asks its own pool for something and waits. */
interface Starving {
  readonly group: Group;
  /** The pool's call in which it waits. */
  readonly inner: FrameFacts;
  /** The pool's function that runs tasks. */
  readonly outer: FrameFacts;
  /** The task's frame that called back into the pool. */
  readonly task: FrameFacts;
  /** Whether the receivers show that it is the same pool; one that shares its code alone is no evidence. */
  readonly isSame: boolean;
}

/** One goroutine alone is no pool. */
const LEAST_WORKERS = 2;

/** Waits for room or for a result. A select may have a way out, as in a retry; a lock is for the rules about locks. */
const WAITS: ReadonlySet<Wait> = new Set(["send", "receive", "wait-group", "condition", "other"]);

/** Pools of the Go project's modules, which do not count as the user's code. */
const LIBRARY_POOLS = /^golang\.org\/x\/sync\/(?:errgroup|semaphore)\./;

/**
 * Every worker of a pool runs a task that waits for the pool: for room to submit another task, or for its result. Seen on
 * the stack as the pool's code, the task's code, and the pool's code again, blocked; and no worker is left to take tasks.
 */
export const poolStarvation: Rule = {
  id: "pool-starvation",
  title: "A pool whose workers all wait for the pool",
  certainties: ["strong", "suspect"],
  find(investigation) {
    const { analysis } = investigation;
    const pools = new Map<string, Starving[]>();
    for (const group of analysis.groups.groups) {
      const starving = starvingOf(analysis, group);
      if (starving === undefined) continue;
      const list = pools.get(starving.outer.family);
      if (list === undefined) pools.set(starving.outer.family, [starving]);
      else list.push(starving);
    }
    const lost = withoutOthers(analysis, pools);
    return [...pools].flatMap(([family, starving]) => (lost.has(family) ? toFinding(investigation, starving) : []));
  },
};

/** From the inside out: the pool's blocked call, the task, and the pool's function that runs it. */
function starvingOf(analysis: Analysis, group: Group): Starving | undefined {
  const traits = analysis.traits(group);
  if (traits.role !== "blocked" || !WAITS.has(waitOf(group, traits))) return undefined;
  const calls = callsOf(analysis, traits);
  const [inner] = calls;
  // A function literal is nobody's call into the pool: a method that hands one to a library runs its own code in there.
  if (inner === undefined || inner.type === null || isLiteral(inner)) return undefined;
  const first = calls.findIndex(({ type }) => type !== inner.type);
  const task = calls[first];
  const outer = first < 0 ? undefined : calls.slice(first).find(({ type }) => type === inner.type);
  if (task === undefined || outer === undefined) return undefined;
  const pool = poolOf(analysis, group, inner, outer);
  return pool === "other" ? undefined : { group, inner, outer, task, isSame: pool === "same" };
}

/**
 * Whether the inner call is on the value that runs the task. Receivers tell; where they are not printed, a function literal
 * of the inner method below shows that the worker runs what that method hands in.
 */
function poolOf(analysis: Analysis, group: Group, inner: FrameFacts, outer: FrameFacts): "same" | "other" | "unclear" {
  // What runs a task of the Go project's pools is a function literal, which prints no receiver.
  if (LIBRARY_POOLS.test(inner.frame.function)) return "same";
  const { frames } = analysis.stack(group);
  const method = `${splitFunctionName(inner.frame.function).name}.`;
  const isHanded = frames.some(
    (frame) => outerFunction(frame.function) !== frame.function && frame.function.includes(method),
  );
  const unclear = isHanded ? "same" : "unclear";
  const at = frames.findIndex(({ id }) => id === inner.frame.id);
  const outerAt = frames.findIndex(({ id }, index) => index > at && id === outer.frame.id);
  const [row = -1] = analysis.rows(group);
  const [own, asked] = [outerAt, at].map((frame) => analysis.context.arguments?.receiver(row, frame));
  if (own === undefined || asked === undefined) return unclear;
  if (own.address === asked.address) return "same";
  return own.isSure && asked.isSure ? "other" : unclear;
}

function isLiteral({ frame }: FrameFacts): boolean {
  return outerFunction(frame.function) !== frame.function;
}

/** The calls that may be a pool's or a task's, innermost first. */
function callsOf(analysis: Analysis, { stack }: Traits): FrameFacts[] {
  return stack.frames
    .map(({ id }) => analysis.facts(id))
    .filter(({ isUser, frame }) => isUser || LIBRARY_POOLS.test(frame.function));
}

/** The families of the pools whose functions nobody runs who does not starve. */
function withoutOthers(analysis: Analysis, pools: ReadonlyMap<string, readonly Starving[]>): ReadonlySet<string> {
  const starving = new Map([...pools].map(([family, list]) => [family, new Set(list.map(({ group }) => group))]));
  for (const group of analysis.groups.groups) {
    if (starving.size === 0) break;
    const traits = analysis.traits(group);
    if (standsAside(traits.role)) continue;
    const calls = callsOf(analysis, traits);
    for (let at = isClient(calls) ? innermostPart(calls) : 0; at < calls.length; at++) {
      const { family } = calls[at]!;
      if (starving.get(family)?.has(group) === false) starving.delete(family);
    }
  }
  return new Set(starving.keys());
}

/** Whether a goroutine is not started by the pool's code, and only calls it: then its innermost calls are no worker's. */
function isClient(calls: readonly FrameFacts[]): boolean {
  return calls.at(-1)?.type !== calls[0]?.type;
}

function innermostPart(calls: readonly FrameFacts[]): number {
  const end = calls.findIndex(({ type }) => type !== calls[0]?.type);
  return end < 0 ? calls.length : end;
}

/** Others that wait in the same call of the pool without running a task of it: for the same workers. */
function clientsOf(analysis: Analysis, starving: readonly Starving[]): Group[] {
  const workers = new Set(starving.map(({ group }) => group));
  const calls = new Set(starving.map(({ inner }) => inner.family));
  return analysis.groups.groups.filter((group) => {
    const traits = analysis.traits(group);
    if (traits.role !== "blocked" || workers.has(group) || !WAITS.has(waitOf(group, traits))) return false;
    return calls.has(callsOf(analysis, traits)[0]?.family ?? "");
  });
}

function toFinding({ analysis, wakers }: Investigation, starving: readonly Starving[]): Finding[] {
  const [first] = starving;
  const place = first === undefined ? null : analysis.place(first.group);
  if (first === undefined || place === null) return [];
  const count = starving.reduce((sum, { group }) => sum + group.count, 0);
  if (count < LEAST_WORKERS) return [];
  const behind = clientsOf(analysis, starving);
  const rows = joinRows([...starving.map(({ group }) => group), ...behind].map((group) => analysis.rows(group)));
  const waiting = behind.reduce((sum, group) => sum + group.count, 0);
  // Whoever is alive in the code of the pool or its tasks may take a result, or make room.
  const packages = [first.outer.package, first.task.package];
  const isSame = starving.every((each) => each.isSame);
  const isLost = isSame && analysis.isWhole && !packages.some((name) => wakers.activeCode.isAnyoneAlive(name));
  return [
    rowsFinding(analysis, {
      rule: "pool-starvation",
      certainty: isLost ? "strong" : "suspect",
      evidenceClass: classOf("pool-starvation", waitOf(first.group, analysis.traits(first.group))),
      what: say`Pool whose workers wait for it`,
      message: isLost
        ? say`${callAt(first.task.frame)} asks the pool that runs it, and waits in ${callAt(place)}: all ${goroutines(count)} of the pool do, so no worker is left to serve them. Do not wait for the pool from within its tasks, or give such tasks a pool of their own.${behindSentence(waiting)}`
        : say`${callAt(first.task.frame)} asks the pool that runs it, and waits in ${callAt(place)}: if none of the ${goroutines(count)} comes free, no worker is left to serve them. Do not wait for the pool from within its tasks.`,
      rows,
      at: analysis.rows(first.group)[0] ?? 0,
      evidence: [
        say`The workers run ${callAt(first.task.frame)}, which calls back into the pool and waits there (${first.group.state}).`,
        say`No goroutine that runs ${callAt(first.outer.frame)} is free.`,
        ...outlookOf(analysis),
      ],
    }),
  ];
}
