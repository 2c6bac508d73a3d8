import { splitFunctionName } from "./functionName.ts";

/** First elements of the standard library's import paths, Go 1.0 to 1.27. */
const ROOTS = new Set(
  (
    "archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go " +
    "hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort " +
    "strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak"
  ).split(" "),
);

/**
 * Whether a frame is of Go's standard library. A module may be called `log` or `index` as well, so where the frame has
 * a file, it has to lie where the library's would: `.../src/net/http/server.go`, or `net/http/server.go` with -trimpath.
 */
export function isStandardLibrary(symbol: string, file: string | null): boolean {
  const { packagePath } = splitFunctionName(symbol);
  if (packagePath === "") return symbol === "panic" || symbol.startsWith("_cgo");
  const slash = packagePath.indexOf("/");
  if (!ROOTS.has(slash < 0 ? packagePath : packagePath.slice(0, slash))) return false;
  if (file === null) return true;
  const directory = file.slice(0, Math.max(0, file.lastIndexOf("/")));
  const path = packagePath.replace(/_test$/, "");
  if (directory === path || directory === `std/${path}` || directory === "") return true;
  return /\/src\/(?:pkg\/)?$/.test(directory.slice(0, directory.length - path.length)) && directory.endsWith(path);
}
