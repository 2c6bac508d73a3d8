import { at } from "../model/column.ts";
import { type Dump, NO_ID } from "../model/dump.ts";

/** `go1.24.4` where a path of the standard library holds the release, as toolchains and packages install it. */
const IN_PATH = /(?:\bgo-?|\/go\/|toolchain@v[\d.]+-go)(1\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?)[./-]/;
const STANDARD_FILE = /\/src\/(?:runtime|sync|net|os|time|testing|internal)\//;

/** First minor release that prints a thing, by the names of functions and states (`runtime/traceback.go` over time). */
const SINCE: readonly (readonly [pattern: RegExp, minor: number])[] = [
  [/\(leaked\)$/, 26],
  [/^GOMAXPROCS updater|\(durable\)$/, 25],
  [/^sync\.WaitGroup\.Wait|\(synctest\)|^internal\/(?:sync|runtime\/maps)\./, 24],
  [/-range\d/, 23],
  [/\.(?:gowrap|deferwrap)\d/, 22],
  [/^sync\.(?:Mutex|RWMutex)\./, 20],
  [/\[\.\.\.\]/, 18],
];

/**
 * The release of Go a dump is from: `go1.24.4` where a path names it, `go1.22 or later` where only its form does, null
 * where nothing tells. A dump carries no version, so this is evidence, not knowledge.
 */
export function guessGoVersion(dump: Dump): string | null {
  for (const file of dump.files) {
    const named = STANDARD_FILE.test(file) ? IN_PATH.exec(file) : null;
    if (named !== null) return `go${named[1]}`;
  }
  const since = oldestRelease(dump);
  return since === 0 ? null : `go1.${since} or later`;
}

function oldestRelease(dump: Dump): number {
  let since = 0;
  const names = [...dump.functions, ...dump.states];
  for (const [pattern, minor] of SINCE) {
    if (minor > since && names.some((name) => pattern.test(name))) since = minor;
  }
  for (let row = 0; row < dump.goroutines.length && since < 21; row++) {
    if (at(dump.goroutines.creator, row) !== NO_ID) since = 21;
  }
  return since;
}
