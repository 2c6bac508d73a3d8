import type { GoSource } from "./ast.ts";
import { Cursor, UnreadableSource } from "./cursor.ts";
import { lexemesOf } from "./lexemes.ts";
import { StatementParser } from "./statementParser.ts";

/**
 * Reads a Go file; undefined when it is unfinished, nests absurdly deep, or is no Go. Linear in its length. What the
 * analyses do not ask for is left out: comments, operators, type parameters, the methods of interfaces.
 */
export function parseGo(source: string): GoSource | undefined {
  const cursor = new Cursor(lexemesOf(source));
  try {
    cursor.expect("package");
    const packageName = cursor.name().name;
    cursor.endOfStatement();
    return { packageName, declarations: new StatementParser(cursor).declarations.file() };
  } catch (error) {
    if (error instanceof UnreadableSource) return undefined;
    throw error;
  }
}
