import type { Func, NamedType, ProgramFile, Variable } from "../program/model.ts";
import type { Expression } from "../syntax/ast.ts";
import type { Access } from "./access.ts";
import type { Flow } from "./flow.ts";
import { isNewValue } from "./fresh.ts";
import { Homes } from "./homes.ts";
import type { Composite } from "./objects.ts";

/**
 * Which channels belong to one object alone: the field is only ever given a channel that is made there and then, and the
 * object is never copied. Then two calls with different receivers have different channels.
 */
export class Owners {
  readonly #flow: Flow;
  /** Numbers of types and fields; undefined for those that objects may share. */
  readonly #kinds = new Map<string, number | undefined>();
  readonly #homes: Homes;

  constructor(flow: Flow) {
    this.#flow = flow;
    this.#homes = new Homes(flow, (type, name) => this.#isOwn(type, name, isMake));
  }

  /** The number of the type and field, when the access leads to what the call's receiver alone has. */
  kind(fn: Func, access: Access): number | undefined {
    const { root, path } = access;
    const [name] = path;
    if (root === undefined || path.length > 1) return undefined;
    if (name === undefined || !isPointerReceiver(fn, root)) return this.#kindAtHome(fn, access);
    const type = this.#flow.types.variable(root);
    if (type?.kind !== "named") return undefined;
    return this.#kind(type, name);
  }

  /** The number of what the object of a method keeps in its maps and channels. */
  #kindAtHome(fn: Func, access: Access): number | undefined {
    const home = this.#homes.of(fn, access);
    if (home === undefined) return undefined;
    const key = `home ${home}`;
    if (!this.#kinds.has(key)) this.#kinds.set(key, this.#kinds.size);
    return this.#kinds.get(key);
  }

  /** Whether each object of a type has a channel of its own in a field, and no other has it. */
  isAlone(type: NamedType, name: string): boolean {
    return this.#kind(type, name) !== undefined;
  }

  #kind(type: NamedType, name: string): number | undefined {
    const key = `${type.id} ${name}`;
    if (!this.#kinds.has(key)) this.#kinds.set(key, this.#isOwn(type, name, isNew) ? this.#kinds.size : undefined);
    return this.#kinds.get(key);
  }

  /** `isOne`: whether what the field is given is made there and then. */
  #isOwn(type: NamedType, name: string, isOne: IsNew): boolean {
    const { types, objects } = this.#flow;
    const field = types.field(type, name);
    if (field === undefined || field.names.length > 1 || objects.isCopied(type)) return false;
    const node = this.#flow.field(field);
    const isFresh = (value: Expression, file: ProgramFile | undefined) => isOne(value, file, this.#flow);
    const stores = this.#flow.stores(node);
    if (this.#flow.isReplaced(node) || !stores.every(({ value, fn }) => isFresh(value, fn?.file))) return false;
    return objects.literals(type).every(({ literal, file }) => {
      const given = valueOf(literal, name, this.#flow, type);
      return given === undefined || isFresh(given, file);
    });
  }
}

function isPointerReceiver({ receiver }: Func, root: Variable): boolean {
  return root === receiver && root.sources.length === 0 && root.type?.kind === "unary";
}

/** Whether a value is made where it is given; of what a package's variables are given, only what the language makes. */
type IsNew = (value: Expression, file: ProgramFile | undefined, flow: Flow) => boolean;

const isNew: IsNew = (value, file, flow) => isMake(value) || (file !== undefined && isNewValue(flow, file, value));

/** Whether it is a new channel, map or slice, with nothing in it. */
function isMake(value: Expression): boolean {
  if (value.kind === "composite") return value.type?.kind === "map" && value.elements.length === 0;
  return value.kind === "call" && value.callee.kind === "name" && value.callee.name === "make";
}

/** What a literal gives a field; undefined: nothing. */
function valueOf({ elements }: Composite, name: string, { types }: Flow, type: NamedType): Expression | undefined {
  const struct = types.underlying(type);
  const index = struct?.kind === "struct" ? struct.fields.findIndex((field) => field.name?.name === name) : -1;
  return elements.find(({ key }, at) => (key === undefined ? at === index : key.kind === "name" && key.name === name))
    ?.value;
}
