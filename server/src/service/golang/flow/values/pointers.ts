import type { Variable } from "../../program/model.ts";
import type { Types } from "../../program/types.ts";
import type { Values } from "./values.ts";

/** What may be given other values through pointers; asked for when all values have flowed. */
export class Pointers {
  readonly #values: Values;
  readonly #types: Types;
  /** Nodes of pointers through which whole values are assigned. */
  readonly #replaced = new Set<number>();
  readonly #isReplaced = new Map<number, boolean>();
  /** Variables to which there are pointers. */
  readonly #addressed = new Set<Variable>();

  constructor(values: Values, types: Types) {
    this.#values = values;
    this.#types = types;
  }

  /** Notes that what a pointer of that node points to is given another value. */
  replace(node: number): void {
    this.#replaced.add(node);
  }

  /** Notes that a pointer to a variable is taken. */
  address(variable: Variable): void {
    this.#addressed.add(variable);
  }

  /** Whether something that a node holds may be given another value through a pointer to it. */
  isReplaced(node: number): boolean {
    let is = this.#isReplaced.get(node);
    if (is === undefined) {
      const held = this.#values.held(node);
      is = [...this.#replaced].some((other) => [...this.#values.held(other)].some((site) => held.has(site)));
      this.#isReplaced.set(node, is);
    }
    return is;
  }

  /**
   * Whether a variable, which has that node, may get values that its sources do not tell, through a pointer to it: of the
   * program's own, or, unless it is a struct, of a library such as `errors.As`.
   */
  isSetElsewhere(variable: Variable, node: number): boolean {
    if (this.isReplaced(node)) return true;
    if (!this.#addressed.has(variable)) return false;
    const { type, sources } = variable;
    const isPointer =
      type === undefined ? sources.some(({ value }) => value.kind !== "composite") : type.kind === "unary";
    return isPointer || this.#types.underlying(this.#types.variable(variable))?.kind !== "struct";
  }
}
