import type { Func, Source, Variable } from "../../program/model.ts";
import type { Call, Expression, Span } from "../../syntax/ast.ts";
import { accessOf, ELEMENT } from "../values/access.ts";
import type { Flow, Operation } from "../values/flow.ts";
import { isInDefer, Parked } from "./parked.ts";
import type { StackWalk } from "../stacks/stackWalk.ts";
import type { Threat } from "./threat.ts";

/**
 * What the calls of a blocked goroutine have only when it goes on: what they receive then. A channel with a blocked receiver
 * is empty, so that is nothing which has been sent already, nor is what they make of it.
 */
export class Coming {
  readonly #flow: Flow;
  readonly #walk: StackWalk;
  readonly parked: Parked;
  readonly #innermost: number;
  readonly #waits: readonly Span[];
  /** By call and variable; one that is being looked into counts as coming until something else is found. */
  readonly #known = new Map<string, boolean>();

  /** `operations`: in one of which the innermost call waits. */
  constructor(flow: Flow, walk: StackWalk, innermost: number, operations: readonly Operation[]) {
    this.#flow = flow;
    this.#walk = walk;
    this.parked = new Parked(flow, walk, innermost, operations);
    this.#innermost = innermost;
    this.#waits = operations.map(({ at }) => at);
  }

  /** Whether what a place of a call gets at is yet to come. */
  has(index: number, { fn, root, path, at }: Pick<Threat, "fn" | "root" | "path" | "at">): boolean {
    if (root === undefined) return false;
    const isReceived = path.some(
      (step, end) => step === ELEMENT && this.parked.isEmpty(index, { root, path: path.slice(0, end) }),
    );
    // What was deferred in an earlier round of the loop has what came in that round.
    return isReceived || (!isInDefer(fn.body, at.start) && this.#variable(index, fn, root));
  }

  #variable(index: number, fn: Func, variable: Variable): boolean {
    const { sources, isParameter } = variable;
    if (variable.fn !== fn || isParameter || sources.length === 0) return false;
    const key = `${index} ${variable.id}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, true);
    const isComing = this.#isSetLater(index, variable) && sources.every((source) => this.#source(index, fn, source));
    // What was found coming meanwhile may rest on that.
    if (!isComing) for (const [other, wasComing] of this.#known) if (wasComing) this.#known.delete(other);
    this.#known.set(key, isComing);
    return isComing;
  }

  /** Whether a variable is declared, or given what the call waits for, before anything of the call sees it again. */
  #isSetLater(index: number, { declared, scope, sources }: Variable): boolean {
    const waits = this.#waitsOf(index);
    return (
      waits.length > 0 &&
      waits.every(
        (wait) =>
          !isWithin(wait, scope) ||
          wait.start <= declared.start ||
          sources.some(({ value }) => isWithin(wait, value) || isWithin(value, wait)),
      )
    );
  }

  /** Where a call waits: in its own operations, or in the next call further in. */
  #waitsOf(index: number): readonly Span[] {
    if (index === this.#innermost) return this.#waits;
    const running = this.#walk.running(index);
    return running === undefined ? [] : [running];
  }

  #source(index: number, fn: Func, { fn: setting, value, part, index: result }: Source): boolean {
    if (setting !== fn) return false;
    if (part === "element" && this.#receives(index, fn, value)) return true;
    return value.kind === "call" ? this.#call(index, fn, value, result) : this.#expression(index, fn, value);
  }

  #expression(index: number, fn: Func, value: Expression): boolean {
    switch (value.kind) {
      case "literal":
        return true;
      case "name": {
        const bound = this.#flow.program.bindings.get(value);
        return bound === undefined
          ? value.name === "nil"
          : bound.kind === "variable" && this.#variable(index, fn, bound);
      }
      case "unary":
        return value.op === "<-" ? this.#receives(index, fn, value.of) : this.#expression(index, fn, value.of);
      case "index":
      case "slice":
      case "selector":
      case "assertion":
        return this.#expression(index, fn, value.of);
      case "composite":
        return value.elements.every(({ value: one }) => this.#expression(index, fn, one));
      case "call":
        return this.#call(index, fn, value, 0);
      default:
        return false;
    }
  }

  #receives(index: number, { file }: Func, channel: Expression): boolean {
    return this.parked.isEmpty(index, accessOf(this.#flow, file, channel));
  }

  #call(index: number, fn: Func, call: Call, result: number): boolean {
    const { callee, args } = call;
    const isBuiltin = callee.kind === "name" && this.#flow.program.bindings.get(callee) === undefined;
    if (isBuiltin && callee.name === "make") return true;
    if (isBuiltin && callee.name === "append") return args.every((one) => this.#expression(index, fn, one));
    return index > this.#innermost && this.#walk.running(index) === call && this.#result(index - 1, result);
  }

  /** What the call that another one is in will return. */
  #result(index: number, result: number): boolean {
    const fn = this.#walk.frame(index)?.fn;
    if (fn === undefined || fn.returns.length === 0) return false;
    const { length } = fn.type.results;
    return fn.returns.every((values) => {
      if (values.length === length) return this.#expression(index, fn, values[result]!);
      const [only] = values;
      return only?.kind === "call" && this.#call(index, fn, only, result);
    });
  }
}

function isWithin(inner: Pick<Span, "start" | "end">, { start, end }: Pick<Span, "start" | "end">): boolean {
  return start <= inner.start && inner.end <= end;
}
