/** Whether a file's name says that it is packed or binary. */
export function isPacked(path: string): boolean {
  return /\.(?:gz|pb|pprof)$/i.test(path);
}

/** The path of a file's condensed view: with an ending that makes it a dump. */
export function condensedPath(path: string): string {
  return `${path}.goroutines`;
}

/** The path of one goroutine's text. */
export function goroutinePath(path: string, goroutine: number): string {
  return `${path}/${goroutine}.goroutine`;
}
