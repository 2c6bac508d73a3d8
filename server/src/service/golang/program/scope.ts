import type { Span } from "../syntax/ast.ts";
import type { Binding } from "./model.ts";

/** The names declared in a block, and those around it. */
export class Scope {
  readonly span: Span;
  /** Whether it is the list of statements of a block, which run one after the other. */
  readonly isList: boolean;
  readonly #outer: Scope | undefined;
  readonly #names: Map<string, Binding>;

  /** `names`: those it begins with; they are not copied. */
  constructor(outer: Scope | undefined, span: Span, isList = false, names = new Map<string, Binding>()) {
    this.isList = isList;
    this.#outer = outer;
    this.span = span;
    this.#names = names;
  }

  get(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#outer?.get(name);
  }

  hasOwn(name: string): boolean {
    return this.#names.has(name);
  }

  set(name: string, binding: Binding): void {
    this.#names.set(name, binding);
  }
}
