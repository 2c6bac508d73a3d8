/** What part of a goroutine a term of a filter looks at. */
export type FilterField = "any" | "state" | "pkg" | "file" | "func" | "label" | "id" | "wait" | "count" | "created";

/** One condition. All conditions of a filter have to hold. */
export interface FilterTerm {
  readonly field: FilterField;
  /** In lower case. Empty in numeric fields. */
  readonly text: string;
  /** Only in numeric fields: any of these spans holds the number. */
  readonly spans: readonly NumberSpan[];
  /** Written with a `-` in front: the condition must not hold. */
  readonly isNegated: boolean;
}

/** Both ends belong to the span. */
export interface NumberSpan {
  readonly least: number;
  readonly most: number;
}

/** A filter read from its text, or a sentence that says what is wrong with it. */
export type FilterQuery =
  | { readonly kind: "terms"; readonly terms: readonly FilterTerm[] }
  | { readonly kind: "malformed"; readonly message: string };

const FIELDS: ReadonlyMap<string, FilterField> = new Map<string, FilterField>([
  ["state", "state"],
  ["pkg", "pkg"],
  ["package", "pkg"],
  ["file", "file"],
  ["func", "func"],
  ["label", "label"],
  ["id", "id"],
  ["wait", "wait"],
  ["count", "count"],
  ["created", "created"],
]);
const NUMERIC: ReadonlySet<FilterField> = new Set<FilterField>(["id", "wait", "count"]);

/** A minus, a field's name, and a value in quotes or up to the next space; none of it is bound to be there. */
const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|([^\s"]*))/gy;
const NUMBERS = /^(?:(>=|<=|>|<)?(\d{1,15})|(\d{1,15})-(\d{1,15}))$/;

/**
 * Reads a filter: words with spaces between them, all of which must match. `chan` looks at functions, files, the state and
 * the labels; `state:`, `pkg:`, `file:`, `func:`, `created:` at one of them; `label:key=value` at a label;
 * `id:7,9-12`, `wait:>5` (minutes) and `count:>=10` at numbers. `-` in front negates, quotes keep spaces together.
 */
export function parseFilter(text: string): FilterQuery {
  const terms: FilterTerm[] = [];
  const rest = text.trim();
  for (let at = 0; at < rest.length; at = skipSpaces(rest, TERM.lastIndex)) {
    TERM.lastIndex = at;
    const match = TERM.exec(rest);
    if (match === null || match[0] === "") return malformed(`The filter cannot be read from ${rest.slice(at)} on.`);
    if (match[4] === "") return malformed("A quote in the filter is not closed.");
    const term = readTerm(match);
    if (term === undefined) return malformed(`"${match[2]}:" wants a number, e.g. ${match[2]}:>10.`);
    // A term without a value is still being typed.
    if (term.text !== "" || term.spans.length > 0) terms.push(term);
  }
  return { kind: "terms", terms };
}

/** Undefined: the field wants a number, and there is none. */
function readTerm([, minus, name, quoted, , bare]: RegExpExecArray): FilterTerm | undefined {
  const isNegated = minus === "-";
  const value = (quoted ?? bare ?? "").toLowerCase();
  const field = name === undefined ? undefined : FIELDS.get(name);
  if (field === undefined) {
    return { field: "any", text: name === undefined ? value : `${name}:${value}`, spans: [], isNegated };
  }
  if (!NUMERIC.has(field)) return { field, text: value, spans: [], isNegated };
  const spans = value === "" ? [] : readSpans(value);
  return spans && { field, text: "", spans, isNegated };
}

function malformed(message: string): FilterQuery {
  return { kind: "malformed", message };
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (/^\s$/.test(text.charAt(at))) at++;
  return at;
}

function readSpans(value: string): NumberSpan[] | undefined {
  const spans = value.split(",").map(readSpan);
  return spans.every((span) => span !== undefined) ? spans : undefined;
}

function readSpan(value: string): NumberSpan | undefined {
  const match = NUMBERS.exec(value);
  if (match === null) return undefined;
  const [, sign, single, first, last] = match;
  if (first !== undefined) return { least: Number(first), most: Number(last) };
  const number = Number(single);
  switch (sign) {
    case ">":
      return { least: number + 1, most: Infinity };
    case ">=":
      return { least: number, most: Infinity };
    case "<":
      return { least: 0, most: number - 1 };
    case "<=":
      return { least: 0, most: number };
    default:
      return { least: number, most: number };
  }
}
