import { type Message, say } from "../text/say.ts";

/** What a term of a filter looks at. */
export type FilterField =
  | "any"
  | "state"
  | "pkg"
  | "file"
  | "func"
  | "label"
  | "id"
  | "wait"
  | "count"
  | "created"
  | "ancestor"
  | "has";

/** A field as people write and choose it. */
export interface FieldHelp {
  readonly field: Exclude<FilterField, "any">;
  readonly example: string;
  readonly meaning: Message;
}

/** All fields, in the order in which they are offered. */
export const FILTER_FIELDS: readonly FieldHelp[] = [
  { field: "state", example: 'state:"chan send"', meaning: say`what it waits for or does` },
  { field: "func", example: "func:websocket", meaning: say`a function on its stack` },
  { field: "pkg", example: "pkg:net/http", meaning: say`the package of a function on its stack` },
  { field: "file", example: "file:hub.go:58", meaning: say`a file of its stack, with or without the line` },
  { field: "wait", example: "wait:>10m", meaning: say`how long it has waited: m, h or d, minutes without a unit` },
  { field: "count", example: "count:>100", meaning: say`how many goroutines share its stack and state` },
  { field: "label", example: "label:route=/buy", meaning: say`a profiler label` },
  { field: "id", example: "id:7,9-12", meaning: say`its number` },
  {
    field: "created",
    example: "created:main.serve",
    meaning: say`who started it: a function, or a goroutine's number`,
  },
  { field: "ancestor", example: "ancestor:7", meaning: say`who started it, or those who did, and so on` },
  { field: "has", example: "has:finding", meaning: say`a finding, a label, a wait or a creator` },
];

/** What `has:` may ask for. */
export const HAS_VALUES = ["finding", "label", "wait", "creator"] as const;

const BY_NAME: ReadonlyMap<string, FilterField> = new Map<string, FilterField>([
  ...FILTER_FIELDS.map(({ field }) => [field, field] as const),
  ["package", "pkg"],
  ["function", "func"],
]);

/** The field of that name; undefined: there is none. */
export function fieldNamed(name: string): FilterField | undefined {
  return BY_NAME.get(name);
}
