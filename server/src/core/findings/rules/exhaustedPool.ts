import type { Analysis } from "../../analysis/analysis.ts";
import { ANY_TYPE, type ForeignTypes } from "../../analysis/confinement.ts";
import { standsAside } from "../../analysis/roles.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import type { Traits } from "../../analysis/traits.ts";
import { type Group, joinRows } from "../../group/groups.ts";
import { openingBySource } from "../../leaks/openBySource.ts";
import { waitOf } from "../../leaks/waits.ts";
import { isShown, type Wakers } from "../../leaks/wakers.ts";
import { stateInfo } from "../../model/state.ts";
import { type Message, say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { rowsFinding } from "../rowsFinding.ts";
import { outlookOf } from "./leakTexts.ts";

/** A library's limited stock, of which callers hold a part for a while. */
interface Stock {
  /** Where callers wait when all of it is out. */
  readonly acquire: RegExp;
  /** Code of the library in which callers stand that have a part of it. */
  readonly inside: RegExp;
  /** Types of which one has a value as long as one has a part, and those of libraries around it; undefined: there are none. */
  readonly parts?: RegExp;
  readonly what: Message;
  readonly remedy: Message;
}

/** `database/sql` (`sql.go`, `(*DB).conn`), `golang.org/x/sync/semaphore`, and pools of connections of clients. */
const STOCKS: readonly Stock[] = [
  {
    acquire: /^database\/sql\.\(\*DB\)\.conn$/,
    inside: /^database\/sql\.\(\*(?:DB|Tx|Stmt|Rows|Row|Conn|driverConn)\)\.(?!conn$)/,
    parts: /^database\/sql\.(?:Rows|Row|Tx|Conn|Stmt)$|^[^/.]*\.[^/]*\/.*(?:sql|orm|ent|bun|pg|db|database)/i,
    what: say`a database connection`,
    remedy: say`Close rows (defer rows.Close()) and end transactions on every way out.`,
  },
  {
    acquire: /^golang\.org\/x\/sync\/semaphore\.\(\*Weighted\)\.Acquire$/,
    inside: /^golang\.org\/x\/sync\/semaphore\./,
    what: say`a place of a semaphore`,
    remedy: say`Release on every way out (defer sem.Release(n)).`,
  },
  {
    acquire:
      /^github\.com\/(?:gomodule\/redigo\/redis\.\(\*Pool\)\.(?:waitVacantConn|get)|(?:redis\/)?go-redis\/(?:redis\/)?(?:v\d+\/)?internal\/pool\.\(\*ConnPool\)\.waitTurn|jackc\/(?:puddle|pgx)\/.*\.\(\*Pool\)\.(?:Acquire|acquire)\w*)$/,
    inside: /^github\.com\/(?:gomodule\/redigo\/redis|(?:redis\/)?go-redis\/|jackc\/)/,
    what: say`a connection of a pool`,
    remedy: say`Close what was taken on every way out (defer conn.Close(), or Release).`,
  },
];

/** Calls to other servers, which end when these answer: their goroutines wait in a select. */
const CALLS_OUT = ["net/http.(*Transport).roundTrip", "google.golang.org/grpc.(*ClientConn).Invoke"];

/** Calls of a network's listener: whoever stands there takes new connections and has no part of anything. */
const ACCEPTS: ReadonlySet<string> = new Set(["internal/poll.(*FD).Accept", "net.(*netFD).accept"]);

/**
 * Stocks of which all has been lost: goroutines wait for a part, and no stack stands beyond an acquire, where one could
 * have a part to give back. That is: nobody is in the library, or in a function that acquires, and does not wait.
 */
export function exhaustedPool(investigation: Investigation): Finding[] {
  const { analysis, wakers } = investigation;
  return STOCKS.flatMap((stock) => {
    const waiting = analysis.groups.groups.filter((group) => isWaiting(analysis, group, stock));
    if (waiting.length === 0 || mayHaveHolder(analysis, stock, waiting)) return [];
    const isClosed =
      analysis.isWhole &&
      !waiting.some((group) => mayBeGivenBack(investigation, group)) &&
      waiting.every((group) => analysis.traits(group).role === "blocked");
    const proof = isClosed ? proofOf(analysis, wakers, stock, waiting) : undefined;
    const all = waiting.reduce((sum, { count }) => sum + count, 0);
    return byPlace(analysis, waiting).map((groups) => toFinding(analysis, groups, stock, { all, proof }));
  });
}

/** Whether the source shows somebody who may still give back what a group waits for: the function of a timer, say. */
function mayBeGivenBack({ analysis, wakers }: Investigation, group: Group): boolean {
  if (openingBySource(analysis, group) === undefined) return false;
  return analysis.rows(group).some((row) => !isShown(wakers.why(row)));
}

/** A profile as text does not print the channel that is waited for: there a goroutine stands in the acquire itself. */
function isWaiting(analysis: Analysis, group: Group, { acquire }: Stock): boolean {
  const { role, stack } = analysis.traits(group);
  if (role === "unclear") return acquire.test(stack.frames[0]?.function ?? "");
  return role === "blocked" && stack.frames.some((frame) => acquire.test(frame.function));
}

/** Why all of it is lost, as a sentence; undefined: somebody may have a part. */
function proofOf(analysis: Analysis, wakers: Wakers, stock: Stock, waiting: readonly Group[]): Message | undefined {
  if (isNobodyNear(analysis, wakers, waiting))
    return say`No stack stands beyond the place where one is taken, so some were dropped without giving them back.`;
  return areAllOut(analysis, stock, waiting)
    ? say`The source shows that no call on any stack has one, so some were dropped without giving them back.`
    : undefined;
}

/** Whether nobody is alive in the packages that wait, nor amid work for which a part may have been taken. */
function isNobodyNear(analysis: Analysis, { activeCode }: Wakers, waiting: readonly Group[]): boolean {
  const packages = new Set(waiting.flatMap((group) => analysis.traits(group).user.map((facts) => facts.package)));
  return (
    ![...packages].some((name) => activeCode.isAnyoneAlive(name)) &&
    !analysis.groups.groups.some((group) => isAmidWork(group, analysis.traits(group)))
  );
}

/** Whether the source shows that the program keeps no part, and of all others that their calls have none. */
function areAllOut(analysis: Analysis, stock: Stock, waiting: readonly Group[]): boolean {
  const waiters = new Set(waiting);
  if (!waiting.every((group) => isNone(stock, foreignOf(analysis, group)?.kept))) return false;
  return analysis.groups.groups.every((group) => {
    const traits = analysis.traits(group);
    if (waiters.has(group) || standsAside(traits.role) || traits.user.length === 0) return true;
    const foreign = foreignOf(analysis, group);
    if (foreign === undefined) return traits.role === "blocked" && !isAmidWork(group, traits);
    return isNone(stock, foreign.ofCalls);
  });
}

function foreignOf({ context: { source } }: Analysis, group: Group): ForeignTypes | undefined {
  return source?.confinement?.(group)?.foreign;
}

/** Whether none of some types is one of a part, or may lead to one. Undefined: nothing is known of them. */
function isNone({ parts }: Stock, types: ReadonlySet<string> | undefined): boolean {
  if (parts === undefined || types === undefined) return false;
  return ![...types].some((name) => name === ANY_TYPE || parts.test(name));
}

/** Whether somebody stands in the library, or in a function that leads there, without waiting for a part. */
function mayHaveHolder(analysis: Analysis, stock: Stock, waiting: readonly Group[]): boolean {
  const waiters = new Set(waiting);
  const callers = new Set(waiting.flatMap((group) => analysis.traits(group).user.map(({ family }) => family)));
  callers.delete("main.main");
  return analysis.groups.groups.some((group) => {
    const { role, stack, user, creatorFamily } = analysis.traits(group);
    if (waiters.has(group) || standsAside(role)) return false;
    if (stack.frames.some((frame) => stock.inside.test(frame.function))) return true;
    if (isNone(stock, foreignOf(analysis, group)?.ofCalls)) return false;
    return (role !== "blocked" && callers.has(creatorFamily ?? "")) || user.some(({ family }) => callers.has(family));
  });
}

/**
 * Whether goroutines are amid something after which they go on by themselves: a call to another server, a file, a pause
 * below other calls. They may have taken a part before, in code that is on no stack any more.
 */
function isAmidWork(group: Group, { role, user, stack, families }: Traits): boolean {
  if (standsAside(role) || stack.frames.some(({ function: name }) => ACCEPTS.has(name))) return false;
  // A loop of its own, between two rounds or calling somebody, has given back what it took.
  const isWithin = user.length > 1 || (user.length === 1 && families.has("net/http.(*conn).serve"));
  if (role === "blocked") return isWithin && CALLS_OUT.some((call) => families.has(call));
  return user.length > 0 && (isWithin || stateInfo(group.state).kind === "running");
}

function byPlace(analysis: Analysis, waiting: readonly Group[]): readonly (readonly Group[])[] {
  const places = new Map<number | undefined, Group[]>();
  for (const group of waiting) {
    const place = analysis.place(group)?.id;
    const known = places.get(place);
    if (known === undefined) places.set(place, [group]);
    else known.push(group);
  }
  return [...places.values()];
}

function toFinding(
  analysis: Analysis,
  groups: readonly Group[],
  { what, remedy }: Stock,
  { all, proof }: { readonly all: number; readonly proof: Message | undefined },
): Finding {
  const [first] = groups;
  const rows = joinRows(groups.map((group) => analysis.rows(group)));
  const frame = first === undefined ? null : analysis.place(first);
  const where = frame === null ? say`Somewhere` : callAt(frame);
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const waits = count === 1 ? say`1 goroutine waits` : say`${goroutines(count)} wait`;
  return rowsFinding(analysis, {
    rule: "leak",
    certainty: proof === undefined ? "suspect" : "strong",
    evidenceClass: classOf("leak", "stock-lost", first === undefined ? "other" : waitOf(first, analysis.traits(first))),
    what: say`Pool that is used up`,
    rows,
    at: rows[0] ?? 0,
    message: proof
      ? say`${where}: ${waits} for ${what} that nobody will give back. ${remedy}`
      : say`${where}: ${waits} for ${what}, and nobody can be seen who has one to give back. ${remedy}`,
    evidence: [
      say`${goroutines(all)} wait for ${what}: all there are have been given out.`,
      proof ?? say`No stack stands beyond the place where one is taken; whoever has them may be in other code.`,
      ...outlookOf(analysis),
    ],
  });
}
