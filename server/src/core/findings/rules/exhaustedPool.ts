import type { Analysis } from "../../analysis/analysis.ts";
import { standsAside } from "../../analysis/roles.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import type { Group } from "../../group/groups.ts";
import { waitOf } from "../../leaks/waits.ts";
import { type Message, say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import { groupFinding } from "../groupFinding.ts";
import type { Investigation } from "../investigation.ts";
import { outlookOf } from "./leakTexts.ts";

/** A library's limited stock, of which callers hold a part for a while. */
interface Stock {
  /** Where callers wait when all of it is out. */
  readonly acquire: RegExp;
  /** Code of the library in which callers stand that have a part of it. */
  readonly inside: RegExp;
  readonly what: Message;
  readonly remedy: Message;
}

/** `database/sql` (`sql.go`, `(*DB).conn`), `golang.org/x/sync/semaphore`, and pools of connections of clients. */
const STOCKS: readonly Stock[] = [
  {
    acquire: /^database\/sql\.\(\*DB\)\.conn$/,
    inside: /^database\/sql\.\(\*(?:DB|Tx|Stmt|Rows|Row|Conn|driverConn)\)\.(?!conn$)/,
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

/**
 * Stocks of which all has been lost: goroutines wait for a part, and no stack stands beyond an acquire, where one could
 * have a part to give back. That is: nobody is in the library, or in a function that acquires, and does not wait.
 */
export function exhaustedPool({ analysis, wakers }: Investigation): Finding[] {
  return STOCKS.flatMap((stock) => {
    const waiting = analysis.groups.groups.filter((group) => isWaiting(analysis, group, stock));
    if (waiting.length === 0 || mayHaveHolder(analysis, stock, waiting)) return [];
    const packages = new Set(waiting.flatMap((group) => analysis.traits(group).user.map((facts) => facts.package)));
    const isLost = analysis.isWhole && ![...packages].some((name) => wakers.activeCode.isAnyoneAlive(name));
    const all = waiting.reduce((sum, { count }) => sum + count, 0);
    return waiting.map((group) => toFinding(analysis, group, stock, { all, isLost }));
  });
}

function isWaiting(analysis: Analysis, group: Group, { acquire }: Stock): boolean {
  const { role, stack } = analysis.traits(group);
  return role === "blocked" && stack.frames.some((frame) => acquire.test(frame.function));
}

/** Whether somebody stands in the library, or in a function that leads there, without waiting for a part. */
function mayHaveHolder(analysis: Analysis, { inside }: Stock, waiting: readonly Group[]): boolean {
  const waiters = new Set(waiting);
  const callers = new Set(waiting.flatMap((group) => analysis.traits(group).user.map(({ family }) => family)));
  callers.delete("main.main");
  return analysis.groups.groups.some((group) => {
    const { role, stack, user } = analysis.traits(group);
    if (waiters.has(group) || standsAside(role)) return false;
    return stack.frames.some((frame) => inside.test(frame.function)) || user.some(({ family }) => callers.has(family));
  });
}

function toFinding(
  analysis: Analysis,
  group: Group,
  { what, remedy }: Stock,
  { all, isLost }: { readonly all: number; readonly isLost: boolean },
): Finding {
  const frame = analysis.place(group);
  const where = frame === null ? say`Somewhere` : callAt(frame);
  const waits = group.count === 1 ? say`1 goroutine waits` : say`${goroutines(group.count)} wait`;
  return groupFinding(analysis, group, {
    rule: "leak",
    certainty: isLost ? "strong" : "suspect",
    evidenceClass: classOf("leak", "stock-lost", waitOf(group, analysis.traits(group))),
    what: say`Pool that is used up`,
    message: isLost
      ? say`${where}: ${waits} for ${what} that nobody will give back. ${remedy}`
      : say`${where}: ${waits} for ${what}, and nobody can be seen who has one to give back. ${remedy}`,
    evidence: [
      say`${goroutines(all)} wait for ${what}: all there are have been given out.`,
      say`No stack stands beyond the place where one is taken, so some were dropped without giving them back.`,
      ...outlookOf(analysis),
    ],
  });
}
