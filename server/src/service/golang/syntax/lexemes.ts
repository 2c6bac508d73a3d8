import { tokenizeGo, type GoToken } from "../tokens.ts";

/** The tokens of a Go file with the semicolons that Go adds at line ends, and one at the end. */
export function lexemesOf(source: string): readonly GoToken[] {
  const lexemes: GoToken[] = [];
  let last: GoToken | undefined;
  for (const token of tokenizeGo(source)) {
    if (token.startsStatement && last !== undefined && last.text !== ";") lexemes.push(semicolonBehind(last));
    lexemes.push(token);
    last = token;
  }
  if (last !== undefined) lexemes.push(semicolonBehind(last));
  return lexemes;
}

function semicolonBehind({ offset, text, line, column }: GoToken): GoToken {
  return {
    kind: "operator",
    text: ";",
    offset: offset + text.length,
    line,
    column: column + text.length,
    startsStatement: false,
  };
}
