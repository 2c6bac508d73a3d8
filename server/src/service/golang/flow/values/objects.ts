import type { NamedType, ProgramFile } from "../../program/model.ts";
import type { Expression } from "../../syntax/ast.ts";

export type Composite = Extract<Expression, { kind: "composite" }>;

/** `T{...}`, `&T{...}`; undefined: it is something else. */
export function literalOf(expression: Expression): Composite | undefined {
  const value = expression.kind === "unary" && expression.op === "&" ? expression.of : expression;
  return value.kind === "composite" ? value : undefined;
}

/** A literal of a type, and where it stands. */
interface Made {
  readonly literal: Composite;
  readonly file: ProgramFile;
}

/** How the program makes its structs: what tells whether two of a type can share a channel. */
export class Objects {
  readonly #literals = new Map<NamedType, Made[]>();
  readonly #addressed = new Set<Composite>();
  /** Types of which values are copied, or may be. */
  readonly #copied = new Set<NamedType>();

  /** Notes a literal of a type. */
  made(type: NamedType, made: Made): void {
    const literals = this.#literals.get(type);
    if (literals === undefined) this.#literals.set(type, [made]);
    else literals.push(made);
  }

  /** Notes that only a pointer to the literal's value is kept. */
  address(literal: Composite): void {
    this.#addressed.add(literal);
  }

  /** Notes that a value of the type is kept as such: it may be copied with the channels in it. */
  copy(type: NamedType): void {
    this.#copied.add(type);
  }

  isCopied(type: NamedType): boolean {
    return this.#copied.has(type) || this.literals(type).some(({ literal }) => !this.#addressed.has(literal));
  }

  literals(type: NamedType): readonly Made[] {
    return this.#literals.get(type) ?? [];
  }
}
