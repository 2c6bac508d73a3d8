import type { Func } from "../../program/model.ts";
import type { Type } from "../../program/types.ts";
import type { Call, Expression } from "../../syntax/ast.ts";
import { isBuiltin, readBuiltin } from "./builtins.ts";
import { madeByLibrary } from "./contexts.ts";
import { Conversions } from "./conversions.ts";
import { Expressions } from "./expressions.ts";
import { addTo, type CallSite, type Flow } from "./flow.ts";
import { callsBack, countsDown, hasOperations, operationOf, typeWith } from "./library.ts";
import type { LateMethods } from "./lateMethods.ts";
import { callOf, isTypeName, isConversion } from "./callSyntax.ts";
import { Operations } from "./operations.ts";
import { Passing } from "./passing.ts";
import type { SameStructs } from "./sameStructs.ts";
import { keepsNoStream, Streams } from "./streams.ts";
import type { Site } from "./values.ts";
import type { Where } from "./where.ts";

/** A call as it is understood so far. */
interface Pending extends Where {
  readonly call: Call;
  readonly kind: CallSite["kind"];
  readonly results: number[];
}

/** Reads calls: whom they call, what values go there and come back, and what they do to locks and the like. */
export class Calls {
  readonly expressions: Expressions;
  readonly #flow: Flow;
  readonly #operations: Operations;
  readonly #passing: Passing;
  readonly #streams: Streams;
  readonly #conversions: Conversions;
  readonly #results = new Map<Call, number[]>();
  readonly #siteResults = new Map<CallSite, number[]>();
  /** The nodes of what ranges call. */
  readonly #ranges = new Map<CallSite, number>();
  /** By the node of what is called, or of what a method is called on: it may come from outside of the program. */
  readonly #ofUnknown = new Map<number, Pending[]>();
  readonly #late: LateMethods;
  /** Those of calls that go to functions of the program. */
  readonly #open = new Set<readonly number[]>();

  constructor(flow: Flow, late: LateMethods, same: SameStructs) {
    this.#flow = flow;
    this.#late = late;
    this.expressions = new Expressions(flow, late, (call, where, index) => this.result(call, where, index));
    this.#operations = new Operations(flow, this.expressions);
    this.#passing = new Passing(flow, this.expressions);
    this.#streams = new Streams(flow, this.expressions);
    this.#conversions = new Conversions(flow, this.expressions, same);
  }

  /** The node of a result of a call, which is read when it is first asked for. */
  result(call: Call, where: Where, index: number): number | undefined {
    const results = this.read(call, where, "call");
    // Whom a value calls is found out later.
    if (results[index] === undefined && this.#open.has(results)) results[index] = this.#flow.values.node();
    return results[index];
  }

  /** Reads a call; its results are filled in as far as they are known. */
  read(call: Call, where: Where, kind: CallSite["kind"]): number[] {
    const known = this.#results.get(call);
    if (known !== undefined) return known;
    const results: number[] = [];
    this.#results.set(call, results);
    this.#read({ ...where, call, kind, results });
    return results;
  }

  /** A function has arrived where calls call what is kept there. */
  arrive(node: number, made: Site): void {
    const { kind, target } = made;
    this.#streams.arrive(node, made);
    if (kind === "unknown") for (const pending of this.#ofUnknown.get(node) ?? []) this.#giveUnknown(pending);
    for (const site of this.#flow.dynamicCalls.get(node) ?? []) {
      if (kind === "function" && target !== undefined) this.#link(site, target);
      const ranged = kind === "function" ? this.#ranges.get(site) : undefined;
      // What the function yields, the loop has.
      if (ranged !== undefined) this.#flow.values.flow(this.#flow.values.outside, this.#flow.values.elementOf(ranged));
      this.#operations.ofValue(site, made, node);
    }
  }

  #read(pending: Pending): void {
    const { callee, args } = pending.call;
    const bound = this.#flow.program.bindings;
    if (callee.kind === "name" && !bound.has(callee)) return this.#unbound(pending, callee.name);
    if (isConversion(this.#flow.program, callee)) return this.#conversion(pending);
    for (const argument of args) this.expressions.node(argument, pending);
    const named = callee.kind === "index" ? callee.of : callee;
    if (named.kind === "selector") return this.#selected(pending, named);
    const target = named.kind === "name" ? bound.get(named) : undefined;
    if (target?.kind === "function") this.#link(this.#site(pending, undefined, []), target);
    else this.#dynamic(pending);
  }

  #conversion(pending: Pending): void {
    const node = this.#conversions.read(pending.call, pending);
    if (node !== undefined) pending.results.push(node);
  }

  /** A builtin function, or one that no file at hand declares. */
  #unbound(pending: Pending, name: string): void {
    if (!isBuiltin(name)) return this.#giveOutside(pending, "");
    const node = readBuiltin(name, pending.call, { fn: pending.fn, file: pending.file }, this.#flow, this.expressions);
    if (node !== undefined) pending.results.push(node);
  }

  /** `x.f(…)`: of another package, a method, a field that holds a function. */
  #selected(pending: Pending, callee: Extract<Expression, { kind: "selector" }>): void {
    const { fn, file } = pending;
    const { of, name } = callee;
    const { program, types } = this.#flow;
    if (of.kind === "name" && program.bindings.get(of)?.kind === "import") {
      return this.#ofPackage(pending, file.imports.get(of.name) ?? "", name);
    }
    if (isTypeName(program, of)) return this.#methodExpression(pending, of, name);
    const node = this.expressions.node(of, { fn, file });
    const type = types.of(of, file);
    const method = types.method(type, name);
    if (method !== undefined) {
      const site = this.#site(pending, of, method.through);
      return this.#link(site, method.fn);
    }
    if (types.field(type, name) !== undefined) return this.#dynamic(pending);
    if (type?.kind === "external") return this.#ofExternal(pending, type.name, name, of, node, []);
    const embedded = typeWith(types.embeddedExternals(type), name);
    if (embedded !== undefined) {
      const inner = this.#flow.through(node, type, [embedded.name]);
      return this.#ofExternal(pending, embedded.type, name, of, inner, [embedded.name]);
    }
    this.#byName(pending, of, name, node, type);
  }

  /** `T.f(x, …)` and `(*T).f(x, …)`: the receiver comes first. */
  #methodExpression(pending: Pending, of: Expression, name: string): void {
    const [receiver, ...args] = pending.call.args;
    const method = this.#flow.types.method(this.#flow.types.named(of, pending.file), name);
    if (method === undefined || receiver === undefined) return this.#giveOutside(pending, "");
    this.#link(this.#site(pending, receiver, method.through, args), method.fn);
  }

  /** A method of an interface, or of something whose type is not known: of that name, of any object that it may be. */
  #byName(pending: Pending, of: Expression, name: string, node: number | undefined, type: Type | undefined): void {
    this.#streams.call(name, pending, of, node, []);
    this.#awaitMethods(pending, name, of, node ?? this.#flow.values.node(), []);
    const isInterface = type?.kind === "named" && this.#flow.types.underlying(type) === undefined;
    if (isInterface && this.#flow.methodsByName.has(name)) return this.#mayBeUnknown(node, pending);
    const operation = operationOf(name);
    if (operation !== undefined && node !== undefined) this.#operations.ofCall(operation, pending, of, [], node);
    if (/^(?:Try)?Go$/.test(name) && node !== undefined) this.#operations.countDown(pending, of, [], node);
    if (name === "Done" && pending.call.args.length === 0 && node !== undefined) pending.results.push(node);
    this.#giveOutside(pending, "");
  }

  #ofPackage(pending: Pending, path: string, name: string): void {
    const loaded = this.#flow.program.byPath.get(path)?.scope.get(name);
    if (loaded?.kind === "function") return this.#link(this.#site(pending, undefined, []), loaded);
    if (loaded?.kind === "variable") return this.#dynamic(pending);
    if (loaded?.kind === "named") return this.#conversion(pending);
    const full = `${path}.${name}`;
    const { call, fn, file, results } = pending;
    const [first] = call.args;
    const node = first && this.expressions.node(first, { fn, file });
    const made = madeByLibrary(full, call, { fn, file }, node, this.#flow);
    if (made !== undefined) {
      for (const one of made) results.push(one);
      // Who asks the context for a value is not known.
      if (full === "context.WithValue") this.#passing.give(call.args.slice(1), pending, this.#flow.values.outside);
    } else this.#giveOutside(pending, full === "time.AfterFunc" ? "" : full, path);
  }

  /** A method of a type of another package. */
  #ofExternal(
    pending: Pending,
    type: string,
    name: string,
    of: Expression,
    node: number | undefined,
    through: readonly string[],
  ): void {
    this.#streams.call(name, pending, of, node, through);
    const operation = hasOperations(type) ? operationOf(name) : undefined;
    if (operation !== undefined && node !== undefined) {
      this.#ofInterface(pending, name, of, node, through);
      return this.#operations.ofCall(operation, pending, of, through, node);
    }
    if (type === "context.Context" || type === "context.CancelFunc") {
      if (name === "Done" && node !== undefined) pending.results.push(node);
      if (name === "Value") pending.results.push(this.#flow.values.outside);
      return;
    }
    const full = `${type}.${name}`;
    if (node !== undefined && full === "sync.Once.Do") this.#operations.ofCall("enter", pending, of, through, node);
    if (node !== undefined && countsDown(full)) this.#operations.countDown(pending, of, through, node);
    if (node !== undefined && full === "sync.RWMutex.RLocker") pending.results.push(node);
    this.#ofInterface(pending, name, of, node, through);
    this.#giveOutside(pending, full, type.slice(0, type.lastIndexOf(".")));
  }

  /** `w.Write(…)` of an `io.Writer` may also call the methods of the program's own objects. */
  #ofInterface(
    pending: Pending,
    method: string,
    of: Expression,
    node: number | undefined,
    through: readonly string[],
  ): void {
    if (node === undefined || !this.#flow.methodsByName.has(method)) return;
    this.#passing.takeAlso(pending.results);
    this.#awaitMethods(pending, method, of, node, through);
  }

  /** Calls the methods of those objects that arrive there. */
  #awaitMethods(pending: Pending, name: string, of: Expression, node: number, through: readonly string[]): void {
    if (!this.#flow.methodsByName.has(name)) return;
    const direct = this.#site(pending, of, through);
    this.#late.await(node, name, (method) => {
      const isDirect = method.through.length === 0;
      this.#link(isDirect ? direct : this.#site(pending, of, [...through, ...method.through]), method.fn);
    });
  }

  /** A call that leaves the program: what it is given may be kept there, and called at any time. */
  #giveOutside(pending: Pending, name: string, path = ""): void {
    const site = this.#site(pending, undefined, [], [], true);
    this.#streams.give(name, pending);
    const exit = keepsNoStream(name) ? this.#flow.library : this.#flow.exitTo(path, name);
    if (!callsBack(name)) this.#passing.give(pending.call.args, pending, exit);
    if (callsBack(name) || this.#operations.isStart(pending.call))
      for (const argument of pending.call.args) this.#await(this.expressions.node(argument, pending), site);
    this.#passing.takeOutside(pending.results, name === "");
  }

  /** A range calls the function that it ranges over. */
  range(over: Expression, where: Where): void {
    const node = this.expressions.node(over, where);
    if (node === undefined) return;
    const site = this.#site({ ...where, call: callOf(over), kind: "call", results: [] }, undefined, [], [], true);
    this.#ranges.set(site, node);
    this.#await(node, site);
  }

  /** Functions that arrive at the node are called there. */
  #await(node: number | undefined, site: CallSite): void {
    if (node === undefined) return;
    addTo(this.#flow.dynamicCalls, node, site);
    for (const one of this.#flow.values.held(node)) this.arrive(node, one);
  }

  #dynamic(pending: Pending): void {
    const node = this.expressions.node(pending.call.callee, pending);
    this.#await(node, this.#site(pending, undefined, []));
    this.#mayBeUnknown(node, pending);
  }

  /** Code outside of the program has what a call is given when it made what is called. */
  #mayBeUnknown(node: number | undefined, pending: Pending): void {
    if (node === undefined) return;
    addTo(this.#ofUnknown, node, pending);
    for (const { kind } of this.#flow.values.held(node)) if (kind === "unknown") this.#giveUnknown(pending);
  }

  #giveUnknown(pending: Pending): void {
    const { values } = this.#flow;
    this.#passing.give(pending.call.args, pending, values.outside);
    this.#passing.takeOutside(pending.results, true);
  }

  #site(
    { fn, file, call, kind, results }: Pending,
    receiver: Expression | undefined,
    through: readonly string[],
    args = call.args,
    isCallback = false,
  ): CallSite {
    const site: CallSite = { fn, file, call, kind, receiver, through, args, isCallback, targets: new Set() };
    addTo(this.#flow.callSites, call, site);
    this.#siteResults.set(site, results);
    this.#open.add(results);
    return site;
  }

  /** The call may call that function. */
  #link(site: CallSite, target: Func): void {
    if (site.targets.has(target)) return;
    site.targets.add(target);
    addTo(this.#flow.callersOf, target, site);
    if (site.isCallback) return this.#flow.openParameters(target);
    const { values } = this.#flow;
    this.#passing.pass(site, target);
    const results = this.#siteResults.get(site)!;
    for (const index of target.type.results.keys()) {
      values.flow(this.#flow.result(target, index), (results[index] ??= values.node()));
    }
  }
}
