import type { Func, Variable } from "../../program/model.ts";
import type { Statement } from "../../syntax/ast.ts";
import { statementsOf } from "../../syntax/children.ts";
import { type Access, accessOf } from "../values/access.ts";
import type { Flow, Operation } from "../values/flow.ts";
import type { OperationKind } from "../values/operationKind.ts";
import { arePathsSetOnce } from "../values/setOnce.ts";
import type { StackWalk } from "../stacks/stackWalk.ts";
import type { Threat } from "./threat.ts";

/** The other end of a channel. */
const OTHER_END: ReadonlyMap<OperationKind, OperationKind> = new Map([
  ["send", "receive"],
  ["receive", "send"],
]);

/** An end of a channel that a blocked goroutine has, and that a call of it reaches in one way for as long as it lasts. */
interface Held {
  /** Number of the call, as in {@link StackWalk}. */
  readonly index: number;
  readonly kind: OperationKind;
  readonly root: Variable;
  readonly path: readonly string[];
}

/**
 * The channels that a goroutine is blocked on and has for good. Go never leaves a sender and a receiver blocked on one
 * channel (`runtime/chan.go`), so whoever is blocked at the other end of such a channel's kind is blocked on another one:
 * what is done through the same variable and fields wakes none of them.
 */
export class Parked {
  readonly #held: readonly Held[];

  /** `operations`: in one of which the innermost call of the program waits. */
  constructor(flow: Flow, walk: StackWalk, innermost: number, operations: readonly Operation[]) {
    this.#held = operations.flatMap((operation) => {
      const first = heldBy(flow, innermost, operation);
      return first === undefined ? [] : [first, ...heldByCallers(flow, walk, first)];
    });
  }

  /** Whether the goroutine is blocked receiving from what a call gets at in that way: then there is nothing in it. */
  isEmpty(index: number, { root, path }: Access): boolean {
    return this.#held.some((held) => held.kind === "receive" && isAt(held, index, root, path));
  }

  /** Whether a place of a call only gets at a channel on which nobody waits in that way. */
  isOn(index: number, { root, path }: Pick<Threat, "root" | "path">, waitedFor: OperationKind): boolean {
    return this.#held.some((held) => OTHER_END.get(held.kind) === waitedFor && isAt(held, index, root, path));
  }
}

function isAt(held: Held, index: number, root: Variable | undefined, path: readonly string[]): boolean {
  return held.index === index && held.root === root && isSame(held.path, path);
}

/** Whether what stands there is run by a `defer` statement. */
export function isInDefer(statement: Statement, offset: number): boolean {
  if (offset < statement.start || statement.end < offset) return false;
  return statement.kind === "defer" || statementsOf(statement).some((inner) => isInDefer(inner, offset));
}

function heldBy(flow: Flow, index: number, { kind, fn, file, operand, through }: Operation): Held | undefined {
  if (fn === undefined || operand === undefined || !OTHER_END.has(kind)) return undefined;
  return heldAs(flow, index, fn, kind, accessOf(flow, file, operand, through));
}

/** The same channel as the calls further out get at it, which have given it to the next one further in. */
function heldByCallers(flow: Flow, walk: StackWalk, first: Held): readonly Held[] {
  const all: Held[] = [];
  for (let held: Held | undefined = first; held !== undefined;) {
    const { index, kind, root, path }: Held = held;
    const isGiven = root.isParameter && root.fn === walk.frame(index)?.fn;
    const given = isGiven ? walk.given(index, root) : undefined;
    const by = given?.at === undefined ? undefined : walk.frame(given.at);
    if (given?.at === undefined || by === undefined || walk.running(given.at) === undefined) break;
    const access = accessOf(flow, given.file, given.value, [...given.through, ...path]);
    held = heldAs(flow, given.at, by.fn, kind, access);
    if (held !== undefined) all.push(held);
  }
  return all;
}

function heldAs(flow: Flow, index: number, fn: Func, kind: OperationKind, { root, path }: Access): Held | undefined {
  if (root === undefined || !isSetOnce(root, fn) || !arePathsSetOnce(flow, root, path)) return undefined;
  return { index, kind, root, path };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

/** Whether a variable has one value for as long as a call of the function lasts, and had it when the call began to wait. */
function isSetOnce({ sources, isParameter, type, scope, fn: declaring }: Variable, fn: Func): boolean {
  if (isParameter) return sources.length === 0;
  const [source] = sources;
  // With a type it may have been declared first and set later.
  if (sources.length !== 1 || source?.part !== "whole" || type !== undefined) return false;
  if (declaring === undefined) return source.fn === undefined;
  // Within a loop it is another variable each time.
  return declaring !== fn || scope.end >= fn.body.end;
}
