import type { Expression, Field } from "../syntax/ast.ts";
import { madeBy } from "./madeTypes.ts";
import {
  fieldName,
  namedTypes,
  typeName,
  type Binding,
  type Func,
  type NamedType,
  type Program,
  type ProgramFile,
  type Variable,
} from "./model.ts";

/** What is known of a type; pointers are left out: a pointer to T is T. Undefined elsewhere: nothing is known. */
export type Type =
  | NamedType
  /** Of a package that is not part of the program: `sync.Mutex`, `context.Context`, `example.com/a/b.T`. */
  | { readonly kind: "external"; readonly name: string }
  | { readonly kind: "basic" }
  /** Array, slice, map or channel. `key`: of a map; what a range gives first, basic for arrays. */
  | {
      readonly kind: "container";
      readonly of: Type | undefined;
      readonly key: Type | undefined;
      readonly isChannel: boolean;
    }
  | Struct
  | { readonly kind: "function"; readonly results: readonly (Type | undefined)[] };

export interface Struct {
  readonly kind: "struct";
  readonly fields: readonly Field[];
  readonly file: ProgramFile;
}

/** A field of a struct: the type that declares it, and the names to go through from the outer one. */
export interface FieldPath {
  /** Names of the embedded fields on the way, and the field's own. */
  readonly names: readonly string[];
  readonly type: Expression;
  readonly file: ProgramFile;
}

/** How deep types embed each other, and expressions depend on each other. */
const MAX_DEPTH = 24;
/** Without `error`: as an interface it may hold anything. */
const BASIC = new Set(
  (
    "bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr byte rune float32 float64 " +
    "complex64 complex128"
  ).split(" "),
);

/** Works out types as far as declarations tell. */
export class Types {
  readonly #program: Program;
  readonly #variables = new Map<Variable, Type | undefined>();
  readonly #structs = new Map<Expression, Struct>();
  #depth = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** The type that a type expression names. */
  named(type: Expression, file: ProgramFile): Type | undefined {
    switch (type.kind) {
      case "name":
        return this.#byName(type, file);
      case "selector":
        return this.#selected(type, file);
      case "unary":
      case "index":
        return this.named(type.of, file);
      case "array":
        return { kind: "container", of: this.named(type.of, file), key: { kind: "basic" }, isChannel: false };
      case "chan":
        return { kind: "container", of: this.named(type.of, file), key: undefined, isChannel: true };
      case "map":
        return {
          kind: "container",
          of: this.named(type.of, file),
          key: this.named(type.key, file),
          isChannel: false,
        };
      case "struct":
        return this.#struct(type, file);
      case "functionType":
        return { kind: "function", results: type.results.map((result) => this.named(result.type, file)) };
      default:
        return undefined;
    }
  }

  /** The type of an expression; of one with several results that of the first, or of the one asked for. */
  of(expression: Expression, file: ProgramFile, index = 0): Type | undefined {
    if (this.#depth > MAX_DEPTH) return undefined;
    this.#depth++;
    const type = this.#of(expression, file, index);
    this.#depth--;
    return type;
  }

  variable(variable: Variable): Type | undefined {
    if (!this.#variables.has(variable)) {
      // Against circles: while it is worked out, nothing is known.
      this.#variables.set(variable, undefined);
      this.#variables.set(variable, this.#ofVariable(variable));
    }
    return this.#variables.get(variable);
  }

  /** The type behind a declared one: of `type T struct {…}` the struct. */
  underlying(type: Type | undefined): Type | undefined {
    let under = type;
    for (let depth = 0; under?.kind === "named" && depth < MAX_DEPTH; depth++) {
      under = this.named(under.type, under.file);
    }
    return under;
  }

  /** A field, also of an embedded struct; undefined when the type has none or is not known. */
  field(type: Type | undefined, name: string, depth = 0): FieldPath | undefined {
    const struct = this.underlying(type);
    if (struct?.kind !== "struct" || depth > 4) return undefined;
    const { fields, file } = struct;
    for (const field of fields) if (fieldName(field) === name) return { names: [name], type: field.type, file };
    for (const embedded of embeddedOf(fields)) {
      const inner = this.field(this.named(embedded.type, file), name, depth + 1);
      if (inner !== undefined) return { ...inner, names: [fieldName(embedded)!, ...inner.names] };
    }
    return undefined;
  }

  /** A method, also of an embedded type, with the embedded fields on the way. */
  method(type: Type | undefined, name: string, depth = 0): { fn: Func; through: readonly string[] } | undefined {
    const own = type?.kind === "named" ? type.methods.get(name) : undefined;
    if (own !== undefined) return { fn: own, through: [] };
    const struct = this.underlying(type);
    if (struct?.kind !== "struct" || depth > 4) return undefined;
    for (const embedded of embeddedOf(struct.fields)) {
      const inner = this.method(this.named(embedded.type, struct.file), name, depth + 1);
      if (inner !== undefined) return { fn: inner.fn, through: [fieldName(embedded)!, ...inner.through] };
    }
    return undefined;
  }

  /** The embedded fields of types of other packages, which may have a method that the program does not declare. */
  embeddedExternals(type: Type | undefined): readonly { readonly name: string; readonly type: string }[] {
    const struct = this.underlying(type);
    if (struct?.kind !== "struct") return [];
    return embeddedOf(struct.fields).flatMap((embedded) => {
      const inner = this.named(embedded.type, struct.file);
      return inner?.kind === "external" ? { name: fieldName(embedded)!, type: inner.name } : [];
    });
  }

  /** The structs that have been asked for and are no declared types. */
  unnamedStructs(): readonly Struct[] {
    const declared = new Set([...namedTypes(this.#program)].map(({ type }) => type));
    return [...this.#structs].flatMap(([type, struct]) => (declared.has(type) ? [] : struct));
  }

  #struct(type: Extract<Expression, { kind: "struct" }>, file: ProgramFile): Struct {
    const struct: Struct = this.#structs.get(type) ?? { kind: "struct", fields: type.fields, file };
    this.#structs.set(type, struct);
    return struct;
  }

  #byName(name: Extract<Expression, { kind: "name" }>, file: ProgramFile): Type | undefined {
    const bound: Binding | undefined = this.#program.bindings.get(name) ?? file.package.scope.get(name.name);
    if (bound !== undefined) return bound.kind === "named" ? bound : undefined;
    return BASIC.has(name.name) ? { kind: "basic" } : undefined;
  }

  #selected({ of, name }: Extract<Expression, { kind: "selector" }>, file: ProgramFile): Type | undefined {
    const path = of.kind === "name" ? file.imports.get(of.name) : undefined;
    if (path === undefined) return undefined;
    const loaded = this.#program.byPath.get(path);
    if (loaded === undefined) return { kind: "external", name: `${path}.${name}` };
    const binding = loaded.scope.get(name);
    return binding?.kind === "named" ? binding : undefined;
  }

  #of(expression: Expression, file: ProgramFile, index: number): Type | undefined {
    switch (expression.kind) {
      case "name":
        return this.#ofBinding(this.#program.bindings.get(expression));
      case "literal":
        return { kind: "basic" };
      case "composite":
        return expression.type && this.named(expression.type, file);
      case "function":
        return this.named(expression.type, file);
      case "selector":
        return this.#ofSelector(expression, file);
      case "call":
        return this.#ofCall(expression, file, index);
      case "index":
      case "slice":
        return this.#ofIndexed(expression, file);
      case "assertion":
        return expression.type && this.named(expression.type, file);
      case "unary":
        return expression.op === "<-" ? this.#element(this.of(expression.of, file)) : this.of(expression.of, file);
      case "binary":
        return { kind: "basic" };
      default:
        return this.named(expression, file);
    }
  }

  /** Also `F[T]`, a function with its type arguments. */
  #ofIndexed({ kind, of }: Extract<Expression, { kind: "index" | "slice" }>, file: ProgramFile): Type | undefined {
    const whole = this.of(of, file);
    const isOfContainer = kind === "index" && this.underlying(whole)?.kind === "container";
    return isOfContainer ? this.#element(whole) : whole;
  }

  #ofVariable(variable: Variable): Type | undefined {
    const { file, type } = variable;
    if (type !== undefined) return this.named(type, file);
    for (const { value, index, part } of variable.sources) {
      const whole = this.of(value, file, index);
      const found = part === "whole" ? whole : this.#ranged(whole, index);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What a range gives first or second. */
  #ranged(type: Type | undefined, index: number): Type | undefined {
    const under = this.underlying(type);
    if (under?.kind !== "container") return undefined;
    return index === 0 && !under.isChannel ? under.key : under.of;
  }

  #element(type: Type | undefined): Type | undefined {
    const under = this.underlying(type);
    return under?.kind === "container" ? under.of : undefined;
  }

  #ofBinding(binding: Binding | undefined): Type | undefined {
    if (binding?.kind === "variable") return this.variable(binding);
    if (binding?.kind === "function") return this.#signature(binding);
    return undefined;
  }

  #signature({ type, file }: Func): Type {
    return { kind: "function", results: type.results.map((result) => this.named(result.type, file)) };
  }

  #ofSelector({ of, name }: Extract<Expression, { kind: "selector" }>, file: ProgramFile): Type | undefined {
    const path =
      of.kind === "name" && this.#program.bindings.get(of)?.kind === "import" ? file.imports.get(of.name) : undefined;
    if (path !== undefined) return this.#ofBinding(this.#program.byPath.get(path)?.scope.get(name));
    const outer = this.of(of, file);
    const field = this.field(outer, name);
    if (field !== undefined) return this.named(field.type, field.file);
    const method = this.method(outer, name);
    return method && this.#signature(method.fn);
  }

  #ofCall({ callee, args }: Extract<Expression, { kind: "call" }>, file: ProgramFile, index: number): Type | undefined {
    if (callee.kind === "name" && !this.#program.bindings.has(callee)) {
      const [type] = args;
      if ((callee.name === "make" || callee.name === "new") && type !== undefined) return this.named(type, file);
      if (callee.name === "append" && type !== undefined) return this.of(type, file);
      return this.#byName(callee, file);
    }
    const bound = callee.kind === "name" ? this.#program.bindings.get(callee) : undefined;
    if (bound?.kind === "named") return bound;
    const called = this.underlying(this.of(callee, file));
    if (called?.kind === "function") return called.results[index];
    return called === undefined ? this.#external(callee, file, index) : this.named(callee, file);
  }

  /** What well known functions of other packages give. */
  #external(callee: Expression, file: ProgramFile, index: number): Type | undefined {
    if (callee.kind !== "selector" || callee.of.kind !== "name") return this.named(callee, file);
    const path = file.imports.get(callee.of.name);
    const name = `${path}.${callee.name}`;
    const isOfContext = path === "context" || name === "os/signal.NotifyContext";
    if (isOfContext && callee.name !== "Cause" && index > 0) return { kind: "function", results: [] };
    const made = madeBy(name, index);
    return made === undefined ? undefined : { kind: "external", name: made };
  }
}

function embeddedOf(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ name, type }) => name === undefined && typeName(type) !== undefined);
}
