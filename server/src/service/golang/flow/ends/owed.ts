import type { Func, Variable } from "../../program/model.ts";
import type { Span, Statement } from "../../syntax/ast.ts";
import { statementsOf } from "../../syntax/children.ts";
import { accessOfOperation } from "../values/access.ts";
import type { Flow, Operation } from "../values/flow.ts";
import { isInDefer } from "./parked.ts";
import { contains } from "../control/region.ts";

/**
 * The WaitGroup for which a goroutine, started by a literal, calls Done only behind what it is blocked in, where both the
 * WaitGroup and what it is blocked on are variables of one block of the function around the literal. Undefined: there is none.
 */
export function owedBehind(flow: Flow, operation: Operation): Variable | undefined {
  const { fn, at } = operation;
  const { root: awaited, path } = accessOfOperation(flow, operation);
  if (fn === undefined || awaited?.fn === undefined || path.length > 0) return undefined;
  if (awaited.fn !== fn.parent || !isOnlyStarted(flow, fn)) return undefined;
  const done = flow.operations.filter((one) => one.kind === "done" && one.fn === fn);
  const groups = new Set(done.flatMap((one) => groupOf(flow, one) ?? []));
  return [...groups].find((group) => {
    const its = done.filter((one) => groupOf(flow, one) === group);
    const isOfBlock = group.fn === awaited.fn && group.scope.end === awaited.scope.end;
    return isOfBlock && isDoneBehind(fn, at, its) && isAddedBefore(flow, fn, group);
  });
}

/** Whether nobody calls a literal but the `go` statement that it stands in. */
function isOnlyStarted({ callersOf }: Flow, fn: Func): boolean {
  const [site, ...others] = callersOf.get(fn) ?? [];
  return site?.kind === "go" && others.length === 0;
}

/** Whether the function around a literal has added to the WaitGroup, whatever happens, before it starts the literal. */
function isAddedBefore(flow: Flow, { parent, literal }: Func, group: Variable): boolean {
  if (parent === undefined || literal === undefined) return false;
  const added = flow.operations.filter(
    (one) => one.kind === "add" && one.fn === parent && groupOf(flow, one) === group,
  );
  return added.some(({ at }) => {
    const list = blockOf(parent.body, at);
    return list !== undefined && at.end < literal.start && literal.end <= list.end;
  });
}

/** Whether Done is called whatever happens, and only when the function has come past a place. */
function isDoneBehind(fn: Func, { end }: Span, done: readonly Operation[]): boolean {
  const isBehind = ({ at }: Operation) => isInDefer(fn.body, at.start) || at.start > end;
  return done.every(isBehind) && done.some(({ at }) => isUnconditional(fn, at));
}

/** Whether a function that stands at a line comes to a place only behind its wait for a WaitGroup. */
export function isBehindWait(flow: Flow, { fn, line }: { fn: Func; line: number }, at: Span, group: Variable): boolean {
  if (fn !== group.fn || contains(fn.body, isJump)) return false;
  return flow.operations.some((wait) => {
    if (wait.kind !== "wait" || wait.fn !== fn || groupOf(flow, wait) !== group) return false;
    const block = blockOf(fn.body, wait.at);
    return block !== undefined && line <= wait.at.endLine && wait.at.end < at.start && at.end <= block.end;
  });
}

/** The variable of the WaitGroup that an operation is done to; undefined: it is reached in another way. */
function groupOf(flow: Flow, operation: Operation): Variable | undefined {
  const { root, path } = accessOfOperation(flow, operation);
  return path.length === 0 && root?.isParameter === false && !flow.pointers.isReplaced(flow.variable(root))
    ? root
    : undefined;
}

/** Whether it is a statement of the function's body itself: done, or deferred, whatever happens. */
function isUnconditional({ body }: Func, { start, end }: Span): boolean {
  return body.body.some(
    (one) => (one.kind === "defer" || one.kind === "expression") && one.start <= start && end <= one.end,
  );
}

/** What encloses the statement with a call: the statements behind it in there run only when the call has returned. */
function blockOf(around: Statement, call: Span): Statement | undefined {
  for (const inner of statementsOf(around)) {
    if (call.start < inner.start || inner.end < call.end) continue;
    return inner.kind === "expression" ? blockLike(around) : blockOf(inner, call);
  }
  return undefined;
}

function blockLike(statement: Statement): Statement | undefined {
  return statement.kind === "block" ? statement : undefined;
}

const isJump = (statement: Statement) =>
  statement.kind === "label" || (statement.kind === "branch" && statement.word === "goto");
