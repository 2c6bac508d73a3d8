import type { Func, ProgramFile, Source, Variable } from "../../program/model.ts";
import type { Call, Expression, Span } from "../../syntax/ast.ts";
import { accessOf, ELEMENT, fieldNames, givenBy, isDone, isPackage, mayLeadTo } from "../values/access.ts";
import { passedAs, receiverAt } from "../values/callSyntax.ts";
import { structsOf } from "../values/containers.ts";
import { resultSetLater, returnedAt } from "../values/fresh.ts";
import type { CallSite, Flow, Operation } from "../values/flow.ts";
import { type Composite, literalOf } from "../values/objects.ts";
import { sourcesAt } from "../values/reaching.ts";
import { carriedBy } from "../values/streams.ts";
import { ANYTHING, NOTHING, type Path, type Threat, type Threats, type Wanted } from "./threat.ts";
import { all, type Budget, MAX_PATH, Visits } from "./visits.ts";

/**
 * Follows an operation back to whoever may do it to a value that exists already: up through parameters, receivers,
 * captured variables and fields. A call that makes the value itself sees another one each time.
 */
export class ThreatFinder {
  readonly #flow: Flow;
  readonly #places: Threat[] = [];
  readonly #visits: Visits;
  #isAnytime = false;
  /** What is followed at the moment: a value, or the function that uses it. */
  #wanted: Wanted = ANYTHING;

  constructor(flow: Flow, budget: Budget) {
    this.#flow = flow;
    this.#visits = new Visits(budget);
  }

  /** The places from which one of the operations may still be done. */
  find(operations: readonly Operation[], wanted: Wanted): Threats {
    this.#wanted = wanted;
    for (const operation of operations) this.#operation(operation);
    const isAnytime = this.#isAnytime || this.#visits.isExhausted;
    return { isAnytime, isOpen: this.#isAnytime, places: this.#places };
  }

  #operation({ fn, file, at, operand, through, startedBy }: Operation): void {
    if (fn === undefined) this.#isAnytime = true;
    else if (startedBy !== undefined) {
      this.#places.push({ fn, at, ...NOTHING });
      this.#operation(startedBy);
    } else if (operand !== undefined) this.#access(fn, file, operand, through, at);
  }

  /** Whether the value that a path from an expression leads to is always made by the call that has the expression. */
  isMade(fn: Func, expression: Expression, path: Path): boolean {
    return this.#via(fn, fn.file, expression, path);
  }

  /** As {@link isMade}, of a variable. */
  isOwn(variable: Variable, path: Path): boolean {
    return variable.fn !== undefined && !variable.isParameter && this.#viaVariable(variable.fn, variable, path);
  }

  /** `expression.path` is used there; whether it can only be a value that the running call has made itself. */
  #access(fn: Func, file: ProgramFile, expression: Expression, path: Path, at: Span): boolean {
    const literal = literalOf(expression);
    const [step, ...rest] = path;
    if (literal !== undefined && step !== undefined) {
      // A literal is new: what exists already is what it is given.
      for (const value of givenBy(this.#flow, file, literal, step)) this.#access(fn, file, value, rest, at);
      return this.#via(fn, file, literal, path);
    }
    const access = accessOf(this.#flow, file, expression, path);
    const { root } = access;
    const isFresh = this.#via(fn, file, expression, path);
    const isVariable = root !== undefined && root.fn === fn && !root.isParameter;
    const place = { ...access, isOwn: isFresh, scope: isFresh && isVariable ? root.scope : undefined };
    this.#places.push({ fn, at, ...(this.#wanted.isOfOthers === true ? NOTHING : place) });
    return isFresh;
  }

  /** Follows how a coming call of the function may get at the value; whether it can only see a new one. */
  #via(fn: Func, file: ProgramFile, expression: Expression, path: Path): boolean {
    const key = `${this.#wanted.key} ${fn.id} ${this.#visits.id(expression)} ${path.join(".")}`;
    if (path.length > MAX_PATH) return this.#executed(fn);
    return this.#visits.once(key, () => this.#viaExpression(fn, file, expression, path));
  }

  #viaExpression(fn: Func, file: ProgramFile, expression: Expression, path: Path): boolean {
    switch (expression.kind) {
      case "name":
        return this.#viaName(fn, expression, path);
      case "selector":
        return this.#viaSelector(fn, file, expression, path);
      case "unary":
        return this.#via(fn, file, expression.of, expression.op === "<-" ? [ELEMENT, ...path] : path);
      case "slice":
      case "assertion":
      case "index":
        return this.#via(fn, file, expression.of, expression.kind === "index" ? [ELEMENT, ...path] : path);
      case "call":
        return this.#viaCall(fn, file, expression, path);
      case "composite":
        return this.#viaComposite(fn, file, expression, path);
      case "function":
        return true;
      default:
        return this.#executed(fn);
    }
  }

  /** A variable has what it can have where it is named. */
  #viaName(fn: Func, name: Extract<Expression, { kind: "name" }>, path: Path): boolean {
    const bound = this.#flow.program.bindings.get(name);
    if (bound?.kind !== "variable") return bound?.kind === "function" || this.#executed(fn);
    const sources = bound.fn === fn ? sourcesAt(this.#flow, bound, name) : bound.sources;
    const isAny = sources.length === bound.sources.length;
    return isAny ? this.#viaVariable(fn, bound, path) : this.#viaSources(fn, bound, path, sources);
  }

  #viaVariable(fn: Func, variable: Variable, path: Path): boolean {
    const key = `${this.#wanted.key} ${fn.id} v${variable.id} ${path.join(".")}`;
    if (path.length > MAX_PATH) return this.#executed(fn);
    return this.#visits.once(key, () => {
      if (variable.fn === undefined) return this.#executed(fn);
      if (variable.fn !== fn) return this.#viaLiteral(fn, variable, path);
      if (variable.isParameter) return this.#viaParameter(fn, variable, path);
      return this.#viaSources(fn, variable, path);
    });
  }

  #viaSources(fn: Func, variable: Variable, path: Path, sources: readonly Source[] = variable.sources): boolean {
    const isMade = all(sources, (source) => this.#viaSource(fn, variable, source, path));
    if (path.length > 0 && this.#flow.isSetElsewhere(variable)) return this.#executed(fn);
    const isFresh = this.#viaElements(fn, this.#flow.variable(variable), path) && isMade;
    if (variable.sources.length > 0 || path.length === 0) return isFresh;
    return this.#viaZero(fn, variable.type, variable.file, path) && isFresh;
  }

  /** What the elements of a container, and theirs, are given after it was made. */
  #viaElements(fn: Func, node: number, [head, ...rest]: Path): boolean {
    if (head !== ELEMENT) return true;
    const element = this.#flow.values.elementOf(node);
    const isFresh = this.#viaElements(fn, element, rest);
    return this.#viaStores(fn, element, rest) && isFresh;
  }

  /** Whoever has yet to store something is a way to it. What another function has made is none of this call's. */
  #viaStores(fn: Func, node: number, path: Path): boolean {
    return all(this.#flow.stores(node), ({ fn: storing, value }) => {
      const within = storing ?? fn;
      return this.#access(within, within.file, value, path, value) && storing === fn;
    });
  }

  #viaSource(fn: Func, { file }: Variable, source: Source, path: Path): boolean {
    const within = source.fn ?? fn;
    const whole = source.part === "element" ? [ELEMENT, ...path] : path;
    const isFresh =
      source.value.kind === "call"
        ? this.#viaCall(within, file, source.value, whole, source.index)
        : this.#via(within, file, source.value, whole);
    return isFresh && within === fn;
  }

  /** A captured variable: whoever runs the function around the literal, or keeps the literal, may run it. */
  #viaLiteral(fn: Func, variable: Variable, path: Path): boolean {
    const { parent, literal } = fn;
    if (this.#flow.roots.has(fn) || parent === undefined || literal === undefined) {
      this.#isAnytime = true;
      return false;
    }
    const isFresh = this.#viaVariable(parent, variable, path);
    const isOwn = isFresh && variable.fn === parent && !variable.isParameter;
    const scope = isOwn ? variable.scope : undefined;
    this.#places.push({ fn: parent, at: literal, root: variable, path, isOwn, scope });
    const before = this.#wanted;
    this.#wanted = { key: `f${fn.id} ${isOwn}`, is: ({ target }) => target === fn, isOfOthers: !isOwn };
    for (const site of this.#flow.callersOf.get(fn) ?? []) this.#keptFunction(site);
    this.#wanted = before;
    return false;
  }

  /** The literal is called where a variable, a field or a parameter holds it. */
  #keptFunction({ fn, file, call, isCallback }: CallSite): void {
    if (call.callee.kind === "function") return;
    if (fn === undefined) this.#isAnytime = true;
    // The place of the literal is mostly the place of the call.
    else if (isCallback) this.#places.push({ fn, at: call, ...NOTHING });
    else this.#access(fn, file, call.callee, [], call);
  }

  #viaParameter(fn: Func, variable: Variable, path: Path): boolean {
    if (this.#flow.roots.has(fn)) this.#isAnytime = true;
    for (const site of this.#flow.callersOf.get(fn) ?? []) this.#viaArgument(site, fn, variable, path);
    // Assignments within the function, too.
    this.#viaSources(fn, variable, path);
    return false;
  }

  #viaArgument(site: CallSite, fn: Func, variable: Variable, path: Path): void {
    if (site.fn === undefined) this.#isAnytime = true;
    else if (variable === fn.receiver) {
      const bound = receiverAt(this.#flow, site, fn);
      if (bound === undefined) this.#executedAt(site);
      else this.#viaValue(site.fn, site.file, bound.value, [...bound.through, ...path], site.call);
    } else if (site.isCallback) this.#executedAt(site);
    else this.#viaPassed(site, site.fn, fn, variable, path);
  }

  /** A value that a call is given; one that cannot lead to what is followed does not matter. */
  #viaValue(fn: Func, file: ProgramFile, value: Expression, path: Path, call: Call): void {
    if (mayLeadTo(this.#flow, value, path, this.#wanted)) this.#access(fn, file, value, path, call);
  }

  #viaPassed(site: CallSite, caller: Func, fn: Func, variable: Variable, path: Path): void {
    const passed = passedAs(site, fn, variable);
    if (passed === undefined) return this.#executedAt(site);
    if (passed.isElements && path[0] !== ELEMENT) return;
    const within = passed.isElements ? path.slice(1) : path;
    for (const value of passed.values) this.#viaValue(caller, site.file, value, within, site.call);
  }

  #viaSelector(fn: Func, file: ProgramFile, selector: Extract<Expression, { kind: "selector" }>, path: Path): boolean {
    if (isPackage(this.#flow, selector.of)) return this.#executed(fn);
    return this.#via(fn, file, selector.of, [...fieldNames(this.#flow, file, selector.of, selector.name), ...path]);
  }

  #viaCall(fn: Func, file: ProgramFile, call: Call, path: Path, index = 0): boolean {
    const { callee, args } = call;
    if (isDone(call)) return this.#via(fn, file, call.callee.of, path);
    const targets = (this.#flow.callSites.get(call) ?? []).flatMap((site) => [...site.targets]);
    if (targets.length > 0) return this.#viaResults(targets, index, path);
    const type = args.length === 1 ? this.#flow.types.named(callee, file) : undefined;
    if (type !== undefined && type.kind !== "external") return this.#via(fn, file, args[0]!, path);
    if (callee.kind === "name" && (callee.name === "make" || callee.name === "new")) {
      return path.length === 0 || this.#viaZero(fn, args[0], file, path);
    }
    return this.#viaExternalCall(fn, file, call, path);
  }

  /** Of calls that leave the program the new contexts and Conds are known, and what carries other values. */
  #viaExternalCall(fn: Func, file: ProgramFile, call: Call, path: Path): boolean {
    const carried = carriedBy(call, file);
    if (carried !== undefined) return all(carried, (value) => this.#via(fn, file, value, path));
    const isNamed = call.callee.kind === "selector" && call.callee.of.kind === "name";
    return (isNamed && path.length === 0) || this.#executed(fn);
  }

  #viaResults(targets: readonly Func[], index: number, path: Path): boolean {
    return all(targets, (target) =>
      all(target.returns, (values) => {
        const { value, at } = returnedAt(target, values, index);
        const named = value === undefined ? target.results[index] : resultSetLater(target, index);
        const isKept = named === undefined || this.#viaVariable(target, named, path);
        if (value === undefined) return isKept;
        if (value.kind !== "call") return this.#via(target, target.file, value, path) && isKept;
        return this.#viaCall(target, target.file, value, path, at) && isKept;
      }),
    );
  }

  #viaComposite(fn: Func, file: ProgramFile, literal: Composite, path: Path): boolean {
    const [head, ...rest] = path;
    if (head === undefined) return true;
    const given = givenBy(this.#flow, file, literal, head);
    const isFresh = all(given, (value) => this.#via(fn, file, value, rest));
    return this.#viaZero(fn, literal.type, file, path) && isFresh;
  }

  /** A new value of a type: its fields have what assignments anywhere give them. */
  #viaZero(fn: Func, type: Expression | undefined, file: ProgramFile, [head, ...rest]: Path): boolean {
    if (head === undefined) return true;
    const { types } = this.#flow;
    const elements = head === ELEMENT ? structsOf(types, type, file) : undefined;
    if (head === ELEMENT) return elements === undefined || this.#viaZero(fn, elements.type, elements.file, rest);
    const field = type && types.field(types.named(type, file), head);
    if (field === undefined) return this.#executed(fn);
    const node = this.#flow.field(field);
    const isStored = this.#viaStores(fn, node, rest);
    const isFresh = this.#viaElements(fn, node, rest) && isStored;
    // What is declared as a value within the struct is made with it.
    return rest.length === 0 ? isFresh : this.#viaZero(fn, field.type, field.file, rest) && isFresh;
  }

  /** Any coming call of the function may do it. */
  #executed(fn: Func): false {
    this.#visits.once(`${fn.id} x`, () => {
      if (this.#flow.roots.has(fn)) this.#isAnytime = true;
      for (const site of this.#flow.callersOf.get(fn) ?? []) this.#executedAt(site);
      if (fn.parent !== undefined && fn.literal !== undefined) {
        this.#places.push({ fn: fn.parent, at: fn.literal, ...NOTHING });
        this.#executed(fn.parent);
      }
      return false;
    });
    return false;
  }

  #executedAt({ fn, call }: CallSite): void {
    if (fn === undefined) this.#isAnytime = true;
    else {
      this.#places.push({ fn, at: call, ...NOTHING });
      this.#executed(fn);
    }
  }
}
