/** Versions of Go whose text is derived from that of a newer one. */
export const OLDER_TEXTS = ["1.19", "1.22"] as const;
export type OlderText = (typeof OLDER_TEXTS)[number];

type Step = readonly [pattern: RegExp, replacement: string];

/** Since 1.24 the mutex lies in a package of its own, below a wrapper; 1.24 also names the wait for a WaitGroup. */
const BEFORE_1_24: readonly Step[] = [
  [/^(internal\/sync\.\(\*Mutex\)\.Lock\(.*\n\t.*\n)sync\.\(\*Mutex\)\.Lock\(.*\n\t.*\n/gm, "$1"],
  [/^internal\/sync\.(\(\*Mutex\)\.|runtime_)/gm, "sync.$1"],
  [/\/src\/internal\/sync\/(mutex|runtime)\.go:/g, "/src/sync/$1.go:"],
  [/^sync\.runtime_SemacquireWaitGroup\((0x[0-9a-f]+)[^)]*\)/gm, "sync.runtime_Semacquire($1)"],
  [/^(goroutine \d+ )\[sync\.WaitGroup\.Wait/gm, "$1[semacquire"],
];

/** 1.20 names what a lock waits for, 1.21 who ran the `go` statement. */
const BEFORE_1_20: readonly Step[] = [
  [/^(goroutine \d+ )\[sync\.(?:Mutex\.Lock|RWMutex\.R?Lock)/gm, "$1[semacquire"],
  [/^(created by .*) in goroutine \d+$/gm, "$1"],
  [/^sync\.runtime_SemacquireRWMutexR?\(/gm, "sync.runtime_SemacquireMutex("],
];

const STEPS: Readonly<Record<OlderText, readonly Step[]>> = {
  "1.19": [...BEFORE_1_24, ...BEFORE_1_20],
  "1.22": BEFORE_1_24,
};

/** A folder of Go that tells its version. */
const VERSIONED_ROOT = /\/usr\/local\/go1\.\d+\//g;

/**
 * A `debug=2` text as an older Go would have printed it: wait reasons, creators, and the frames of locks. Frames of other
 * packages that have moved since (HTTP/2 in 1.27) stay where they are. The same text when there is no difference.
 */
export function asPrintedBy(version: OlderText, text: string): string {
  const older = STEPS[version].reduce((soFar, [pattern, replacement]) => soFar.replace(pattern, replacement), text);
  return older === text ? text : older.replace(VERSIONED_ROOT, "/usr/local/go/");
}
