import type { Func } from "../../program/model.ts";
import type { Expression } from "../../syntax/ast.ts";
import type { Expressions } from "./expressions.ts";
import type { CallSite, Flow } from "./flow.ts";
import type { Where } from "./where.ts";

/** Lets what a call is given flow into the parameters of what it calls. */
export class Passing {
  readonly #flow: Flow;
  readonly #expressions: Expressions;

  constructor(flow: Flow, expressions: Expressions) {
    this.#flow = flow;
    this.#expressions = expressions;
  }

  pass(site: CallSite, target: Func): void {
    const where = { fn: site.fn, file: site.file };
    this.#receiver(site, target, where);
    this.#arguments(site, target, where);
  }

  /** Lets arguments flow to where they leave the program. */
  give(args: readonly Expression[], where: Where, exit: number): void {
    for (const argument of args) this.#flow.values.flow(this.#expressions.node(argument, where), exit);
  }

  /** Results that come from outside; `isOpen`: also those of which something is known. */
  takeOutside(results: number[], isOpen: boolean): void {
    const { values } = this.#flow;
    for (const index of [0, 1, 2]) {
      const known = results[index];
      if (known === undefined) results[index] = values.outside;
      else if (isOpen) values.flow(values.outside, known);
    }
  }

  /** Results that come from outside, or from the program's own methods. */
  takeAlso(results: number[]): void {
    const { values } = this.#flow;
    for (const index of [0, 1, 2]) {
      results[index] ??= values.node();
      values.flow(values.outside, results[index]);
    }
  }

  #receiver({ receiver, file, through }: CallSite, target: Func, where: Where): void {
    if (receiver === undefined || target.receiver === undefined) return;
    const node = this.#expressions.node(receiver, where);
    const type = this.#flow.types.of(receiver, file);
    const inner = through.length === 0 ? node : this.#flow.through(node, type, through);
    this.#flow.values.flow(inner, this.#flow.variable(target.receiver));
  }

  /** Of `f(g())` each result of `g` is passed. */
  #arguments({ args, call }: CallSite, target: Func, where: Where): void {
    const [only] = args;
    if (args.length === 1 && only?.kind === "call" && target.type.params.length > 1) {
      for (const index of target.params.keys())
        this.#argument(this.#expressions.resultNode(only, where, index), index, target, false);
      return;
    }
    for (const [index, argument] of args.entries())
      this.#argument(this.#expressions.node(argument, where), index, target, call.isSpread);
  }

  /** An argument goes into its parameter; into the elements of a variadic one. */
  #argument(node: number | undefined, index: number, target: Func, isSpread: boolean): void {
    const { values } = this.#flow;
    const last = target.type.params.length - 1;
    const into = target.params[Math.min(index, last)];
    if (node === undefined || into === undefined) return;
    const parameter = this.#flow.variable(into);
    const isElement = target.isVariadic && index >= last && !isSpread;
    values.flow(node, isElement ? values.elementOf(parameter) : parameter);
  }
}
