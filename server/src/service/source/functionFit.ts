import type { FrameFunction } from "./frameFunction.ts";
import { enclosingFunction, isWithin, type GoFile, type GoFunction, type LineSpan } from "./goScanner.ts";

/**
 * How a frame's function fits a line of a file:
 * - `encloses`: the function of that name encloses the line.
 * - `possible`: the line is in a function literal of another function. Up to Go 1.20 a literal of an inlined function is
 *   named after the caller alone (`main.main.func12`), so this can be right, and it cannot be told.
 * - `elsewhere`: the file has the function, but not at that line.
 * - `absent`: the file has no such function.
 */
export type Fit = "encloses" | "possible" | "elsewhere" | "absent";

/** Compares a frame with the source; `line` is 0-based. `symbol` is the whole name, for functions under another name. */
export function fitFunction(file: GoFile, name: FrameFunction, symbol: string, line: number): Fit {
  const enclosing = enclosingFunction(file, line);
  if (name.isPackageLevel && fitsPackageLevel(file, name, line, enclosing)) return "encloses";
  if (enclosing && isNamed(file, name, symbol, enclosing) && isAtItsOwnLevel(enclosing, name, line)) return "encloses";
  if (candidates(file, name, symbol).length > 0) return "elsewhere";
  if (name.isPackageLevel) return name.isLiteral && file.packageLiterals.length > 0 ? "elsewhere" : "absent";
  const inLiteral = enclosing?.literals.some((literal) => isWithin(literal, line)) ?? false;
  return name.isLiteral && inLiteral ? "possible" : "absent";
}

/** The line nearest to the frame's that its function has; undefined when the file has no such function. */
export function nearestLineOf(file: GoFile, name: FrameFunction, symbol: string, line: number): number | undefined {
  const functions = candidates(file, name, symbol);
  const literals = name.isPackageLevel ? file.packageLiterals : functions.flatMap((fn) => fn.literals);
  const spans = name.isLiteral && literals.length > 0 ? literals : functions;
  const lines = spans.map((span) => clamp(line, span));
  return lines.sort((a, b) => Math.abs(a - line) - Math.abs(b - line))[0];
}

/** The functions of the file that the frame may mean. */
function candidates(file: GoFile, name: FrameFunction, symbol: string): readonly GoFunction[] {
  return file.functions.filter((fn) => isNamed(file, name, symbol, fn));
}

/**
 * Whether a declared function is the one a frame names. A part of an inlined function carries its callers' names in
 * front (`Caller.pkg.Callee.func1`), so there the last names decide.
 */
function isNamed(file: GoFile, name: FrameFunction, symbol: string, fn: GoFunction): boolean {
  const names = name.names.join(".");
  if (fn.name === names || file.linknames.get(symbol) === fn.name) return true;
  return name.isPart && names.endsWith(`.${fn.name}`);
}

function fitsPackageLevel(file: GoFile, name: FrameFunction, line: number, enclosing: GoFunction | undefined): boolean {
  if (!name.isLiteral) return enclosing === undefined;
  return file.packageLiterals.some((literal) => isWithin(literal, line));
}

/** A frame of the function itself cannot be at a line that belongs to a literal alone, nor the other way round. */
function isAtItsOwnLevel(fn: GoFunction, name: FrameFunction, line: number): boolean {
  if (name.isLiteral) return fn.literals.length === 0 || fn.literals.some((literal) => isWithin(literal, line));
  return !fn.literals.some((literal) => literal.line < line && line < literal.endLine);
}

function clamp(line: number, span: LineSpan): number {
  return Math.min(Math.max(line, span.line), span.endLine);
}
