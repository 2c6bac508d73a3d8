import type { Call, Expression } from "../../syntax/ast.ts";
import { addsOnly } from "./callSyntax.ts";
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
  /** Calls that start what they are given, as `g.Go(f)`. */
  readonly #spawns = new Map<Call, Operation>();

  constructor(flow: Flow, expressions: Expressions) {
    this.#flow = flow;
    this.#expressions = expressions;
  }

  /** A method that is called on something, through embedded fields. */
  ofCall(kind: OperationKind, at: CallIn, of: Expression, through: readonly string[], node: number): void {
    const [first] = at.call.args;
    // An errgroup cancels its context when it has waited.
    if (kind === "wait") this.#add("cancel", at, of, through, node);
    if (kind === "done" && addsOnly(at.call)) {
      this.#add("add", at, of, through, node);
      return;
    }
    // `Acquire(ctx, n)` ends when the context does.
    const context = kind === "acquire" && first ? this.#expressions.node(first, at) : undefined;
    if (first && context !== undefined) this.#add("receive", at, first, [], context);
    this.#add(kind, at, of, through, node);
  }

  /** `g.Go(f)`: what `f` does ends with a Done, whichever functions `f` may be. */
  countDown(at: CallIn, of: Expression, through: readonly string[], node: number): void {
    this.#spawns.set(at.call, this.#add("spawn", at, of, through, node));
  }

  /** Whether it is a call that starts what it is given. */
  isStart(call: Call): boolean {
    return this.#spawns.has(call);
  }

  /** A call of a value that has arrived there, at its node: a cancel function, or a bound method such as `wg.Done`. */
  ofValue(site: CallSite, made: Site, node: number): void {
    const { kind, fn, parent, operation } = made;
    const startedBy = this.#spawns.get(site.call);
    if (startedBy !== undefined) this.#ofStarted(startedBy, made);
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

  #ofStarted(startedBy: Operation, { kind, target }: Site): void {
    const { file, at, node } = startedBy;
    const nobody = { fn: undefined, file, at, operand: undefined, through: [], node };
    // When a function ends that is not at hand, is not known.
    if (kind === "unknown") this.#end(nobody);
    if (target === undefined) return;
    const { end: start, endLine: line } = target.body;
    const place = { start, end: start, line, endLine: line };
    this.#end({ ...nobody, fn: target, file: target.file, at: place, startedBy });
  }

  /** An errgroup cancels its context when one of its functions fails. */
  #end(end: Omit<Operation, "kind">): void {
    this.#flow.operations.push({ ...end, kind: "done" });
    this.#flow.operations.push({ ...end, kind: "cancel" });
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
