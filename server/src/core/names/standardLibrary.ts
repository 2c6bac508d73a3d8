import { splitFunctionName } from "./functionName.ts";

/** First elements of the import paths of the standard library and of Go's own commands, Go 1.0 to 1.27. */
const ROOTS = new Set(
  (
    "archive arena bufio builtin bytes cmd cmp compress container context crypto database debug embed encoding errors " +
    "expvar flag fmt go golang_org hash html image index internal io iter log maps math mime net os path plugin " +
    "reflect regexp runtime simd slices sort strconv strings structs sync syscall testing text time unicode unique " +
    "unsafe uuid vendor weak"
  ).split(" "),
);

/** Whether an import path is one of the standard library's, as far as its first element tells. */
export function isStandardPackage(importPath: string): boolean {
  const slash = importPath.indexOf("/");
  return ROOTS.has(slash < 0 ? importPath : importPath.slice(0, slash));
}

/** Whether a frame is of Go's standard library: its name tells, or the name and the file together. */
export function isStandardLibrary(symbol: string, file: string | null): boolean {
  const origin = standardOrigin(symbol);
  return origin === "standard" || (origin === "by-file" && mayBeStandardFile(file));
}

/**
 * Whether a function is the standard library's, as far as its name tells: a module may be called `log` or `index` as
 * well, so there its file decides.
 */
export function standardOrigin(symbol: string): "standard" | "other" | "by-file" {
  const { packagePath } = splitFunctionName(symbol);
  if (packagePath === "") return symbol === "panic" || symbol.startsWith("_cgo") ? "standard" : "other";
  return isStandardPackage(packagePath) ? "by-file" : "other";
}

/**
 * Whether a file lies where the library's would: `.../src/net/http/server.go`, or `net/http/server.go` with -trimpath; also
 * where that is not known. Its package need not be the function's: `sync.runtime_Semacquire` is in `runtime/sema.go`.
 */
export function mayBeStandardFile(file: string | null): boolean {
  if (file === null || !file.includes("/")) return true;
  const behindSource = file.slice(file.lastIndexOf("/src/") + "/src/".length).replace(/^pkg\//, "");
  const trimmed = file.replace(/^(?:GOROOT\/src|std)\//, "");
  return isStandardPackage(file.includes("/src/") ? behindSource : trimmed);
}
