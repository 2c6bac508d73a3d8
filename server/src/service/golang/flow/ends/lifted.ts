import type { Func } from "../../program/model.ts";
import type { Expression, Span, Statement } from "../../syntax/ast.ts";
import { accessOfOperation } from "../values/access.ts";
import { passedAs } from "../values/callSyntax.ts";
import type { CallSite, Flow, Operation } from "../values/flow.ts";
import { contains } from "../control/region.ts";

/** What a call does it to, and the fields to go through. */
interface Operand {
  readonly value: Expression;
  readonly through: readonly string[];
}

/**
 * An operation as the callers of its function see it: each `l.Acquire()` takes a slot when the function does nothing else to
 * it. Undefined: it may be called in other ways, or, `isTake`, goes on without.
 */
export function atCallers(flow: Flow, operation: Operation, isTake: boolean): readonly Operation[] | undefined {
  const { fn, at } = operation;
  if (fn === undefined || !isCalledOnly(flow, operation, fn)) return undefined;
  const isUnsure = operation.isUnsure === true || !isAlwaysDone(fn, at);
  const lifted: Operation[] = [];
  if (isTake && isUnsure) return undefined;
  for (const site of flow.callersOf.get(fn) ?? []) {
    const operand = operandAt(flow, operation, fn, site);
    if (operand === undefined || (isTake && site.kind !== "call")) return undefined;
    const { value, through } = operand;
    lifted.push({ ...operation, fn: site.fn, file: site.file, at: site.call, operand: value, through, isUnsure });
  }
  return lifted;
}

/** Whether nobody but the program's own calls comes to an operation. */
function isCalledOnly(flow: Flow, { boundIn }: Operation, fn: Func): boolean {
  return boundIn === undefined && !flow.roots.has(fn) && !isBegun(fn);
}

/** Whether Go calls the function itself. */
function isBegun({ declaration }: Func): boolean {
  const name = declaration?.receiver === undefined ? declaration?.name.name : undefined;
  return name === "main" || name === "init";
}

/** Whether each call that returns has come to a place: a statement of the body has it, and none in front of that returns. */
function isAlwaysDone({ body }: Func, { start, end }: Span): boolean {
  const index = body.body.findIndex((one) => one.start <= start && end <= one.end);
  const statement = body.body[index];
  if (statement === undefined || !isStraight(statement)) return false;
  return !body.body.slice(0, index).some((one) => contains(one, isWayOut));
}

function isStraight({ kind }: Statement): boolean {
  return kind === "expression" || kind === "send" || kind === "assign" || kind === "declarations" || kind === "return";
}

function isWayOut({ kind }: Statement): boolean {
  return kind === "return" || kind === "branch";
}

/** How a caller gets at what the operation is done to. */
function operandAt(flow: Flow, operation: Operation, fn: Func, site: CallSite): Operand | undefined {
  const { root, path } = accessOfOperation(flow, operation);
  if (!isPlainCall(flow, site) || root === undefined) return undefined;
  if (root.fn === undefined) return operation.operand && { value: operation.operand, through: operation.through };
  if (root.sources.length > 0) return undefined;
  if (root === fn.receiver) return site.receiver && { value: site.receiver, through: [...site.through, ...path] };
  if (root.fn !== fn || !root.isParameter) return undefined;
  const passed = passedAs(site, fn, root);
  return passed === undefined || passed.isElements ? undefined : { value: passed.values[0]!, through: path };
}

/** Whether a call runs the function before it returns, and no other one instead. */
function isPlainCall(flow: Flow, { fn, call, kind, isCallback }: CallSite): boolean {
  const targets = (flow.callSites.get(call) ?? []).flatMap((one) => [...one.targets]);
  return fn !== undefined && kind !== "go" && !isCallback && targets.length === 1;
}
