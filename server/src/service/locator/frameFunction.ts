import { splitFunctionName } from "../../core/names/functionName.ts";
import { append } from "../../core/lists.ts";
import { remembered } from "../../core/text/remembered.ts";

/**
 * A frame's function as the source has it, taken out of the linker's name: `example.com/my%2emod.(*List[...]).Push.func1`
 * has the package `example.com/my.mod`, the names `List` and `Push`, and stands in a function literal.
 */
export interface FrameFunction {
  /** The linker's name. */
  readonly symbol: string;
  /** The import path, unescaped; `main` for commands; "" for C functions and `panic`. */
  readonly packagePath: string;
  /** Type and function names without closure counters: `["T", "M"]`; with inlining the caller's names come first. */
  readonly names: readonly string[];
  /** Whether the compiler made the function of a part of another: a literal, a loop body, a `go` or `defer` wrapper. */
  readonly isPart: boolean;
  /** Whether the frame is in a function literal (`.func1`), not in the declared function itself. */
  readonly isLiteral: boolean;
  /**
   * Whether names may be missing: Go prints one `[...]` from the first bracket to the last, so that
   * `F[int].(*Tree[int]).All.func1` becomes `F[...]).All.func1` (`runtime/traceback.go`, `printFuncName`).
   */
  readonly isIncomplete: boolean;
  /** Whether the code stands in the initialiser of a package variable (`glob..func1`, `init`, `init.func1`). */
  readonly isPackageLevel: boolean;
}

/** `func1`; of `func·001`, as releases up to 1.4 wrote it, the first half. */
const LITERAL = /^func\d*$/;
/** `gowrap1`, `deferwrap2`, `range1`; of `dwrap·1` of Go 1.17 the first half. */
const WRAPPER = /^(?:gowrap|deferwrap|range)\d+$|^dwrap$/;
/** The numbers of `init.0` and `func1.2`, and the end of a method value (`M-fm`). */
const MARK = /^(?:\d+|fm)$/;

/** Takes a function name apart; never fails, whatever it is given. */
export const parseFrameFunction = remembered((symbol): FrameFunction => {
  // Tracebacks print this one function under another name.
  if (symbol === "panic") return parseFrameFunction("runtime.gopanic");
  const { packagePath, name } = splitFunctionName(symbol);
  const parts = tailParts(withoutTypeArguments(name));
  const behind = parts.slice(1);
  const isLiteral = parts.some((part, i) => i > 0 && (LITERAL.test(part) || isNumbered(part, parts[i - 1]!)));
  const isPart = isLiteral || behind.some((part) => WRAPPER.test(part));
  return {
    symbol,
    packagePath,
    names: parts.filter((part, i) => i === 0 || !(LITERAL.test(part) || WRAPPER.test(part) || MARK.test(part))),
    isPart,
    isLiteral,
    isIncomplete: name.includes("[...]") && (isPart || !isBalanced(name)),
    isPackageLevel: isPackageInitialiser(parts),
  };
});

/** `F.1`, as Go 1.27 names a literal that it has inlined; `init.0` is a declared function, `dwrap·1` a wrapper. */
function isNumbered(part: string, before: string): boolean {
  return /^\d+$/.test(part) && before !== "init" && !WRAPPER.test(before);
}

function isBalanced(tail: string): boolean {
  return tail.split("(").length === tail.split(")").length;
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
  for (const part of tail.match(/\([^()]*\)|[^.·()]+/g) ?? []) {
    if (part.startsWith("(")) parts.push(part.slice(1, -1).replace(/^\*/, ""));
    else append(parts, part.replace(/^\*/, "").split(/-(?=range\d|fm$)/));
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
