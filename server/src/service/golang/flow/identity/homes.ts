import type { Func, NamedType, Variable } from "../../program/model.ts";
import type { FieldPath } from "../../program/types.ts";
import type { Expression, Name } from "../../syntax/ast.ts";
import type { Access } from "../values/access.ts";
import type { CallSite, Flow } from "../values/flow.ts";

/** Asks whether each object of a type has a thing of its own in a field. */
type IsAlone = (type: NamedType, name: string) => boolean;

/**
 * Which values an object keeps to itself: its methods make them, or take them out of a map or channel of the object, into
 * which only its methods put what they have in that way. Then calls with different receivers have different values. What
 * leaves the object besides does no harm: elsewhere nothing is said of it.
 */
export class Homes {
  readonly #flow: Flow;
  readonly #isAlone: IsAlone;
  /** Variables and fields; those that are being looked into count as kept until something else is found. */
  readonly #kept = new Map<string, boolean>();

  constructor(flow: Flow, isAlone: IsAlone) {
    this.#flow = flow;
    this.#isAlone = isAlone;
  }

  /** A name for the values that an access of a method leads to, when the receiver keeps them to itself. */
  of(fn: Func, { root, path }: Access): string | undefined {
    const [name, ...more] = path;
    const type = root === undefined || more.length > 0 ? undefined : this.#receiverType(fn);
    if (root === undefined || type === undefined || root === fn.receiver || !this.#isKept(fn, type, root))
      return undefined;
    if (name === undefined) return `${type.id}`;
    const carrier = this.#flow.types.variable(root);
    const isOwn = carrier?.kind === "named" && this.#isAlone(carrier, name);
    return isOwn ? `${type.id} ${carrier.id} ${name}` : undefined;
  }

  #receiverType({ receiver }: Func): NamedType | undefined {
    const isFixed = receiver !== undefined && receiver.type?.kind === "unary" && receiver.sources.length === 0;
    const type = isFixed ? this.#flow.types.variable(receiver) : undefined;
    return type?.kind === "named" ? type : undefined;
  }

  /** Whether all that a variable of a method ever has is the receiver's. */
  #isKept(fn: Func, type: NamedType, variable: Variable): boolean {
    if (variable.fn !== fn || this.#flow.pointers.isReplaced(this.#flow.variable(variable))) return false;
    return this.#once(`v${variable.id}`, () => {
      const { sources } = variable;
      if (variable.isParameter) return sources.length === 0 && this.#isGivenKept(fn, type, variable);
      // What is declared without a value is made by the call.
      return (
        (sources.length > 0 || variable.type !== undefined) &&
        sources.every(({ fn: setting, value, index, part }) => {
          if (setting !== fn) return false;
          return part === "element"
            ? this.#isContainer(fn, type, value)
            : index === 0 && this.#isValueKept(fn, type, value);
        })
      );
    });
  }

  #isValueKept(fn: Func, type: NamedType, value: Expression): boolean {
    switch (value.kind) {
      case "composite":
        return value.elements.length === 0 || this.#isStruct(fn, value.type);
      case "unary":
        if (value.op === "<-") return this.#isContainer(fn, type, value.of);
        return value.op === "&" && value.of.kind === "composite";
      case "call":
        return value.callee.kind === "name" && value.callee.name === "make";
      case "index":
        return this.#isContainer(fn, type, value.of);
      case "name": {
        const bound = this.#flow.program.bindings.get(value);
        return bound?.kind === "variable" && this.#isKept(fn, type, bound);
      }
      default:
        return false;
    }
  }

  #isStruct({ file }: Func, type: Expression | undefined): boolean {
    const { types } = this.#flow;
    return type !== undefined && types.underlying(types.named(type, file))?.kind === "struct";
  }

  /** Whether only methods with the same receiver call the method, and give it what they have of the receiver. */
  #isGivenKept(fn: Func, type: NamedType, parameter: Variable): boolean {
    const sites = this.#flow.callersOf.get(fn) ?? [];
    if (this.#flow.roots.has(fn) || fn.isVariadic || sites.length === 0) return false;
    return sites.every((site) => {
      const value = site.args[fn.params.indexOf(parameter)];
      const isPlain = !site.isCallback && site.args.length === fn.params.length && site.through.length === 0;
      return isPlain && value !== undefined && this.#isOfSame(site, type) && this.#isValueKept(site.fn!, type, value);
    });
  }

  /** Whether a method calls another one of its own receiver. */
  #isOfSame({ fn, receiver }: CallSite, type: NamedType): boolean {
    return fn !== undefined && this.#receiverType(fn) === type && this.#isReceiver(receiver, fn);
  }

  #isReceiver(expression: Expression | undefined, { receiver }: Func): boolean {
    return expression?.kind === "name" && this.#flow.program.bindings.get(expression) === receiver;
  }

  /**
   * `s.jobs` of a method of `s`: a map or channel that only such methods have, and fill with what they keep. So are its
   * elements, when they are maps: `s.jobs[name]`.
   */
  #isContainer(fn: Func, type: NamedType, expression: Expression): boolean {
    if (expression.kind === "index") return this.#isContainer(fn, type, expression.of);
    if (expression.kind === "name") return this.#isKeptMap(fn, type, expression);
    return (
      expression.kind === "selector" && this.#isReceiver(expression.of, fn) && this.#isFieldKept(type, expression.name)
    );
  }

  /** `m := s.jobs[name]` */
  #isKeptMap(fn: Func, type: NamedType, name: Name): boolean {
    const bound = this.#flow.program.bindings.get(name);
    if (bound?.kind !== "variable" || !this.#isKept(fn, type, bound)) return false;
    return this.#once(`e${bound.id}`, () =>
      this.#areStoresKept(type, this.#flow.values.elementOf(this.#flow.variable(bound))),
    );
  }

  #isFieldKept(type: NamedType, name: string): boolean {
    return this.#once(`f${type.id} ${name}`, () => {
      const field = this.#flow.types.field(type, name);
      if (field === undefined || !this.#isAlone(type, name) || !this.#isNamedByMethods(type, name)) return false;
      return this.#levels(field).every((element) => this.#areStoresKept(type, element));
    });
  }

  /** The nodes of what a field's map or channel has, and of what the maps have that are in it. */
  #levels(field: FieldPath): readonly number[] {
    const levels = [this.#flow.values.elementOf(this.#flow.field(field))];
    for (let { type } = field; type.kind === "map" && type.of.kind === "map"; type = type.of)
      levels.push(this.#flow.values.elementOf(levels.at(-1)!));
    return levels;
  }

  #areStoresKept(type: NamedType, element: number): boolean {
    return this.#flow.stores(element).every(({ fn, into, value }) => {
      if (fn === undefined || into === undefined || this.#receiverType(fn) !== type) return false;
      return this.#isContainer(fn, type, into) && this.#isValueKept(fn, type, value);
    });
  }

  /** Whether the field is named only as one of the receiver of a method. */
  #isNamedByMethods(type: NamedType, name: string): boolean {
    const { nodes, program } = this.#flow;
    for (const expression of nodes.keys()) {
      if (expression.kind !== "selector" || expression.name !== name) continue;
      const bound = expression.of.kind === "name" ? program.bindings.get(expression.of) : undefined;
      if (bound?.kind !== "variable" || bound.fn === undefined) return false;
      if (bound === bound.fn.receiver && this.#receiverType(bound.fn) === type) continue;
      const other = this.#flow.types.variable(bound);
      if (other?.kind !== "named" || other === type) return false;
    }
    return true;
  }

  /** What was found kept while something counted as kept that is not may rest on that: it is looked into again. */
  #once(key: string, find: () => boolean): boolean {
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const before = new Set(this.#kept.keys());
    this.#kept.set(key, true);
    const isKept = find();
    if (!isKept) {
      for (const [other, wasKept] of this.#kept) if (wasKept && !before.has(other)) this.#kept.delete(other);
      this.#kept.set(key, false);
    }
    return isKept;
  }
}
