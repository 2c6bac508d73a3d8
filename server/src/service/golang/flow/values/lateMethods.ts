import { fieldName, type Func, type NamedType } from "../../program/model.ts";
import { addTo, type Flow } from "./flow.ts";
import type { Site } from "./values.ts";

/** A method of the program, and the embedded fields that lead to what it is called on. */
export interface LateMethod {
  readonly fn: Func;
  readonly through: readonly string[];
}

interface Awaited {
  readonly name: string;
  /** The embedded fields from the value that is asked for to those at hand. */
  readonly through: readonly string[];
  readonly known: Set<string>;
  readonly found: (method: LateMethod) => void;
}

/**
 * Which methods of the program a name means on a value whose type does not tell, as of an interface or of another package:
 * those of the objects that arrive there.
 */
export class LateMethods {
  readonly #flow: Flow;
  readonly #awaited = new Map<number, Awaited[]>();

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** `found` is told of each method of that name which the values of a node may have. */
  await(node: number, name: string, found: (method: LateMethod) => void): void {
    const methods = this.#flow.methodsByName.get(name);
    if (methods === undefined) return;
    const awaited = { name, through: [], known: new Set<string>(), found };
    // Of a number or a function, or of a struct that nothing has filled in, no place is known that makes it.
    for (const fn of methods) if (!this.#isOfPointer(fn)) this.#tell(awaited, node, { fn, through: [] }, undefined);
    this.#add(node, awaited);
  }

  /** When all values have flowed: objects that no place is known to make may be there, as those that a library reads. */
  settle(): void {
    const made = new Set(this.#flow.values.sites.map(({ type }) => type));
    for (const [node, all] of this.#awaited) {
      const isUnknown = [...this.#flow.values.held(node)].every((site) => this.#isNothing(site));
      this.#tellAll(node, all, (fn) => isUnknown || !made.has(this.#typeOf(fn)));
    }
  }

  #tellAll(node: number, all: readonly Awaited[], isIt: (fn: Func) => boolean): void {
    for (const awaited of all) {
      const methods = this.#flow.methodsByName.get(awaited.name) ?? [];
      for (const fn of methods.filter(isIt)) this.#tell(awaited, node, { fn, through: [] }, undefined);
    }
  }

  /** A variable that is declared with an interface has a value of that type, which is nothing. */
  #isNothing({ type }: Site): boolean {
    return type !== undefined && this.#flow.types.underlying(type) === undefined;
  }

  arrive(node: number, site: Site): void {
    for (const awaited of this.#awaited.get(node) ?? []) this.#arrive(awaited, node, site);
  }

  #add(node: number, awaited: Awaited): void {
    addTo(this.#awaited, node, awaited);
    for (const site of this.#flow.values.held(node)) this.#arrive(awaited, node, site);
  }

  #arrive(awaited: Awaited, node: number, { kind, type }: Site): void {
    if (kind !== "object" || type === undefined) return;
    const method = this.#flow.types.method(type, awaited.name);
    if (method === undefined) this.#embedded(awaited, type);
    else this.#tell(awaited, node, method, type);
  }

  /** An interface that a struct embeds has methods of what it holds. */
  #embedded(awaited: Awaited, type: NamedType): void {
    const struct = this.#flow.types.underlying(type);
    for (const field of struct?.kind === "struct" ? struct.fields : []) {
      const name = field.name === undefined ? fieldName(field) : undefined;
      if (struct?.kind !== "struct" || name === undefined) continue;
      const inner = this.#flow.field({ names: [name], type: field.type, file: struct.file });
      if (awaited.known.has(`in ${inner}`)) continue;
      awaited.known.add(`in ${inner}`);
      this.#add(inner, { ...awaited, through: [...awaited.through, name] });
    }
  }

  #tell({ through, known, found }: Awaited, node: number, method: LateMethod, type: NamedType | undefined): void {
    const { fn } = method;
    const whole = [...through, ...method.through];
    const key = `${fn.id} ${whole.join(".")}`;
    if (known.has(key)) return;
    known.add(key);
    const { values } = this.#flow;
    if (fn.receiver !== undefined) {
      values.flow(this.#flow.through(node, type, method.through), this.#flow.variable(fn.receiver));
    }
    found({ fn, through: whole });
  }

  #isOfPointer(fn: Func): boolean {
    return fn.receiver?.type?.kind === "unary" && this.#flow.types.underlying(this.#typeOf(fn))?.kind === "struct";
  }

  #typeOf({ receiver }: Func): NamedType | undefined {
    const type = receiver && this.#flow.types.variable(receiver);
    return type?.kind === "named" ? type : undefined;
  }
}
