import { ToolError } from "./toolError.ts";

/** A text as JSON Schema bounds it. */
interface TextBounds {
  readonly type: "string";
  readonly minLength?: number;
  readonly maxLength: number;
}

/**
 * What one argument of a tool is, as JSON Schema says it, in words that every model's maker takes. It must be given unless
 * it has a default, or may be left out (`optional`, which is no word of JSON Schema): then it is null.
 */
export type ToolParameter = { readonly description?: string; readonly optional?: true } & (
  | (TextBounds & { readonly enum?: readonly string[]; readonly default?: string })
  | { readonly type: "integer"; readonly minimum: number; readonly default?: number }
  | { readonly type: "array"; readonly items: TextBounds; readonly minItems: number; readonly maxItems: number }
);

/** The arguments of a tool by their names. */
export type ToolParameters = Readonly<Record<string, ToolParameter>>;

interface Values {
  readonly string: string;
  readonly integer: number;
  readonly array: readonly string[];
}

/** The arguments as a tool gets them: all there, within their bounds. */
export type ToolInput<P extends ToolParameters> = {
  readonly [Name in keyof P]: Values[P[Name]["type"]] | (P[Name] extends { readonly optional: true } ? null : never);
};

/** The JSON Schema of some parameters. */
export function schemaOf(parameters: ToolParameters) {
  const all = Object.entries(parameters).map(([name, { optional = false, ...schema }]) => {
    return { name, schema, isRequired: !optional && !("default" in schema) };
  });
  return {
    type: "object",
    properties: Object.fromEntries(all.map(({ name, schema }) => [name, schema])),
    required: all.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  } as const;
}

/** Reads what an assistant has given. Throws `ToolError` where it fits no parameter. */
export function readInput<P extends ToolParameters>(parameters: P, given: unknown): ToolInput<P> {
  const values = typeof given === "object" && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(parameters, name));
  const names = Object.keys(parameters).join(", ");
  if (unknown !== undefined)
    throw new ToolError(`There is no argument ${JSON.stringify(unknown.slice(0, 100))}; there are ${names}.`);
  const read = Object.entries(parameters).map(([name, parameter]) => {
    // Models say null for what they leave out.
    const value = (Object.hasOwn(values, name) ? values[name] : null) ?? defaultOf(parameter);
    const isLeftOut = value === null && parameter.optional === true;
    if (!isLeftOut && !fits(parameter, value)) throw new ToolError(`${name} must be ${described(parameter)}.`);
    return [name, value] as const;
  });
  return Object.fromEntries(read) as ToolInput<P>;
}

function defaultOf(parameter: ToolParameter): unknown {
  return "default" in parameter ? parameter.default : null;
}

function fits(parameter: ToolParameter, value: unknown): boolean {
  switch (parameter.type) {
    case "string":
      return isText(value, parameter) && parameter.enum?.includes(value) !== false;
    case "integer":
      return Number.isSafeInteger(value) && (value as number) >= parameter.minimum;
    case "array":
      if (!Array.isArray(value) || value.length < parameter.minItems || value.length > parameter.maxItems) return false;
      return value.every((item) => isText(item, parameter.items));
  }
}

function isText(value: unknown, { minLength = 0, maxLength }: TextBounds): value is string {
  return typeof value === "string" && value.length >= minLength && value.length <= maxLength;
}

function described(parameter: ToolParameter): string {
  switch (parameter.type) {
    case "string":
      if (parameter.enum !== undefined) return `one of ${parameter.enum.join(", ")}`;
      return `a text of ${parameter.minLength ?? 0} to ${parameter.maxLength} characters`;
    case "integer":
      return `a whole number from ${parameter.minimum} on`;
    case "array":
      return `a list of ${parameter.minItems} to ${parameter.maxItems} texts`;
  }
}
