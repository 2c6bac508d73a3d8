import type { Call, Expression } from "../syntax/ast.ts";
import { addsOnly, functionArguments } from "./callSyntax.ts";
import type { Expressions } from "./expressions.ts";
import type { CallSite, Flow, Operation } from "./flow.ts";
import type { OperationKind } from "./operationKind.ts";
import type { Site } from "./values.ts";
import type { Where } from "./where.ts";

/** A call, and where it stands. */
interface CallIn extends Where {
  readonly call: Call;
}

/** Notes what calls do to locks, WaitGroups, Conds, semaphores and contexts. */
export class Operations {
  readonly #flow: Flow;
  readonly #expressions: Expressions;

  constructor(flow: Flow, expressions: Expressions) {
    this.#flow = flow;
    this.#expressions = expressions;
  }

  /** A method that is called on something, through embedded fields. */
  ofCall(kind: OperationKind, at: CallIn, of: Expression, through: readonly string[], node: number): void {
    const [first] = at.call.args;
    if (kind === "done" && addsOnly(at.call)) {
      this.#add("add", at, of, through, node);
      return;
    }
    // `Acquire(ctx, n)` ends when the context does.
    const context = kind === "acquire" && first ? this.#expressions.node(first, at) : undefined;
    if (first && context !== undefined) this.#add("receive", at, first, [], context);
    this.#add(kind, at, of, through, node);
  }

  /** `g.Go(f)`: what `f` does ends with a Done. */
  countDown(at: CallIn, of: Expression, through: readonly string[], node: number): void {
    const startedBy = this.#add("spawn", at, of, through, node);
    for (const fn of functionArguments(this.#flow, at.call, at.file)) {
      const { end, endLine } = fn.body;
      const place = { start: end, end, line: endLine, endLine };
      const done = { kind: "done", fn, file: fn.file, at: place, operand: undefined, through: [], node } as const;
      this.#flow.operations.push({ ...done, startedBy });
    }
  }

  /** A call of a value that has arrived there, at its node: a cancel function, or a bound method such as `wg.Done`. */
  ofValue(site: CallSite, { kind, fn, parent, operation }: Site, node: number): void {
    if (parent === undefined) return;
    const { callee } = site.call;
    if (kind === "cancel") this.#add("cancel", site, callee, [], node);
    if (operation === undefined) return;
    const { file, call: at } = site;
    this.#flow.operations.push({
      kind: operation,
      fn: site.fn,
      file,
      at,
      operand: callee,
      through: [],
      node: parent,
      boundIn: fn,
    });
  }

  #add(
    kind: OperationKind,
    { fn, file, call: at }: CallIn,
    operand: Expression,
    through: readonly string[],
    node: number,
  ): Operation {
    const operation = { kind, fn, file, at, operand, through, node };
    this.#flow.operations.push(operation);
    return operation;
  }
}
