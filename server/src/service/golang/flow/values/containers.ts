import type { ProgramFile } from "../../program/model.ts";
import type { Types } from "../../program/types.ts";
import type { Expression } from "../../syntax/ast.ts";

/** How often types are declared as each other. */
const MAX_DEPTH = 24;

/** A type, and the file that names it. */
export interface Typed {
  readonly type: Expression;
  readonly file: ProgramFile;
}

/** The types of what an array, slice or map has. */
export interface Container {
  readonly of: Typed;
  readonly key: Typed | undefined;
}

/** The types of what an array, slice or map has, also of one that is declared: `type routes []route`. */
export function containerOf(types: Types, { type, file }: Typed, depth = 0): Container | undefined {
  if (type.kind === "array") return { of: { type: type.of, file }, key: undefined };
  if (type.kind === "map") return { of: { type: type.of, file }, key: { type: type.key, file } };
  const named = depth < MAX_DEPTH ? types.named(type, file) : undefined;
  return named?.kind === "named" ? containerOf(types, named, depth + 1) : undefined;
}

/** The type of the elements of an array or slice, when they are no pointers: they are made with it, and filled later. */
export function structsOf(types: Types, type: Expression | undefined, file: ProgramFile): Typed | undefined {
  const container = type && containerOf(types, { type, file });
  const isOfStructs = container?.key === undefined && container?.of.type.kind !== "unary";
  return isOfStructs ? container?.of : undefined;
}
