/** A module at a version within a path: what Go calls `path@version`, with capitals escaped as `!x` in the module cache. */
const versioned = /(?:^|\/pkg\/mod\/)((?:[\w.~!-]+\/)*[\w.~!-]+@v[\w.+-]+)\//;

/**
 * The module and version that a path of a dump lies in, as the `go` command takes it:
 * `/root/go/pkg/mod/github.com/!acme/kit@v1.5.0/pool.go` gives `github.com/Acme/kit@v1.5.0`. Undefined: it names none.
 * Holds nothing that a shell would take for more than a word.
 */
export function moduleVersion(path: string): string | undefined {
  const found = versioned.exec(path.replaceAll("\\", "/"))?.[1];
  return found?.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
