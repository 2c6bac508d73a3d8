import type { Variable } from "../../program/model.ts";
import type { FieldPath } from "../../program/types.ts";
import { ELEMENT } from "./access.ts";
import type { Flow } from "./flow.ts";

/** Whether the fields on the way from a variable are given a value only where their struct is made. */
export function arePathsSetOnce(flow: Flow, root: Variable, path: readonly string[]): boolean {
  if (path.includes(ELEMENT) || flow.pointers.isReplaced(flow.variable(root))) return false;
  let type = flow.types.variable(root);
  for (const name of path) {
    const field: FieldPath | undefined = flow.types.field(type, name);
    if (field === undefined || field.names.length > 1) return false;
    const node = flow.field(field);
    if (flow.stores(node).length > 0 || flow.pointers.isReplaced(node)) return false;
    type = flow.types.named(field.type, field.file);
  }
  return true;
}
