import type { Func } from "../../program/model.ts";
import type { Expression } from "../../syntax/ast.ts";

/** A value that is assigned to a field or an element, appended or sent. */
export interface Store {
  readonly fn: Func | undefined;
  readonly value: Expression;
  /** The container that an element is put into; undefined where the statement does not name it. */
  readonly into?: Expression;
}
