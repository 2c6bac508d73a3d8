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

/**
 * Whether a frame is of Go's standard library. A module may be called `log` or `index` as well, so where the frame has
 * a file, it has to lie where the library's would: `.../src/net/http/server.go`, or `net/http/server.go` with -trimpath.
 */
export function isStandardLibrary(symbol: string, file: string | null): boolean {
  const { packagePath } = splitFunctionName(symbol);
  if (packagePath === "") return symbol === "panic" || symbol.startsWith("_cgo");
  if (!isStandardPackage(packagePath)) return false;
  if (file === null) return true;
  const directory = file.slice(0, Math.max(0, file.lastIndexOf("/")));
  const path = packagePath.replace(/_test$/, "");
  if (directory === path || directory === `std/${path}` || directory === "") return true;
  return /\/src\/(?:pkg\/)?$/.test(directory.slice(0, directory.length - path.length)) && directory.endsWith(path);
}
