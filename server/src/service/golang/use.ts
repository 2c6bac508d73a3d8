import { say } from "../../core/text/say.ts";
import { words } from "../base/words.ts";
import { tokenizeGo, type GoToken } from "./tokens.ts";

/**
 * What a line of Go source does with the name at a place of it (0-based), as the verb of a sentence: `sends to`,
 * `receives from`, `closes`, `ranges over`, `calls Unlock of`, `sets`; `mentions` where it is none of these.
 */
export function useOfName(source: string, line: number, column: number): string {
  const tokens = tokenizeGo(source);
  const at = tokens.findIndex((token) => token.line === line && token.column <= column && column <= endOf(token));
  const name = tokens[at]?.kind === "name" ? at : at + 1;
  return at < 0 ? words(say`mentions`) : (useBehind(tokens, name) ?? useBefore(tokens, name) ?? words(say`mentions`));
}

function endOf({ column, text }: GoToken): number {
  return column + text.length - 1;
}

/** What follows the name: `ch <- v`, `mu.Lock()`, `ch = make(chan T)`. */
function useBehind(tokens: readonly GoToken[], at: number): string | undefined {
  const end = skipIndex(tokens, at + 1);
  const next = tokens[end];
  if (next === undefined || next.startsStatement) return undefined;
  if (next.text === "<-") return tokens[end + 1]?.text === "chan" ? undefined : words(say`sends to`);
  if (next.text === "=" || next.text === ":=") return words(say`sets`);
  const method = tokens[end + 1];
  const isCall = next.text === "." && method?.kind === "name" && tokens[end + 2]?.text === "(";
  return isCall ? words(say`calls ${method.text} of`) : undefined;
}

/** What stands before the expression the name ends: `<-s.ch`, `range s.ch`, `close(s.ch)`. */
function useBefore(tokens: readonly GoToken[], at: number): string | undefined {
  if (tokens[skipIndex(tokens, at + 1)]?.text === ".") return undefined;
  const start = startOfExpression(tokens, at);
  const [outer, before] = [tokens[start - 2]?.text, tokens[start - 1]?.text];
  if (before === "<-") return outer === "chan" ? undefined : words(say`receives from`);
  if (before === "range") return words(say`ranges over`);
  return before === "(" && outer === "close" ? words(say`closes`) : undefined;
}

/** The token with which `a.b.c` begins. */
function startOfExpression(tokens: readonly GoToken[], at: number): number {
  let start = at;
  while (tokens[start - 1]?.text === "." && tokens[start - 2]?.kind === "name") start -= 2;
  return start;
}

/** The token behind `[i]`, or the same one where none follows. */
function skipIndex(tokens: readonly GoToken[], at: number): number {
  if (tokens[at]?.text !== "[") return at;
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    if (tokens[index]!.text === "[") depth++;
    else if (tokens[index]!.text === "]" && --depth === 0) return index + 1;
  }
  return at;
}
