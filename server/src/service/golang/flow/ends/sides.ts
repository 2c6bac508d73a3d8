import type { Func, Variable } from "../../program/model.ts";
import type { Clause, Statement } from "../../syntax/ast.ts";
import { accessOfOperation } from "../values/access.ts";
import { blockOf, deferrer, has } from "../control/blocks.ts";
import type { Flow, Operation } from "../values/flow.ts";
import { atCallers } from "./lifted.ts";
import type { OperationKind } from "../values/operationKind.ts";
import { contains, isBreak, neverPasses } from "../control/region.ts";
import { arePathsSetOnce } from "../values/setOnce.ts";

/** Over how many calls, on both sides together, it is found what a function takes and gives back. */
const MAX_CALLS = 4;

/** How many places are followed; with more nothing is said. */
const MAX_PLACES = 1000;

/** Whether a call itself has made what a path from its variable leads to. */
export type IsMade = (variable: Variable, path: readonly string[]) => boolean;

/** Who takes, and who gives back. */
export interface Sides {
  readonly takes: readonly Operation[];
  readonly releases: readonly Operation[];
  /** Those of calls that put something into a stock which they have made themselves: `p.conns <- dial()`. */
  readonly fills: readonly Operation[];
  /** Whether some of them are done by functions that do nothing else. */
  readonly isLifted: boolean;
}

/** The operations as those functions see them that do both; undefined: there are others. */
export function paired(flow: Flow, found: Sides, isMade: IsMade, calls = 0): Sides | undefined {
  const sides = withoutFills(flow, found, isMade);
  const takers = new Set(sides.takes.map(({ fn }) => fn));
  const releasers = new Set(sides.releases.map((one) => releaserOf(flow, one)));
  const isPaired = [...takers].every((fn) => releasers.has(fn)) && [...releasers].every((fn) => takers.has(fn));
  if (isPaired || calls === MAX_CALLS) return isPaired ? sides : undefined;
  const takes = lift(sides.takes, (one) => (releasers.has(one.fn) ? [one] : atCallers(flow, one, true)));
  const releases = lift(sides.releases, (one) =>
    takers.has(releaserOf(flow, one)) ? [one] : atCallers(flow, one, false),
  );
  return (
    (takes && paired(flow, { ...sides, takes, isLifted: true }, isMade, calls + 1)) ??
    (releases && paired(flow, { ...sides, releases, isLifted: true }, isMade, calls + 1))
  );
}

function withoutFills(flow: Flow, sides: Sides, isMade: IsMade): Sides {
  const fills = sides.releases.filter((one) => one.kind === "send" && isFill(flow, one, isMade));
  const releases = sides.releases.filter((one) => !fills.includes(one));
  return { ...sides, releases, fills: [...sides.fills, ...fills] };
}

type Lifted = readonly Operation[] | undefined;

function lift(operations: readonly Operation[], each: (one: Operation) => Lifted): Lifted {
  const lifted: Operation[] = [];
  for (const operation of operations) {
    const found = each(operation);
    if (found === undefined || lifted.length + found.length > MAX_PLACES) return undefined;
    for (const one of found) lifted.push(one);
  }
  return lifted;
}

function isFill(flow: Flow, operation: Operation, isMade: IsMade): boolean {
  const { root, path } = accessOfOperation(flow, operation);
  return root !== undefined && root.fn === operation.fn && isMade(root, path);
}

function releaserOf(flow: Flow, { fn, boundIn }: Operation): Func | undefined {
  return boundIn ?? (fn && deferrer(flow, fn));
}

/**
 * Whether each call takes before it gives back, as one that is still to come has nothing to give otherwise; a slot in the same
 * way. A call that gives a lock back for a while has it from its caller.
 */
export function areTakenFirst(flow: Flow, { takes, releases, isLifted }: Sides, take: OperationKind): boolean {
  return releases.every((one) =>
    takes.some((taken) => {
      if (take !== "lock") return isBehind(flow, taken, one) && isSameAccess(flow, taken, one);
      return one.boundIn !== undefined || isBehind(flow, taken, one) || (!isLifted && isBehind(flow, one, taken));
    }),
  );
}

/** Whether both are done to one value: of the elements of a container each may be another one, as in a ring of stages. */
function isSameAccess(flow: Flow, taken: Operation, one: Operation): boolean {
  const [{ root, path }, other] = [accessOfOperation(flow, taken), accessOfOperation(flow, one)];
  if (root === undefined || root !== other.root || path.join(".") !== other.path.join(".")) return false;
  return root.sources.length <= (root.isParameter ? 0 : 1) && arePathsSetOnce(flow, root, path);
}

/** Whether one operation comes always behind another: further down in its block, or in what is deferred there. */
function isBehind(flow: Flow, taken: Operation, one: Operation): boolean {
  const { fn } = taken;
  if (fn === undefined || one.fn === undefined || deferrer(flow, one.fn) !== fn) return false;
  const list = blockOf(fn.body.body, taken.at.start);
  const index = list.findIndex((each) => has(each, taken.at.start));
  const statement = list[index] && withoutLabel(list[index]);
  const isSure = statement?.kind !== "select" || endsUnless(flow, fn, statement, taken);
  return isSure && list.slice(index + 1).some((each) => has(each, one.at.start));
}

function withoutLabel(statement: Statement): Statement {
  return statement.kind === "label" ? withoutLabel(statement.of) : statement;
}

/** Whether a select goes on only with the case that takes: a `break` of another one leads on behind it. */
function endsUnless(
  flow: Flow,
  fn: Func,
  statement: Extract<Statement, { kind: "select" }>,
  { at }: Operation,
): boolean {
  const isOther = ({ comm }: Clause) => comm === undefined || !has(comm, at.start);
  return statement.clauses
    .filter(isOther)
    .every(({ body }) => body.some((one) => neverPasses(flow, fn, one)) && !body.some((one) => contains(one, isBreak)));
}
