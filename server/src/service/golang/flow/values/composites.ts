import { fieldName } from "../../program/model.ts";
import type { Type } from "../../program/types.ts";
import type { Expression, Field } from "../../syntax/ast.ts";
import type { Flow } from "./flow.ts";
import type { Composite } from "./objects.ts";
import { packageOf } from "./standard.ts";
import { type Container, containerOf, type Typed } from "./containers.ts";
import type { Where } from "./where.ts";

/** Reads composite literals: what they make, and where what they are given goes. */
export class Composites {
  readonly #flow: Flow;
  readonly #node: (expression: Expression, where: Where) => number | undefined;

  constructor(flow: Flow, node: (expression: Expression, where: Where) => number | undefined) {
    this.#flow = flow;
    this.#node = node;
  }

  /** `file`: the one that names the type. */
  read(literal: Composite, where: Where, file = where.file): number {
    const { values, types, objects } = this.#flow;
    const { type } = literal;
    const node = type === undefined ? values.node() : this.#flow.ofType(type, file, where.fn, literal);
    const named = type && types.named(type, file);
    const struct = types.underlying(named);
    if (named?.kind === "named") objects.made(named, { literal, file: where.file });
    if (struct?.kind === "struct") this.#fields(literal, named, struct.fields, where);
    else if (named?.kind === "external") this.#ofLibrary(literal, named.name, node, where);
    else this.#elements(literal, node, type && containerOf(types, { type, file }), where);
    return node;
  }

  #fields({ elements }: Composite, type: Type | undefined, fields: readonly Field[], where: Where): void {
    for (const [index, { key, value }] of elements.entries()) {
      const at = this.#node(value, where);
      const name = key?.kind === "name" ? key.name : fields[index] && fieldName(fields[index]);
      const field = name === undefined ? undefined : this.#flow.types.field(type, name);
      if (field !== undefined) this.#flow.values.flow(at, this.#flow.field(field));
    }
  }

  #ofLibrary({ elements }: Composite, type: string, node: number, where: Where): void {
    const { values } = this.#flow;
    for (const { key, value } of elements) {
      const isLocker = type === "sync.Cond" && key?.kind === "name" && key.name === "L";
      values.flow(this.#node(value, where), isLocker ? values.elementOf(node) : this.#flow.exitTo(packageOf(type)));
    }
  }

  #elements({ elements }: Composite, node: number, of: Container | undefined, where: Where): void {
    for (const { key, value } of elements) {
      this.#element(node, value, of?.of, where);
      if (key !== undefined) this.#element(node, key, of?.key, where);
    }
  }

  /** An element or a key; one without a type of its own is of the type of the outer literal's. */
  #element(node: number, value: Expression, typed: Typed | undefined, where: Where): void {
    const { values, objects } = this.#flow;
    const element = values.elementOf(node);
    values.flow(this.#node(value, where), element);
    if (value.kind !== "composite" || value.type !== undefined || typed === undefined) return;
    const { type, file } = typed;
    const literal = { ...value, type: type.kind === "unary" ? type.of : type };
    if (type.kind === "unary") objects.address(literal);
    values.flow(this.read(literal, where, file), element);
  }
}
