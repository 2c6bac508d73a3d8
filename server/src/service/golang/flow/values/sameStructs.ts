import { fieldName, namedTypes } from "../../program/model.ts";
import type { Struct, Type } from "../../program/types.ts";
import type { Flow } from "./flow.ts";

/**
 * Structs whose values become values of another type: by a conversion, `(*B)(a)`, or where one of them has no name, by any
 * assignment. What one has in a field, the other has as well.
 */
export class SameStructs {
  readonly #flow: Flow;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** A value of one type becomes one of the other. */
  convert(from: Type | undefined, to: Type | undefined): void {
    const { types } = this.#flow;
    const [a, b] = [types.underlying(from), types.underlying(to)];
    if (b?.kind !== "struct" || (from?.kind === "named" && from === to)) return;
    for (const type of [from, to]) if (type?.kind === "named") this.#flow.objects.copy(type);
    if (a?.kind === "struct") this.#link(a, b);
    // Where it comes from is not known.
    else for (const name of namesOf(b)) this.#flow.values.flow(this.#field(b, name), this.#flow.anyField(name));
  }

  /** When all types have been seen: those without a name are the types that have the same fields. */
  settle(): void {
    const { program, types } = this.#flow;
    const byNames = new Map<string, Struct>();
    for (const struct of types.unnamedStructs()) {
      const key = namesOf(struct).join(" ");
      const first = byNames.get(key);
      if (first === undefined) byNames.set(key, struct);
      else this.#link(first, struct);
    }
    for (const type of namedTypes(program)) {
      const struct = types.underlying(type);
      const same = struct?.kind === "struct" ? byNames.get(namesOf(struct).join(" ")) : undefined;
      if (struct?.kind !== "struct" || same === undefined) continue;
      this.#flow.objects.copy(type);
      this.#link(same, struct);
    }
  }

  #link(a: Struct, b: Struct): void {
    const { values } = this.#flow;
    for (const name of namesOf(a)) {
      const [one, other] = [this.#field(a, name), this.#field(b, name)];
      values.flow(one, other);
      values.flow(other, one);
    }
  }

  #field(struct: Struct, name: string): number | undefined {
    const field = this.#flow.types.field(struct, name);
    return field && this.#flow.field(field);
  }
}

function namesOf({ fields }: Struct): readonly string[] {
  return fields.flatMap((field) => fieldName(field) ?? []);
}
