import type { GoToken } from "./tokens.ts";

/** An expression that names a channel, a lock, a receiver. */
export interface Operand {
  /** As written, blanks and comments left out: `s.queues[i].ch`. */
  readonly text: string;
  /** 0-based place of the name to look for references of: of `s.mu` the `mu`, of `ctx.Done()` the `Done`. */
  readonly line: number;
  readonly column: number;
}

const KEYWORD =
  /^(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range|return|select|struct|switch|type|var)$/;

/** The operand that begins behind a token (`<-`, `range`); undefined when none does. */
export function operandAfter(tokens: readonly GoToken[], at: number): Operand | undefined {
  let end = at + 1;
  while (/^[*&(]$/.test(tokens[end]?.text ?? "") && tokens[end]!.text !== "(") end++;
  const start = end;
  while (end < tokens.length && continuesForward(tokens, start, end)) {
    end = /^[([]$/.test(tokens[end]!.text) ? closingBracket(tokens, end) + 1 : end + 1;
  }
  return operand(tokens.slice(start, end));
}

/** The operand that ends before a token (`<-`, `.`); undefined when none does. */
export function operandBefore(tokens: readonly GoToken[], at: number): Operand | undefined {
  let start = at;
  while (start > 0 && continuesBackward(tokens, start, at)) {
    const previous = tokens[start - 1]!;
    start = /^[)\]]$/.test(previous.text) ? openingBracket(tokens, start - 1) : start - 1;
  }
  return operand(tokens.slice(start, at));
}

/** Index of the bracket that closes the one at `open`; the number of tokens when none does. */
export function closingBracket(tokens: readonly GoToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    depth += bracketDepth(tokens[at]!);
    if (depth === 0) return at;
  }
  return tokens.length;
}

function openingBracket(tokens: readonly GoToken[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    depth += bracketDepth(tokens[at]!);
    if (depth === 0) return at;
  }
  return 0;
}

function bracketDepth({ kind, text }: GoToken): number {
  if (kind !== "operator") return 0;
  return /^[([{]$/.test(text) ? 1 : /^[)\]}]$/.test(text) ? -1 : 0;
}

/** An operand goes on with `.name`, `(…)`, `[…]`, and begins with a name or `(…)`. */
function continuesForward(tokens: readonly GoToken[], start: number, at: number): boolean {
  const { kind, text, startsStatement } = tokens[at]!;
  if (at === start) return (kind === "name" && !KEYWORD.test(text)) || text === "(";
  if (startsStatement) return false;
  const follows = tokens[at - 1]!.text === ".";
  return follows ? kind === "name" || text === "(" : text === "." || text === "(" || text === "[";
}

function continuesBackward(tokens: readonly GoToken[], start: number, end: number): boolean {
  const previous = tokens[start - 1]!;
  const isName = previous.kind === "name" && !KEYWORD.test(previous.text);
  const isClosing = previous.text === ")" || previous.text === "]";
  if (start === end) return isName || isClosing;
  const first = tokens[start]!;
  if (first.startsStatement) return false;
  if (first.text === "." && first.kind === "operator") return isName || isClosing;
  if (first.text === "(" || first.text === "[") return isName || isClosing;
  return previous.text === "." && previous.kind === "operator";
}

function operand(tokens: readonly GoToken[]): Operand | undefined {
  const [first] = tokens;
  if (!first) return undefined;
  let name = first;
  let depth = 0;
  for (const token of tokens) {
    depth += bracketDepth(token);
    if (depth === 0 && token.kind === "name") name = token;
  }
  if (name.kind !== "name") name = tokens.find((token) => token.kind === "name") ?? first;
  const text = tokens.map((token) => (token.text === "," ? ", " : token.text)).join("");
  return { text, line: name.line, column: name.column };
}
