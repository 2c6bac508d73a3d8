import type { Func, Source, Variable } from "../program/model.ts";
import type { Expression, Statement } from "../syntax/ast.ts";
import { statementsOf } from "../syntax/children.ts";
import { accessOf } from "./access.ts";
import type { Flow, Operation } from "./flow.ts";
import type { OperationKind } from "./operationKind.ts";
import { arePathsSetOnce } from "./setOnce.ts";
import type { Threat } from "./threat.ts";

/** The other end of a channel. */
const OTHER_END: ReadonlyMap<OperationKind, OperationKind> = new Map([
  ["send", "receive"],
  ["receive", "send"],
]);

/** An end of a channel that a blocked call has, and reaches in one way for as long as it lasts. */
interface Held {
  readonly fn: Func;
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
  readonly #flow: Flow;
  readonly #held: readonly Held[];

  constructor(flow: Flow, operations: readonly Operation[]) {
    this.#flow = flow;
    this.#held = operations.flatMap((operation) => heldBy(flow, operation) ?? []);
  }

  /**
   * Whether a variable of the same call only has what the call receives when it goes on: a channel with a blocked receiver
   * is empty, so that is nothing which has been sent already.
   */
  isReceived({ fn, root, at }: Pick<Threat, "fn" | "root" | "at">): boolean {
    if (root === undefined || root.fn !== fn || root.isParameter || root.sources.length === 0) return false;
    // What was deferred in an earlier round of the loop has what came in that round.
    if (isInDefer(fn.body, at.start)) return false;
    return root.sources.every((source) => {
      const channel = channelOf(source);
      const access = channel && accessOf(this.#flow, root.file, channel);
      return (
        access !== undefined &&
        this.#held.some(
          (held) =>
            held.fn === fn && held.kind === "receive" && held.root === access.root && isSame(held.path, access.path),
        )
      );
    });
  }

  /** Whether a place of the same call only gets at a channel on which nobody waits in that way. */
  isOn({ fn, root, path }: Pick<Threat, "fn" | "root" | "path">, waitedFor: OperationKind): boolean {
    return this.#held.some(
      (held) =>
        held.fn === fn && held.root === root && isSame(held.path, path) && OTHER_END.get(held.kind) === waitedFor,
    );
  }
}

/** Whether what stands there is run by a `defer` statement. */
export function isInDefer(statement: Statement, offset: number): boolean {
  if (offset < statement.start || statement.end < offset) return false;
  return statement.kind === "defer" || statementsOf(statement).some((inner) => isInDefer(inner, offset));
}

/** The channel that a value is received from; undefined: it comes from elsewhere. */
function channelOf({ value, part }: Source): Expression | undefined {
  if (part === "element") return value;
  return value.kind === "unary" && value.op === "<-" ? value.of : undefined;
}

function heldBy(flow: Flow, { kind, fn, file, operand, through }: Operation): Held | undefined {
  if (fn === undefined || operand === undefined || !OTHER_END.has(kind)) return undefined;
  const { root, path } = accessOf(flow, file, operand, through);
  if (root === undefined || !isSetOnce(root, fn) || !arePathsSetOnce(flow, root, path)) return undefined;
  return { fn, kind, root, path };
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
