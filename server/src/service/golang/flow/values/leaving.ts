import { fieldName } from "../../program/model.ts";
import type { NamedType } from "../../program/model.ts";
import type { Flow } from "./flow.ts";
import { isExported } from "./standard.ts";
import type { Site } from "./values.ts";

/** Code outside has a value of the type, and may call those of its methods. */
export function giveMethods(flow: Flow, site: Site, mayCall: (method: string) => boolean): void {
  const { type } = site;
  if (type === undefined) return;
  for (const name of methodNames(flow, type)) {
    const fn = mayCall(name) ? flow.types.method(type, name)?.fn : undefined;
    if (fn === undefined) continue;
    flow.makeRoot(fn);
    if (fn.receiver !== undefined) flow.values.hold(flow.variable(fn.receiver), site);
  }
}

function methodNames(flow: Flow, type: NamedType): ReadonlySet<string> {
  const names = new Set(type.methods.keys());
  const struct = flow.types.underlying(type);
  if (struct?.kind !== "struct") return names;
  // Methods of embedded types: by all names there are.
  if (struct.fields.some(({ name }) => name === undefined))
    for (const name of flow.methodsByName.keys()) names.add(name);
  return names;
}

/** Code outside can use the exported fields of a type. */
export function giveFields(flow: Flow, type: NamedType): void {
  give(flow, type, flow.values.outside, isExported);
}

/** Through an `unsafe.Pointer` all fields of a type can be used. */
export function giveAllFields(flow: Flow, type: NamedType): void {
  give(flow, type, flow.unsafe, () => true);
}

function give(flow: Flow, type: NamedType, exit: number, isGiven: (field: string) => boolean): void {
  const struct = flow.types.underlying(type);
  if (struct?.kind !== "struct") return;
  for (const field of struct.fields) {
    const name = fieldName(field);
    if (name === undefined || !isGiven(name)) continue;
    const node = flow.field({ names: [name], type: field.type, file: struct.file });
    flow.values.flow(node, exit);
    flow.values.flow(flow.values.outside, node);
  }
}
