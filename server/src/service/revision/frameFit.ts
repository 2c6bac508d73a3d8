import type { GoToken } from "../golang/tokens.ts";
import { tokenizeGo } from "../golang/tokens.ts";
import { enclosingFunction, scanGo, type GoFile, type GoFunction } from "../golang/scanner.ts";
import { fitFunction, isRuledOut } from "../locator/functionFit.ts";
import { parseFrameFunction } from "../locator/frameFunction.ts";
import { fitsLine, isRuntimeCall } from "../locator/lineFit.ts";
import { GO_STATEMENT, type SourceFrame } from "../locator/located.ts";

/**
 * How a text differs from what a frame was built from:
 * - `none`: the frame's function encloses its line, and nothing in the line speaks against it.
 * - `other lines`: the text has the function, but not at the line, or its line does something else.
 * - `gone`: the text does not have the function, or there is no such file.
 * - `unknown`: the frame or the text does not tell.
 */
export type Drift = "none" | "other lines" | "gone" | "unknown";

/** A Go text taken apart as far as frames are compared with it. */
export interface ScannedText {
  readonly text: string;
  readonly file: GoFile;
  /** Name of what is called to the 0-based lines of the calls. */
  readonly calls: ReadonlyMap<string, readonly number[]>;
}

export function scanText(text: string): ScannedText {
  return { text, file: scanGo(text), calls: callLines(tokenizeGo(text)) };
}

/** Compares a frame with a text. `goVersion`: `1.24.4`; undefined when nothing tells. */
export function frameDrift(scanned: ScannedText, frame: SourceFrame, goVersion: string | undefined): Drift {
  const line = frame.line - 1;
  // Go gives line 1 to instructions that have none.
  if (frame.function === "" || line <= 0) return "unknown";
  const name = parseFrameFunction(frame.function);
  const fit = fitFunction(scanned.file, name, line);
  if (fit === "possible") return isRuledOut(fit, name, goVersion) ? "gone" : "unknown";
  if (fit !== "encloses") return fit === "absent" ? "gone" : "other lines";
  return speaksAgainst(scanned, frame, line) ? "other lines" : "none";
}

/** Whether a line, within its function, cannot be the one that the dump means. */
function speaksAgainst(scanned: ScannedText, { function: name, calls, waits }: SourceFrame, line: number): boolean {
  // In the runtime a goroutine does not wait by a statement: `runtime.gopark` is where all of them do.
  if (calls === undefined)
    return waits !== undefined && !isRuntimeCall(name) && !fitsLine(scanned.text, line, { state: waits });
  const within = enclosingFunction(scanned.file, line);
  if (within === undefined) return false;
  return calls === GO_STATEMENT
    ? isNoGoStatement(scanned, within, line)
    : isCalledElsewhere(scanned, within, line, calls);
}

/** Statements of several lines count with their last line as well, as compilers up to Go 1.8 have it. */
function isNoGoStatement({ file }: ScannedText, { line: first, endLine, literals }: GoFunction, line: number): boolean {
  if (file.wrappedCalls.has(line) || literals.some((literal) => literal.endLine === line)) return false;
  return [...file.wrappedCalls].some((other) => first <= other && other <= endLine);
}

/**
 * Whether the function calls what the dump says, but in other lines only. A function that names it nowhere calls it by a
 * value, and one that names it behind `defer` calls it where it returns: both say nothing of the line.
 */
function isCalledElsewhere({ file, calls }: ScannedText, within: GoFunction, line: number, callee: string): boolean {
  const { names, isPart } = parseFrameFunction(callee);
  if (isPart || isRuntimeCall(callee) || callee.endsWith("-fm")) return false;
  const called = names.at(-1)?.replace(/^_Cfunc_/, "") ?? "";
  const lines = (calls.get(called) ?? []).filter((other) => within.line <= other && other <= within.endLine);
  return lines.length > 0 && !lines.includes(line) && !lines.some((other) => file.wrappedCalls.has(other));
}

function callLines(tokens: readonly GoToken[]): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  for (const [index, { kind, text, line }] of tokens.entries()) {
    const next = tokens[index + 1]?.text;
    if (kind !== "name" || (next !== "(" && next !== "[") || isDeclared(tokens, index)) continue;
    const known = lines.get(text);
    if (known) known.push(line);
    else lines.set(text, [line]);
  }
  return lines;
}

/** Whether a name is that of a declaration, `func f(` or `func (t *T) m(`, and not that of a call. */
function isDeclared(tokens: readonly GoToken[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.text === "func" || (before?.text === ")" && before.line === tokens[index]?.line);
}
