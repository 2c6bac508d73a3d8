import type { Call } from "../../syntax/ast.ts";
import type { Expressions } from "./expressions.ts";
import type { Flow } from "./flow.ts";
import type { SameStructs } from "./sameStructs.ts";
import type { Where } from "./where.ts";

/** Reads conversions: `T(x)`, `(*T)(x)`. */
export class Conversions {
  readonly #flow: Flow;
  readonly #expressions: Expressions;
  readonly #same: SameStructs;

  constructor(flow: Flow, expressions: Expressions, same: SameStructs) {
    this.#flow = flow;
    this.#expressions = expressions;
    this.#same = same;
  }

  /** The node of what a conversion gives. */
  read(call: Call, { fn, file }: Where): number | undefined {
    const { callee, args } = call;
    const { types, values } = this.#flow;
    const [value] = args;
    const node = value && this.#expressions.node(value, { fn, file });
    if (value !== undefined) this.#same.convert(types.of(value, file), types.named(callee, file));
    // A type with methods of its own: the value is an object of that type from now on.
    const hasName = callee.kind === "name" || callee.kind === "selector";
    const made = hasName ? this.#flow.ofType(callee, file, fn, call) : undefined;
    if (made !== undefined) values.flow(node, made);
    return made ?? node;
  }
}
