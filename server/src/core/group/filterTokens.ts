import { type Message, say } from "../text/say.ts";

/** A piece of a filter's text, from `start` to `end`. */
export interface Token {
  readonly kind: "and" | "or" | "not" | "open" | "close" | "term";
  readonly start: number;
  readonly end: number;
  /** Of a term: the name before the colon, in lower case; undefined where there is none. */
  readonly name?: string;
  /** Of a term: its value, without quotes. */
  readonly value: string;
}

/** What is wrong with a filter, and where in its text. */
export interface FilterFault {
  readonly message: Message;
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s/;
/** A name and its colon. `manager.go:216` and `C:\x` have none: a name has letters alone, and two at least. */
const NAME = /([a-z]{2,}):/iy;
const WORDS: ReadonlyMap<string, "and" | "or" | "not"> = new Map([
  ["and", "and"],
  ["or", "or"],
  ["not", "not"],
]);

/** Splits a filter into its pieces; a fault where a quote does not end. */
export function tokensOf(text: string): readonly Token[] | FilterFault {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (SPACE.test(char)) at++;
    else if (char === "(" || char === ")") {
      tokens.push({ kind: char === "(" ? "open" : "close", start: at, end: at + 1, value: "" });
      at++;
    } else if (char === "-" && /[^\s)]/.test(text.charAt(at + 1))) {
      tokens.push({ kind: "not", start: at, end: at + 1, value: "" });
      at++;
    } else {
      const term = termAt(text, at);
      if ("message" in term) return term;
      tokens.push(term);
      at = term.end;
    }
  }
  return tokens;
}

function termAt(text: string, start: number): Token | FilterFault {
  NAME.lastIndex = start;
  const name = NAME.exec(text)?.[1];
  const from = name === undefined ? start : NAME.lastIndex;
  if (text.charAt(from) === '"') {
    const close = text.indexOf('"', from + 1);
    if (close < 0) return { message: say`The quote is not closed.`, start: from, end: text.length };
    return {
      kind: "term",
      start,
      end: close + 1,
      value: text.slice(from + 1, close),
      ...(name && { name: name.toLowerCase() }),
    };
  }
  const end = endOfWord(text, from);
  const value = text.slice(from, end);
  const word = name === undefined ? WORDS.get(value.toLowerCase()) : undefined;
  if (word !== undefined) return { kind: word, start, end, value: "" };
  return { kind: "term", start, end, value, ...(name && { name: name.toLowerCase() }) };
}

/** Up to a space, or a parenthesis that the word itself has not opened: `ws.(*Hub).run` is one word. */
function endOfWord(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (SPACE.test(char) || char === '"') return at;
    if (char === "(") depth++;
    else if (char === ")" && --depth < 0) return at;
  }
  return text.length;
}
