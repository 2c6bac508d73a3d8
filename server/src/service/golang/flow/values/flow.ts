import { namedTypes } from "../../program/model.ts";
import type { Func, NamedType, Program, ProgramFile, Variable } from "../../program/model.ts";
import { Types, type FieldPath, type Type } from "../../program/types.ts";
import type { Call, Expression, Span } from "../../syntax/ast.ts";
import { keepsNothing, valueKind } from "./library.ts";
import type { OperationKind } from "./operationKind.ts";
import { Objects } from "./objects.ts";
import { Pointers } from "./pointers.ts";
import { isStandard } from "./standard.ts";
import type { Store } from "./store.ts";
import { StreamExit } from "./streamExit.ts";
import { Values } from "./values.ts";

/** A call of the program's code. */
export interface CallSite {
  /** Undefined: in the value of a package variable. */
  readonly fn: Func | undefined;
  readonly file: ProgramFile;
  readonly call: Call;
  readonly kind: "call" | "go" | "defer";
  /** What a method is called on, with the embedded fields to go through. */
  readonly receiver: Expression | undefined;
  readonly through: readonly string[];
  readonly args: readonly Expression[];
  /** Whether a library makes the call, with arguments of its own. */
  readonly isCallback: boolean;
  readonly targets: Set<Func>;
}

/** Something done to a channel, lock, WaitGroup, Cond or context. */
export interface Operation {
  readonly kind: OperationKind;
  readonly fn: Func | undefined;
  readonly file: ProgramFile;
  readonly at: Span;
  /** Undefined: a library does it when the function ends that a call has started. */
  readonly operand: Expression | undefined;
  readonly through: readonly string[];
  readonly node: number;
  readonly startedBy?: Operation;
  /** Of a call of a bound method, `unlock()`: the function that bound it, `return mu.Unlock`. */
  readonly boundIn?: Func | undefined;
  /** Of a call that does it further in: whether it may return without. */
  readonly isUnsure?: boolean;
}

/** What the analysis of a program collects: where values are kept, who calls whom, what is done to what. */
export class Flow {
  readonly program: Program;
  readonly types: Types;
  readonly values = new Values();
  readonly objects = new Objects();
  readonly operations: Operation[] = [];
  /** By the call; calls of interfaces that other packages may implement have several. */
  readonly callSites = new Map<Call, CallSite[]>();
  /** Functions that code outside of the program may call at any time. */
  readonly roots = new Set<Func>();
  readonly callersOf = new Map<Func, CallSite[]>();
  /** The nodes of expressions; undefined for numbers, texts and the like. */
  readonly nodes = new Map<Expression, number | undefined>();
  /** The nodes of channels that get the signals to the program. */
  readonly notified: number[] = [];
  /** By the node of the called value. */
  readonly dynamicCalls = new Map<number, CallSite[]>();
  /** By the node of the field or of the elements; what composite literals give is not among them. */
  readonly #stores = new Map<number, Store[]>();
  readonly methodsByName = new Map<string, Func[]>();
  /** What is given to packages that keep nothing. */
  readonly library: number;
  /** What is given to the standard library. */
  readonly standard: number;
  /** What an `unsafe.Pointer` points to. */
  readonly unsafe: number;
  /** What code outside of the program has a function of that does something to it. */
  readonly operatedOutside: number;
  readonly pointers: Pointers;
  readonly streams = new StreamExit(this.values);
  readonly #fieldOfStandard: number;
  readonly #storesOf = new Map<number, readonly Store[]>();
  readonly #variables = new Map<Variable, number>();
  readonly #fields = new Map<string, number>();
  readonly #fieldsByName = new Map<string, FieldPath[]>();
  readonly #results = new Map<Func, number[]>();

  constructor(program: Program) {
    this.program = program;
    this.types = new Types(program);
    this.pointers = new Pointers(this.values, this.types);
    this.library = this.values.node();
    this.standard = this.values.exit();
    this.unsafe = this.values.exit();
    this.operatedOutside = this.values.node();
    this.#fieldOfStandard = this.values.node();
    this.values.flow(this.#fieldOfStandard, this.standard);
    this.values.flow(this.values.outside, this.#fieldOfStandard);
    for (const fn of program.functions) {
      const name = fn.declaration?.receiver && fn.declaration.name.name;
      if (name !== undefined) addTo(this.methodsByName, name, fn);
    }
    for (const type of namedTypes(program)) this.#indexFields(type);
  }

  /** The node of a variable. */
  variable(variable: Variable): number {
    let node = this.#variables.get(variable);
    if (node === undefined) {
      node = this.values.node();
      this.#variables.set(variable, node);
      if (variable.type !== undefined) {
        this.#keepsValue(variable.type, variable.file);
        this.#declared(node, variable.type, variable.file, variable.fn, variable.scope);
      }
    }
    return node;
  }

  /** The node of a field, the same for all values of its type. */
  field({ names, type, file }: FieldPath): number {
    const key = `${file.uri} ${type.start} ${names.at(-1)}`;
    let node = this.#fields.get(key);
    if (node === undefined) {
      node = this.values.node();
      this.#fields.set(key, node);
      this.#declared(node, type, file, undefined, undefined);
    }
    return node;
  }

  /** The node of a field of a type that is not known: any field of that name, or one outside of the program. */
  anyField(name: string): number {
    const key = `? ${name}`;
    let node = this.#fields.get(key);
    if (node === undefined) {
      node = this.values.node();
      this.#fields.set(key, node);
      for (const known of [
        ...(this.#fieldsByName.get(name) ?? []).map((path) => this.field(path)),
        this.values.outside,
      ]) {
        this.values.flow(known, node);
        this.values.flow(node, known);
      }
    }
    return node;
  }

  /** The node of one of a function's results. */
  result(fn: Func, index: number): number {
    const nodes = this.#results.get(fn) ?? [];
    this.#results.set(fn, nodes);
    return (nodes[index] ??= this.values.node());
  }

  /** Notes that a field or an element is given a value. */
  store(node: number, store: Store): void {
    addTo(this.#stores, node, store);
  }

  /** What is assigned to a field or an element anywhere; asked for when all values have flowed. */
  stores(node: number): readonly Store[] {
    let found = this.#storesOf.get(node);
    if (found === undefined) {
      const linked = [...this.#stores].filter(([other]) => other === node || this.values.isLinked(node, other));
      found = linked.flatMap(([, stores]) => stores);
      this.#storesOf.set(node, found);
    }
    return found;
  }

  /** Whether a variable may get values that its sources do not tell. */
  isSetElsewhere(variable: Variable): boolean {
    return this.pointers.isSetElsewhere(variable, this.variable(variable));
  }

  /** Code outside may call the function with anything. */
  makeRoot(fn: Func): void {
    if (this.roots.has(fn)) return;
    this.roots.add(fn);
    this.openParameters(fn);
  }

  /** The function is called from outside the program: with anything. */
  openParameters(fn: Func): void {
    for (const parameter of fn.params) {
      if (parameter !== undefined) this.values.flow(this.values.outside, this.variable(parameter));
    }
    for (const index of fn.type.results.keys()) this.values.flow(this.result(fn, index), this.values.outside);
  }

  /** Where values go that a package outside of the program is given, in a call of that function of it. */
  exitTo(path: string, name = ""): number {
    if (name === "unsafe.Pointer") return this.unsafe;
    if (keepsNothing(path)) return this.library;
    return isStandard(path) ? this.standard : this.values.outside;
  }

  /** The node of a field of a type of another package. */
  externalField(path: string): number {
    return isStandard(path) ? this.#fieldOfStandard : this.values.outside;
  }

  /** A new node with the zero values that a type brings. */
  ofType(type: Expression, file: ProgramFile, fn: Func | undefined, at: Span): number {
    const node = this.values.node();
    // `make([]T, 3)` has values of T that growing copies; `&T{}` has none.
    if (isContainer(type)) this.#keepsValue(type, file);
    this.#declared(node, type, file, fn, at);
    return node;
  }

  /** A new value of a type that is a parameter of its function: of any of the program's types. */
  ofTypeParameter(node: number, type: Expression, fn: Func | undefined, at: Span): void {
    if (type.kind !== "name" || this.program.bindings.get(type)?.kind !== "typeParameter") return;
    for (const one of namedTypes(this.program))
      this.values.hold(node, this.values.site({ kind: "object", fn, at, type: one }));
  }

  /** The node of what embedded fields lead to. */
  through(node: number | undefined, type: Type | undefined, names: readonly string[]): number | undefined {
    let at = node;
    let outer = type;
    for (const name of names) {
      const field = this.types.field(outer, name);
      if (field === undefined) return undefined;
      at = this.field(field);
      outer = this.types.named(field.type, field.file);
    }
    return at;
  }

  /** The zero value of a declared type can be a lock, or hold some. */
  #declared(node: number, type: Expression, file: ProgramFile, fn: Func | undefined, at: Span | undefined): void {
    if (type.kind === "array") return this.#declared(this.values.elementOf(node), type.of, file, fn, at);
    if (type.kind !== "name" && type.kind !== "selector" && type.kind !== "index") return;
    const named = this.types.named(type, file);
    const kind = named?.kind === "external" ? valueKind(named.name) : undefined;
    if (kind !== undefined) this.values.hold(node, this.values.site({ kind, fn, at }));
    if (named?.kind === "named") this.values.hold(node, this.values.site({ kind: "object", fn, at, type: named }));
  }

  /** What is declared as a struct, or as a container of some, rather than as a pointer is copied by assignments. */
  #keepsValue(type: Expression, file: ProgramFile): void {
    if (isContainer(type)) return this.#keepsValue(type.of, file);
    const named = type.kind === "unary" ? undefined : this.types.named(type, file);
    if (named?.kind === "named") this.objects.copy(named);
  }

  #indexFields(type: NamedType): void {
    const struct = this.types.underlying(type);
    if (struct?.kind !== "struct") return;
    for (const field of struct.fields) {
      this.#keepsValue(field.type, struct.file);
      const name = field.name?.name;
      if (name !== undefined) addTo(this.#fieldsByName, name, { names: [name], type: field.type, file: struct.file });
    }
  }
}

function isContainer(type: Expression): type is Extract<Expression, { kind: "array" | "map" | "chan" }> {
  return type.kind === "array" || type.kind === "map" || type.kind === "chan";
}

export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
