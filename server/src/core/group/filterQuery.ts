import { type Message, say } from "../text/say.ts";
import { FILTER_FIELDS, type FilterField, fieldNamed, HAS_VALUES } from "./filterFields.ts";
import { type FilterFault, type Token, tokensOf } from "./filterTokens.ts";

/** One condition. */
export interface FilterTerm {
  readonly kind: "term";
  readonly field: FilterField;
  /** In lower case. Empty in numeric fields. */
  readonly text: string;
  /** Only in numeric fields: any of these spans holds the number. */
  readonly spans: readonly NumberSpan[];
}

/** Conditions put together. Empty `parts`: everything is let through. */
export type Filter =
  | FilterTerm
  | { readonly kind: "all" | "any"; readonly parts: readonly Filter[] }
  | { readonly kind: "not"; readonly part: Filter };

/** Both ends belong to the span. */
export interface NumberSpan {
  readonly least: number;
  readonly most: number;
}

/** A filter read from its text, or what is wrong with it. */
export type FilterQuery =
  | { readonly kind: "filter"; readonly filter: Filter; readonly isEmpty: boolean }
  | ({ readonly kind: "malformed" } & FilterFault);

/** Lets everything through. */
export const NO_FILTER: Filter = { kind: "all", parts: [] };

/** Parentheses within each other: a filter is typed by hand. */
const DEPTH_LIMIT = 50;

const NUMERIC: ReadonlySet<FilterField> = new Set<FilterField>(["id", "wait", "count"]);
const NUMBERS = /^(>=|<=|>|<)?(\d{1,15})([mhd]?)(?:-(\d{1,15})([mhd]?))?$/;
const MINUTES: ReadonlyMap<string, number> = new Map([
  ["m", 1],
  ["h", 60],
  ["d", 24 * 60],
]);

/**
 * Reads a filter: conditions with spaces between them, all of which must hold, or with `or`; `not` or `-` in front negates,
 * parentheses group, quotes keep spaces together. A bare word looks at functions, files, the state, the labels and the
 * goroutine's number; `name:value` at one of {@link FILTER_FIELDS}.
 */
export function parseFilter(text: string): FilterQuery {
  const tokens = tokensOf(text);
  if ("message" in tokens) return { kind: "malformed", ...tokens };
  const parser = new Parser(tokens, text.length);
  const filter = parser.whole();
  if (parser.fault !== null) return { kind: "malformed", ...parser.fault };
  return { kind: "filter", filter, isEmpty: isEmpty(filter) };
}

function isEmpty(filter: Filter): boolean {
  return (filter.kind === "all" || filter.kind === "any") && filter.parts.length === 0;
}

/** Goes through the pieces once; the first fault ends it. */
class Parser {
  fault: FilterFault | null = null;
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  whole(): Filter {
    const filter = this.#any();
    const rest = this.#tokens[this.#next];
    if (rest !== undefined) this.#fail(rest, say`This parenthesis closes nothing.`);
    return filter;
  }

  #any(): Filter {
    const parts = [this.#all()];
    while (this.#take("or") !== undefined) parts.push(this.#operand("or"));
    return joined("any", parts);
  }

  #operand(word: string): Filter {
    const before = this.#next;
    const filter = this.#all();
    if (this.#next === before) this.#failHere(wantsMore(word));
    return filter;
  }

  #all(): Filter {
    const parts: Filter[] = [];
    for (;;) {
      const and = this.#take("and");
      const part = this.#one();
      if (part === undefined) {
        if (and !== undefined) this.#failHere(wantsMore("and"));
        return joined("all", parts);
      }
      parts.push(part);
    }
  }

  #one(): Filter | undefined {
    const isNegated = this.#negations();
    if (isNegated !== undefined) {
      const part = this.#plain();
      if (part === undefined) this.#failHere(wantsMore("not"));
      if (part === undefined || isEmpty(part)) return NO_FILTER;
      return isNegated ? { kind: "not", part } : part;
    }
    return this.#plain();
  }

  /** Whether all that negates here amounts to a negation; undefined: nothing does. */
  #negations(): boolean | undefined {
    let isNegated: boolean | undefined;
    while (this.#take("not") !== undefined) isNegated = isNegated !== true;
    return isNegated;
  }

  #plain(): Filter | undefined {
    const open = this.#take("open");
    if (open !== undefined) return this.#inParentheses(open);
    const term = this.#take("term");
    return term === undefined ? undefined : this.#term(term);
  }

  #inParentheses(open: Token): Filter {
    if (++this.#depth > DEPTH_LIMIT) {
      this.#fail(open, say`There are more than ${DEPTH_LIMIT} parentheses within each other.`);
      return NO_FILTER;
    }
    const inner = this.#any();
    if (this.#take("close") === undefined) this.#fail(open, say`This parenthesis is not closed.`);
    this.#depth--;
    return inner;
  }

  #term(token: Token): Filter {
    const { name, value } = token;
    const text = value.toLowerCase();
    if (name === undefined) return text === "" ? NO_FILTER : { kind: "term", field: "any", text, spans: [] };
    const field = fieldNamed(name);
    if (field === undefined) {
      const known = FILTER_FIELDS.map((each) => `${each.field}:`).join(" ");
      this.#fail(token, say`There is no "${name}:". Put it in quotes to look for the text. Known are ${known}`);
      return NO_FILTER;
    }
    // What has no value yet is still being typed.
    if (text === "") return NO_FILTER;
    if (field === "has" && !HAS_VALUES.some((each) => each === text)) {
      this.#fail(token, say`"has:" knows ${HAS_VALUES.join(", ")}.`);
    }
    if (!NUMERIC.has(field)) return { kind: "term", field, text, spans: [] };
    const spans = spansOf(text, field);
    if (spans === undefined) {
      const example = FILTER_FIELDS.find((each) => each.field === field)?.example ?? "";
      this.#fail(token, say`"${field}:" wants a number, e.g. ${example}.`);
    }
    return { kind: "term", field, text: "", spans: spans ?? [] };
  }

  #take(kind: Token["kind"]): Token | undefined {
    const token = this.fault === null ? this.#tokens[this.#next] : undefined;
    if (token?.kind !== kind) return undefined;
    this.#next++;
    return token;
  }

  #failHere(message: FilterFault["message"]): void {
    this.#fail(this.#tokens[this.#next] ?? { start: this.#end, end: this.#end }, message);
  }

  #fail({ start, end }: Pick<Token, "start" | "end">, message: FilterFault["message"]): void {
    this.fault ??= { message, start, end };
  }
}

function wantsMore(word: string): Message {
  return say`"${word}" wants something behind it.`;
}

/** Without those that let everything through. */
function joined(kind: "all" | "any", parts: readonly Filter[]): Filter {
  if (kind === "any" && parts.some(isEmpty)) return NO_FILTER;
  const telling = parts.filter((part) => !isEmpty(part));
  const [only] = telling;
  return telling.length === 1 && only !== undefined ? only : { kind, parts: telling };
}

function spansOf(value: string, field: FilterField): readonly NumberSpan[] | undefined {
  const spans = value.split(",").map((one) => spanOf(one, field));
  return spans.every((span) => span !== undefined) ? spans : undefined;
}

function spanOf(value: string, field: FilterField): NumberSpan | undefined {
  const [, sign, first, unit = "", last, lastUnit = ""] = NUMBERS.exec(value) ?? [];
  if (first === undefined || (field !== "wait" && unit + lastUnit !== "")) return undefined;
  const number = Number(first) * (MINUTES.get(unit) ?? 1);
  if (last !== undefined) {
    const end = Number(last) * (MINUTES.get(lastUnit) ?? 1);
    return sign === undefined ? { least: number, most: end } : undefined;
  }
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
