import { splitFunctionName } from "../../core/names/functionName.ts";

/**
 * A frame's function as the source has it, taken out of the linker's name: `example.com/my%2emod.(*List[...]).Push.func1.2` has the package
 * `example.com/my.mod`, the names `List`, `Push` and stands in a function literal.
 */
export interface FrameFunction {
  /** The import path, unescaped; `main` for commands; "" for C functions and `panic`. */
  readonly packagePath: string;
  /** Type and function names without closure counters: `["T", "M"]`; with inlining the caller's names come first. */
  readonly names: readonly string[];
  /** Whether the compiler made the function of a part of another: a literal, a loop body, a `go` or `defer` wrapper. */
  readonly isPart: boolean;
  /** Whether the frame is in a function literal (`.func1`), not in the declared function itself. */
  readonly isLiteral: boolean;
  /** Whether the code stands in the initialiser of a package variable (`glob..func1`, `init`, `init.func1`). */
  readonly isPackageLevel: boolean;
}

/** `func1`, `2`, `gowrap1`, `deferwrap2`, `range1`, and `func·001`, `f·dwrap·1` of old releases (split at the dot). */
const COUNTER = /^(?:func|gowrap|deferwrap|range)?\d+$|^(?:func|dwrap|fm)$/;

/** Takes a function name apart; never fails, whatever it is given. */
export function parseFrameFunction(symbol: string): FrameFunction {
  const { packagePath, name: tail } = splitFunctionName(symbol);
  if (packagePath === "" && tail === "panic") {
    return { packagePath: "runtime", names: ["gopanic"], isPart: false, isLiteral: false, isPackageLevel: false };
  }
  const parts = tailParts(withoutTypeArguments(tail));
  const names: string[] = [];
  let isPart = false;
  let isLiteral = false;
  let inLiteral = false;
  parts.forEach((part, i) => {
    const isCounter = i > 0 && COUNTER.test(part);
    if (!isCounter) names.push(part);
    inLiteral = isCounter && (part.startsWith("func") || (inLiteral && !/^(?:range|dwrap|fm)/.test(part)));
    isLiteral ||= inLiteral;
    isPart ||= isCounter && /^[a-eg-z]|^func/.test(part);
  });
  return { packagePath, names, isPart, isLiteral, isPackageLevel: isPackageInitialiser(parts) };
}

/** `(*List[go.shape.int]).Push` without what stands in square brackets. */
function withoutTypeArguments(tail: string): string {
  if (!tail.includes("[")) return tail;
  let depth = 0;
  let kept = "";
  for (const char of tail) {
    if (char === "[") depth++;
    else if (char === "]") depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += char;
  }
  return kept;
}

/** The names between the dots; a receiver in parentheses is one name, its `*` dropped. */
function tailParts(tail: string): string[] {
  const parts: string[] = [];
  for (const part of tail.match(/\([^)]*\)|[^.·()]+/g) ?? []) {
    if (part.startsWith("(")) parts.push(part.slice(1, -1).replace(/^\*/, ""));
    else parts.push(...part.split(/-(?=range\d|fm$)/));
  }
  return parts;
}

/** `init.0` is a declared `func init`; `init`, `init.func1`, `glob..func1`, `map.init.0` are not. */
function isPackageInitialiser(parts: readonly string[]): boolean {
  const [first, second = ""] = parts;
  if (first === "glob") return true;
  if (first === "map" || (first === "init" && second === "part")) return true;
  return first === "init" && !/^\d+$/.test(second);
}
