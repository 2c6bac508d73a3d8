import { splitFunctionName } from "../../core/names/functionName.ts";
import { say } from "../../core/text/say.ts";
import type { Inline } from "../base/richText.ts";
import { words } from "../base/words.ts";
import type { Field, FunctionDeclaration } from "../golang/syntax/ast.ts";
import { parseGo } from "../golang/syntax/parseGo.ts";
import { argumentValue } from "./argumentValue.ts";
import { splitWords } from "./argumentWords.ts";

/** A call in the dump. */
interface PrintedCall {
  readonly function: string;
  /** As they stand between the brackets. */
  readonly args: string;
  /** 0-based. */
  readonly line: number;
}

/**
 * The arguments of a call, a line for each, under the names and types that the source declares. Undefined where they do
 * not fit the source: releases before 1.17 print words without their types' shape, and generic functions have one more.
 */
export function namedArguments(call: PrintedCall, source: string): readonly (readonly Inline[])[] | undefined {
  const fn = declarationOf(call, source);
  if (fn === undefined) return undefined;
  const printed = splitWords(call.args);
  const isCut = printed.at(-1) === "...";
  const values = isCut ? printed.slice(0, -1) : printed;
  const fields = fn.receiver === undefined ? fn.type.params : [fn.receiver, ...fn.type.params];
  if (isCut ? values.length > fields.length : values.length !== fields.length) return undefined;
  const lines = values.map((word, index) => argumentLine(fields[index]!, word, source));
  return lines.every((line) => line !== undefined) ? lines : undefined;
}

function argumentLine({ name, type }: Field, word: string, source: string): readonly Inline[] | undefined {
  // What is kept of a function's type begins behind the keyword.
  const typeText = `${type.kind === "functionType" ? "func" : ""}${source.slice(type.start, type.end)}`;
  const value = argumentValue(type, typeText, word);
  if (value === undefined) return undefined;
  const stale = word.includes("?") ? words(say` (may be out of date)`) : "";
  return [{ code: `${name?.name ?? "_"} ${typeText}` }, " = ", ...value, stale];
}

/** The declared function of that very name around the line: closures have arguments of their own. */
function declarationOf(call: PrintedCall, source: string): FunctionDeclaration | undefined {
  const name = splitFunctionName(call.function).name.replace(/^\(\*(.*?)\)/, "$1");
  return parseGo(source)?.declarations.find(
    (each): each is FunctionDeclaration =>
      each.kind === "func" && each.line <= call.line && call.line <= each.endLine && symbolOf(each) === name,
  );
}

function symbolOf({ name, receiver }: FunctionDeclaration): string {
  const type = receiver?.type.kind === "unary" ? receiver.type.of : receiver?.type;
  return type?.kind === "name" ? `${type.name}.${name.name}` : name.name;
}
