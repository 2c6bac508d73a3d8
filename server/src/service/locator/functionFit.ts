import type { FrameFunction } from "./frameFunction.ts";
import { enclosingFunction, isWithin, type GoFile, type GoFunction, type LineSpan } from "../golang/scanner.ts";

/**
 * How a frame's function fits a line of a file:
 * - `encloses`: the function of that name encloses the line.
 * - `possible`: the line is in a function literal of another function. Up to Go 1.20 a literal of an inlined function is
 *   named after the caller alone (`main.main.func12`), and names of generic functions can be incomplete: it may be right.
 * - `elsewhere`: the file has the function, but not at that line.
 * - `absent`: the file has no such function.
 */
export type Fit = "encloses" | "possible" | "elsewhere" | "absent";

/** Compares a frame's function with the source; `line` is 0-based. */
export function fitFunction(file: GoFile, name: FrameFunction, line: number): Fit {
  const enclosing = enclosingFunction(file, line);
  if (isEnclosed(file, name, line, enclosing)) return "encloses";
  const inLiteral = enclosing?.literals.some((literal) => isWithin(literal, line)) ?? false;
  if (name.isIncomplete && inLiteral) return "possible";
  if (spansOf(file, name).length > 0) return "elsewhere";
  return name.isLiteral && inLiteral ? "possible" : "absent";
}

/**
 * Whether a `possible` fit is none: since Go 1.21 a literal of an inlined function is named after the function as well as
 * after its caller. `goVersion`: `1.24.4`; undefined when nothing tells.
 */
export function isRuledOut(fit: Fit, name: FrameFunction, goVersion: string | undefined): boolean {
  const minor = /^1\.(\d+)/.exec(goVersion ?? "")?.[1];
  return fit === "possible" && !name.isIncomplete && minor !== undefined && Number(minor) >= 21;
}

/** The line nearest to the frame's that its function has; undefined when the file has no such function. */
export function nearestLineOf(file: GoFile, name: FrameFunction, line: number): number | undefined {
  const lines = spansOf(file, name).map((span) => clamp(line, span));
  return lines.sort((a, b) => Math.abs(a - line) - Math.abs(b - line))[0];
}

function isEnclosed(file: GoFile, name: FrameFunction, line: number, enclosing: GoFunction | undefined): boolean {
  if (name.isPackageLevel && !name.isLiteral && !enclosing) return true;
  if (name.isPackageLevel && file.packageLiterals.some((literal) => isWithin(literal, line))) return true;
  return enclosing !== undefined && isNamed(file, name, enclosing) && isAtItsOwnLevel(file, enclosing, name, line);
}

/** What the frame may mean in the file: literals for a frame of one, as far as there are some, else functions. */
function spansOf(file: GoFile, name: FrameFunction): readonly LineSpan[] {
  const functions = file.functions.filter((fn) => isNamed(file, name, fn));
  const literals = name.isPackageLevel ? file.packageLiterals : functions.flatMap((fn) => fn.literals);
  return name.isLiteral && literals.length > 0 ? literals : functions;
}

/**
 * Whether a declared function is the one a frame names. A part of an inlined function carries its callers' names in
 * front (`Caller.pkg.Callee.func1`), so there the last names decide.
 */
function isNamed(file: GoFile, name: FrameFunction, fn: GoFunction): boolean {
  const names = name.names.join(".");
  if (fn.name === names || file.linknames.get(name.symbol) === fn.name) return true;
  if (name.isIncomplete) return fn.name.split(".").includes(name.names.at(-1) ?? "");
  return name.isPart && names.endsWith(`.${fn.name}`);
}

/**
 * A frame of the function itself cannot be at a line that belongs to a literal alone, nor the other way round. Only that
 * up to Go 1.21 the wrapper of `go f(x)` is called `.func1` too, and is at the line of the statement.
 */
function isAtItsOwnLevel(file: GoFile, fn: GoFunction, name: FrameFunction, line: number): boolean {
  if (!name.isLiteral) return !fn.literals.some((literal) => literal.line < line && line < literal.endLine);
  return fn.literals.some((literal) => isWithin(literal, line)) || file.wrappedCalls.has(line);
}

function clamp(line: number, span: LineSpan): number {
  return Math.min(Math.max(line, span.line), span.endLine);
}
