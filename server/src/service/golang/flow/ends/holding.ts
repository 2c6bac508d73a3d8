import type { Func } from "../../program/model.ts";
import type { Block, Expression } from "../../syntax/ast.ts";
import { type Access, accessOfOperation } from "../values/access.ts";
import { blockOf, has } from "../control/blocks.ts";
import type { Flow, Operation } from "../values/flow.ts";
import { loopsAround } from "../values/givenOnce.ts";
import { isOnlyObject } from "../identity/onlyOne.ts";
import type { OperationKind } from "../values/operationKind.ts";
import { isInDefer } from "./parked.ts";
import { contains, isGoto } from "../control/region.ts";
import { areTakenFirst, type IsMade, paired, type Sides } from "./sides.ts";
import type { Site } from "../values/values.ts";

/** Lines of a function, both included, at which a goroutine holds a lock or a slot. */
export interface HeldLines {
  readonly fn: Func;
  readonly line: number;
  readonly endLine: number;
  /** How the function gets at it. */
  readonly access: Access;
  /** Of the one lock that a package's variable is: the line from which on it may not be held any more. */
  readonly sureBefore?: number | undefined;
  /** The line from which on a call of the function may have given back what a call further out holds. */
  readonly keptBefore?: number;
}

/** What gives back what an operation takes. */
const RELEASES: ReadonlyMap<OperationKind, OperationKind> = new Map([
  ["lock", "unlock"],
  ["acquire", "release"],
  ["send", "receive"],
  // A stock of things, as of connections: whoever has taken one puts it back.
  ["receive", "send"],
]);

/**
 * Where a lock, or a slot of a semaphore or of a channel with a buffer, or a thing of a stock in one, is held: from where it is
 * taken to where the same block gives it back, else to the end of the function. Undefined when some function gives back what
 * another one has taken: then lines do not tell. `isMade`: whether a call itself has made what its variable leads to.
 */
export function heldLines(
  flow: Flow,
  site: Site,
  take: OperationKind,
  isMade: IsMade,
): readonly HeldLines[] | undefined {
  if (take === "enter") return enteredLines(flow, site);
  const release = RELEASES.get(take);
  const isOfChannel = take === "send" || take === "receive";
  if (release === undefined || (isOfChannel && !hasBuffer(site))) return undefined;
  const on = flow.operations.filter(({ node }) => flow.values.held(node).has(site));
  if (on.some(({ kind }) => kind === "close")) return undefined;
  const takes = on.filter(({ kind }) => kind === take);
  const releases = on.filter(({ kind }) => kind === release);
  const handed = handedLines(flow, releases);
  const sides = handed && paired(flow, { takes, releases, fills: [], isLifted: false }, isMade);
  if (sides === undefined || !areTakenFirst(flow, sides, take)) return undefined;
  return [...linesOf(flow, site, sides), ...handed!, ...sides.fills.flatMap(fillLines)];
}

/** Where a call may still fill the stock that it has made: to the end of the outermost loop that does. */
function fillLines({ fn, at }: Operation): readonly HeldLines[] {
  if (fn === undefined) return [];
  const { body } = fn;
  const isLater = isInDefer(body, at.start) || contains(body, isGoto);
  const { endLine } = isLater ? body : (loopsAround(body, at)[0] ?? at);
  return [{ fn, line: body.line, endLine, access: { root: undefined, path: [] } }];
}

function linesOf(flow: Flow, site: Site, { takes, releases }: Sides): readonly HeldLines[] {
  return takes.flatMap((operation): HeldLines[] => {
    const { fn, at } = operation;
    if (fn === undefined) return [];
    const access = accessOfOperation(flow, operation);
    const sureBefore = isOnly(flow, site, access) ? sureEnd(fn, operation, releases) : undefined;
    const ends = releases.filter((one) => one.file === fn.file && one.isUnsure !== true);
    const endLine = endOf(fn.body, at.start, new Set(ends.map((one) => one.at.start))) ?? fn.body.endLine;
    return [{ fn, line: at.line, endLine, access, sureBefore, keptBefore: keptBefore(fn, releases) }];
  });
}

/** Whether there is but one such lock: a variable of a package is it, or has it in the only object of its type. */
function isOnly(flow: Flow, { kind, fn, at }: Site, { root, path }: Access): boolean {
  if (kind !== "mutex" || fn !== undefined || root === undefined) return false;
  const [name, ...more] = path;
  if (name === undefined) return at === root.scope;
  const type = more.length === 0 ? flow.types.variable(root) : undefined;
  const field = flow.types.field(type, name);
  return type?.kind === "named" && field?.names.length === 1 && field.type.kind !== "unary" && isOnlyObject(flow, type);
}

/**
 * The line from which on a lock may have been given back: at the first call that does so on any way, else behind the block
 * that takes it. Undefined where it may not even be taken: `if mu.TryLock()`.
 */
function sureEnd({ body }: Func, { fn, at }: Operation, releases: readonly Operation[]): number | undefined {
  const list = blockOf(body.body, at.start);
  const statement = list.find((one) => has(one, at.start));
  const isLock = statement?.kind === "expression" && calledMethod(statement.of) === "Lock";
  if (!isLock) return undefined;
  const behind = releases.filter((one) => one.fn === fn && one.at.start > at.start && !isInDefer(body, one.at.start));
  return behind.reduce((first, one) => Math.min(first, one.at.line), list.at(-1)!.endLine + 1);
}

/** The line of the first call in a function that gives back, or of the loop around it. */
function keptBefore(fn: Func, releases: readonly Operation[]): number {
  return releases
    .filter((one) => one.fn === fn && !isInDefer(fn.body, one.at.start))
    .reduce((first, { at }) => Math.min(first, (loopsAround(fn.body, at)[0] ?? at).line), Infinity);
}

function calledMethod(of: Expression): string | undefined {
  return of.kind === "call" && of.callee.kind === "selector" ? of.callee.name : undefined;
}

/**
 * Lines of those that call a function which takes a lock for them and gives them its `Unlock`. Undefined when others than
 * these callers have it.
 */
function handedLines(flow: Flow, releases: readonly Operation[]): readonly HeldLines[] | undefined {
  const handed = releases.filter(({ boundIn }) => boundIn !== undefined);
  if (!handed.every((release) => isOfCall(flow, release))) return undefined;
  const lines: HeldLines[] = [];
  for (const taker of new Set(handed.map(({ boundIn }) => boundIn!))) {
    for (const { fn, call, kind, isCallback } of flow.callersOf.get(taker) ?? []) {
      if (fn === undefined || kind === "go" || isCallback) return undefined;
      lines.push({ fn, line: call.line, endLine: fn.body.endLine, access: { root: undefined, path: [] } });
    }
  }
  return lines;
}

/** Whether what is called can only be what a call within the same function has given: `defer lock()()`, `unlock := lock()`. */
function isOfCall(flow: Flow, { fn, operand, boundIn }: Operation): boolean {
  const isIt = (value: Expression | undefined) =>
    value?.kind === "call" &&
    (flow.callSites.get(value) ?? []).some(({ targets }) => targets.size === 1 && targets.has(boundIn!));
  if (operand?.kind !== "name") return isIt(operand);
  const bound = flow.program.bindings.get(operand);
  if (bound?.kind !== "variable" || bound.isParameter || bound.fn !== fn) return false;
  return bound.sources.length > 0 && bound.sources.every(({ value, part }) => part === "whole" && isIt(value));
}

/** Whoever stands in a call of `once.Do`, and does not wait there, runs its function. */
function enteredLines(flow: Flow, site: Site): readonly HeldLines[] {
  const calls = flow.operations.filter(({ kind, node }) => kind === "enter" && flow.values.held(node).has(site));
  return calls.flatMap((operation) => {
    const { fn, at } = operation;
    if (fn === undefined) return [];
    return { fn, line: at.line, endLine: at.endLine, access: accessOfOperation(flow, operation) };
  });
}

function hasBuffer({ at }: Site): boolean {
  const call = at as Expression | undefined;
  return call !== undefined && "kind" in call && call.kind === "call" && call.args.length > 1;
}

/** The line of the statement that gives back in the block that takes. */
function endOf(block: Block, taken: number, releases: ReadonlySet<number>): number | undefined {
  const list = blockOf(block.body, taken);
  const index = list.findIndex((statement) => has(statement, taken));
  const release = list
    .slice(index + 1)
    .find((statement) => statement.kind === "expression" && releases.has(statement.of.start));
  return release?.line;
}
