import type { Func, ProgramFile, Variable } from "../program/model.ts";
import type { Type } from "../program/types.ts";
import type { Expression } from "../syntax/ast.ts";
import { ANY_TYPE } from "../../../core/analysis/confinement.ts";
import type { CallSite, Flow } from "./flow.ts";
import { addTo } from "./flow.ts";
import type { KnownStack } from "./knownStack.ts";

/** Methods by which libraries hand out what has to be given back: of what kind that is, is not known here. */
const HANDS_OUT =
  /^(?:Acquire|Begin|Borrow|Checkout|Conn|Get|Named|Pick|Prepare|Query|Raw|Select|Stmt|Take|Transaction|Tx|With)/;

/** Types of other packages of which calls may have values: in variables and their fields, or as what a call gives them. */
export class ForeignTypes {
  readonly #flow: Flow;
  readonly #variables = new Map<Func | undefined, Variable[]>();
  readonly #calls = new Map<Func, CallSite[]>();
  readonly #known = new Map<Func, ReadonlySet<string>>();
  #globals: ReadonlySet<string> | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
    for (const variable of flow.program.variables) addTo(this.#variables, variable.fn, variable);
    for (const sites of flow.callSites.values())
      for (const site of sites) if (site.fn !== undefined) addTo(this.#calls, site.fn, site);
  }

  /** Those of the calls of a stack; undefined when none of them is of the program. */
  of({ frames }: KnownStack): ReadonlySet<string> | undefined {
    const all = new Set<string>();
    const calls = frames.flatMap((frame) => frame ?? []);
    for (const { fn } of calls) for (const name of this.#ofFunction(fn)) all.add(name);
    return calls.length === 0 ? undefined : all;
  }

  #ofFunction(fn: Func): ReadonlySet<string> {
    const known = this.#known.get(fn);
    if (known !== undefined) return known;
    const walk = new TypeWalk(this.#flow);
    for (let around: Func | undefined = fn; around !== undefined; around = around.parent) {
      for (const variable of this.#variables.get(around) ?? []) this.#ofVariable(variable, walk);
      for (const site of this.#calls.get(around) ?? []) ofCall(site, walk);
    }
    const all = new Set([...walk.names, ...this.#ofPackages()]);
    this.#known.set(fn, all);
    return all;
  }

  /** Those of the variables of packages, which all functions may use. Only what they are declared as counts. */
  #ofPackages(): ReadonlySet<string> {
    if (this.#globals !== undefined) return this.#globals;
    const walk = new TypeWalk(this.#flow);
    for (const variable of this.#variables.get(undefined) ?? []) walk.type(this.#flow.types.variable(variable));
    walk.names.delete(ANY_TYPE);
    return (this.#globals = walk.names);
  }

  #ofVariable(variable: Variable, walk: TypeWalk): void {
    if (variable.type !== undefined) return walk.expression(variable.type, variable.file);
    const type = this.#flow.types.variable(variable);
    // What calls give is known from the calls.
    if (type === undefined && variable.sources.every(({ value }) => value.kind === "call")) return;
    walk.type(type);
  }
}

function ofCall({ call, targets }: CallSite, walk: TypeWalk): void {
  for (const { type, file } of targets) for (const result of type.results) walk.expression(result.type, file);
  if (targets.size > 0) return;
  const { callee } = call;
  if (callee.kind === "selector" && HANDS_OUT.test(callee.name)) walk.names.add(ANY_TYPE);
}

/** Collects the types of other packages within types. */
class TypeWalk {
  readonly names = new Set<string>();
  readonly #flow: Flow;
  readonly #seen = new Set<number>();

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  expression(type: Expression, file: ProgramFile): void {
    // An error has nothing that one could give back.
    if (type.kind === "name" && type.name === "error") return;
    if (type.kind === "unary" || type.kind === "array" || type.kind === "chan") return this.expression(type.of, file);
    this.type(this.#flow.types.named(type, file));
  }

  type(type: Type | undefined): void {
    switch (type?.kind) {
      case "basic":
        return;
      case "external":
        this.names.add(type.name);
        return;
      case "container":
        if (type.key !== undefined) this.type(type.key);
        return this.type(type.of);
      case "struct":
        for (const field of type.fields) this.expression(field.type, type.file);
        return;
      case "named":
        if (this.#seen.has(type.id)) return;
        this.#seen.add(type.id);
        return this.expression(type.type, type.file);
      default:
        // Functions and interfaces may have anything.
        this.names.add(ANY_TYPE);
    }
  }
}
