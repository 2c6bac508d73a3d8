import type { Owner } from "../../../../core/analysis/confinement.ts";
import type { Func, NamedType, ProgramFile, Variable } from "../../program/model.ts";
import type { FieldPath } from "../../program/types.ts";
import type { Expression } from "../../syntax/ast.ts";
import type { Access } from "../values/access.ts";
import type { Flow } from "../values/flow.ts";
import { isNewValue } from "../values/fresh.ts";
import { newEachTime } from "../values/givenOnce.ts";
import { Homes } from "./homes.ts";
import type { Composite } from "../values/objects.ts";

/** What the receiver of a method has in a field, and no other object ever has in that field. */
interface Inner {
  readonly type: NamedType;
  readonly field: number;
}

/**
 * Which channels belong to one object alone: the field is only ever given a channel that is made there and then, and the
 * object is never copied. Then two calls with different receivers have different channels. So it is with objects: what one
 * has in such a field no other one has there.
 */
export class Owners {
  readonly #flow: Flow;
  /** Numbers of types and fields; undefined for those that objects may share. */
  readonly #kinds = new Map<string, number | undefined>();
  readonly #homes: Homes;
  /** The fields through which accesses were found to lead to what an object alone has. */
  readonly fields = new Set<number>();

  constructor(flow: Flow) {
    this.#flow = flow;
    this.#homes = new Homes(flow, (type, name) => this.#isOwn(type, name, isMake));
  }

  /** What alone has what the access leads to: the call's receiver, or what that has in a field. */
  of(fn: Func, access: Access): Omit<Owner, "frame"> | undefined {
    const { root, path } = access;
    const [name, next, ...more] = path;
    if (root === undefined || more.length > 0) return undefined;
    if (name !== undefined && next !== undefined) {
      const inner = this.inner(fn, root, name);
      const kind = inner && this.#kind(inner.type, next);
      if (inner !== undefined && kind !== undefined) this.fields.add(inner.field);
      return ownerOf(kind, inner?.field);
    }
    if (name === undefined || !isPointerReceiver(fn, root)) return ownerOf(this.#kindAtHome(fn, access), undefined);
    const type = this.#flow.types.variable(root);
    return type?.kind === "named" ? ownerOf(this.#kind(type, name), undefined) : undefined;
  }

  /** What a variable has in a field, when that is the receiver, and no other object ever has the same there. */
  inner(fn: Func, root: Variable, name: string): Inner | undefined {
    if (!isPointerReceiver(fn, root) || this.#flow.pointers.isReplaced(this.#flow.variable(root))) return undefined;
    const { types } = this.#flow;
    const type = types.variable(root);
    const field = types.field(type, name);
    if (type?.kind !== "named" || field?.type.kind !== "unary" || this.#isOpen(field)) return undefined;
    const inner = types.named(field.type, field.file);
    const kind = inner?.kind === "named" ? this.#kind(type, name) : undefined;
    return inner?.kind === "named" && kind !== undefined ? { type: inner, field: kind } : undefined;
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
    if (this.#flow.pointers.isReplaced(node)) return false;
    const given = new Set<Variable>();
    const isFresh = (value: Expression, file: ProgramFile | undefined) => {
      if (isOne(value, file, this.#flow)) return true;
      const variable = isOne === isNew ? newEachTime(this.#flow, value) : undefined;
      // Given in two places, one value would be in two objects.
      if (variable === undefined || given.has(variable)) return false;
      given.add(variable);
      return true;
    };
    if (!this.#flow.stores(node).every(({ value, fn }) => isFresh(value, fn?.file))) return false;
    return objects.literals(type).every(({ literal, file }) => {
      const value = valueOf(literal, name, this.#flow, type);
      return value === undefined || isFresh(value, file);
    });
  }

  /** Whether code outside of the program may give it a value. */
  #isOpen(field: FieldPath): boolean {
    return [...this.#flow.values.held(this.#flow.field(field))].some(({ kind }) => kind === "unknown");
  }
}

function ownerOf(kind: number | undefined, field: number | undefined): Omit<Owner, "frame"> | undefined {
  return kind === undefined ? undefined : { kind, field };
}

/** Whether a variable is the receiver of a method, a pointer, and stays what it is. */
export function isPointerReceiver({ receiver }: Func, root: Variable | undefined): root is Variable {
  return root !== undefined && root === receiver && root.sources.length === 0 && root.type?.kind === "unary";
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
