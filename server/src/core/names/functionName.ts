/** A function's name taken apart: `github.com/a/b.(*T).M.func1`. */
export interface FunctionName {
  /** Import path, unescaped; `main` for package main; empty where the name has none (C functions, old runtimes). */
  readonly packagePath: string;
  /** What follows the package: `(*T).M.func1`. */
  readonly name: string;
  /** Type of the receiver without star and type arguments; null for plain functions and closures of them. */
  readonly receiver: string | null;
}

/**
 * Splits a symbol: the package ends at the first dot behind the last slash, and brackets do not count, because full
 * instantiations hold slashes and dots. Only the package part is escaped (`cmd/internal/objabi/path.go`).
 */
export function splitFunctionName(symbol: string): FunctionName {
  const bracket = symbol.slice(1).search(/[([]/);
  const head = bracket < 0 ? symbol : symbol.slice(0, bracket + 1);
  const dot = head.indexOf(".", head.lastIndexOf("/") + 1);
  if (dot < 0) return { packagePath: "", name: symbol, receiver: null };
  const name = symbol.slice(dot + 1);
  return { packagePath: unescapePackage(symbol.slice(0, dot)), name, receiver: receiverOf(name) };
}

/** The last element of the package and the name: `b.(*T).M`, as people say it. */
export function shortFunctionName(symbol: string): string {
  const { packagePath, name } = splitFunctionName(symbol);
  if (packagePath === "") return symbol;
  return `${packagePath.slice(packagePath.lastIndexOf("/") + 1)}.${name}`;
}

/**
 * The name without what closures, wrappers and range bodies add: `f.func1.2`, `f.gowrap1`, `f-range1` are all `f`, and so is
 * `f.1`, a closure that came into another one when `f` was inlined there (`closureName` in `cmd/compile/internal/ir/func.go`, seen in Go 1.27).
 */
export function outerFunction(symbol: string): string {
  let start = 0;
  let end = -1;
  for (const match of symbol.matchAll(SUFFIX)) {
    if (match.index !== end) start = match.index;
    end = match.index + match[0].length;
  }
  return end === symbol.length ? symbol.slice(0, start) : symbol;
}

/** One of them. They are looked for one by one: a pattern for a row of them tries each row from each of its members on. */
const SUFFIX = /(?:\.func\d+|\.gowrap\d+|\.deferwrap\d+|-range\d+|·dwrap·\d+|-fm|(?<!\.init)\.\d+)(?:\.\d+)*/g;

const POINTER_RECEIVER = /^\(\*([^()[\].]+)(?:\[.*?\])?\)\./;
const VALUE_RECEIVER = /^([^()[\].]+)(?:\[.*?\])?\.(?!func\d|gowrap\d|deferwrap\d|\d|init\.)[^.]/;

function receiverOf(name: string): string | null {
  const pointer = POINTER_RECEIVER.exec(name);
  if (pointer !== null) return pointer[1] ?? null;
  const value = VALUE_RECEIVER.exec(name);
  return value === null || value[1] === "init" || value[1] === "glob" ? null : (value[1] ?? null);
}

/** The escapes stand for bytes of UTF-8; a path whose escapes are not that is left as it is. */
function unescapePackage(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
