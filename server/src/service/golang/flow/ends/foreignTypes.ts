import { type Func, namedTypes, type ProgramFile, type Variable } from "../../program/model.ts";
import type { Type } from "../../program/types.ts";
import type { Expression } from "../../syntax/ast.ts";
import { ANY_TYPE, type ForeignTypes } from "../../../../core/analysis/confinement.ts";
import type { CallSite, Flow } from "../values/flow.ts";
import { addTo } from "../values/flow.ts";
import type { KnownStack } from "../stacks/knownStack.ts";

/** Methods by which libraries hand out what has to be given back: of what kind that is, is not known here. */
const HANDS_OUT =
  /^(?:Acquire|Begin|Borrow|Checkout|Conn|Cursor|Get|Iter|Named|Pick|Prepare|Query|Raw|Rows?$|Select|Stmt|Stream|Take|Transaction|Tx|With)/;

/** Types of other packages of which a program may have values: in variables and their fields, or as what a call gives. */
export class ForeignTypesFinder {
  readonly #flow: Flow;
  readonly #variables = new Map<Func | undefined, Variable[]>();
  readonly #calls = new Map<Func, CallSite[]>();
  readonly #known = new Map<Func, ReadonlySet<string>>();
  #kept: ReadonlySet<string> | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
    for (const variable of flow.program.variables) addTo(this.#variables, variable.fn, variable);
    for (const sites of flow.callSites.values())
      for (const site of sites) if (site.fn !== undefined) addTo(this.#calls, site.fn, site);
  }

  /** Those of a stack; undefined when none of its calls is of the program. */
  of({ frames }: KnownStack): ForeignTypes | undefined {
    const ofCalls = new Set<string>();
    const calls = frames.flatMap((frame) => frame ?? []);
    for (const { fn } of calls) for (const name of this.#ofFunction(fn)) ofCalls.add(name);
    return calls.length === 0 ? undefined : { ofCalls, kept: this.#ofProgram() };
  }

  /** Those of a function, and of the functions around a literal, whose variables it may use. */
  #ofFunction(fn: Func): ReadonlySet<string> {
    const known = this.#known.get(fn);
    if (known !== undefined) return known;
    const walk = new TypeWalk(this.#flow);
    for (let around: Func | undefined = fn; around !== undefined; around = around.parent) {
      for (const variable of this.#variables.get(around) ?? []) this.#ofVariable(variable, walk);
      for (const site of this.#calls.get(around) ?? []) ofCall(site, walk);
    }
    this.#known.set(fn, walk.names);
    return walk.names;
  }

  /**
   * What variables of packages and fields are declared as, and what a literal may have captured that is called later. What
   * they may hold beyond their declarations is not known, and does not count.
   */
  #ofProgram(): ReadonlySet<string> {
    if (this.#kept !== undefined) return this.#kept;
    const { program, types } = this.#flow;
    const walk = new TypeWalk(this.#flow);
    for (const variable of this.#variables.get(undefined) ?? []) walk.type(types.variable(variable));
    for (const type of namedTypes(program)) walk.type(type);
    const kept = new Set(walk.names);
    kept.delete(ANY_TYPE);
    for (const { parent } of program.functions.filter((fn) => this.#isCalledLater(fn)))
      for (const name of parent === undefined ? [] : this.#ofFunction(parent)) kept.add(name);
    return (this.#kept = kept);
  }

  /** Whether a literal may be called when no call around it goes on: not where it is called, deferred or started in place. */
  #isCalledLater({ literal, parent }: Func): boolean {
    if (literal === undefined || parent === undefined) return false;
    const inPlace = this.#calls.get(parent)?.some(({ call }) => call.callee === literal);
    return inPlace !== true;
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
