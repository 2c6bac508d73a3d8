/** Names that dumps customarily have; in a folder everything else is left alone. */
const dumpName =
  /(?:\.(?:dump|goroutines?|pprof|pb)|goroutine[^/]*\.(?:txt|log|out)|\.debug[12]\.txt|\.(?:txt|log|out|trace|stack))(?:\.gz)?$/i;

/** Whether a file in a folder of dumps may be one. */
export function isDumpFileName(name: string): boolean {
  return dumpName.test(name) && !name.startsWith(".");
}

/** Orders names as people do: `t2` before `t10`. */
export function naturalOrder(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}
