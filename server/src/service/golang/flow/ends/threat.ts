import type { Func, Variable } from "../../program/model.ts";
import type { Span } from "../../syntax/ast.ts";
import type { Site } from "../values/values.ts";

/** A place from which something may still be done to a value that exists already. */
export interface Threat {
  readonly fn: Func;
  readonly at: Span;
  /** The variable of the function through which it gets at the value; undefined: through something else. */
  readonly root: Variable | undefined;
  /** The fields that lead from the variable to the value. */
  readonly path: readonly string[];
  /** Whether it can only be a value that the very call has made. */
  readonly isOwn: boolean;
  /** Where the variable has that value; behind it the same line sees another one. */
  readonly scope: Span | undefined;
}

/** All places from which an operation may still be done. */
export interface Threats {
  /** Whether code that is on no stack may do it at any time, as far as it is known. */
  readonly isAnytime: boolean;
  /** Whether that is sure. */
  readonly isOpen: boolean;
  readonly places: readonly Threat[];
}

/** Fields and elements that lead from a value to another one. */
export type Path = readonly string[];

/** Which values are followed. */
export interface Wanted {
  /** Differs from that of others. */
  readonly key: string;
  is(site: Site): boolean;
  /** Of functions: whether what they do it to is not made by the calls that make them. */
  readonly isOfOthers?: boolean;
}

/** All values. */
export const ANYTHING: Wanted = { key: "", is: () => true };

/** Of a place that gets at the value in a way which is not followed. */
export const NOTHING = { root: undefined, path: [], isOwn: false, scope: undefined } as const;
