import { type Message, say } from "../../text/say.ts";

/** Profiles whose records are goroutines: Go's own, the leak profile (Go 1.26+), and Pyroscope's name. */
const GOROUTINE_PROFILES = new Set(["goroutine", "goroutineleak", "goroutines"]);

/** What other profiles are, by the type of their samples (`runtime/pprof`) or their title as text. */
const OTHERS: ReadonlyMap<string, Message> = new Map([
  ["samples", say`a CPU profile: it says where the program spent its time`],
  ["cpu", say`a CPU profile: it says where the program spent its time`],
  ["alloc_objects", say`a memory profile: it says where memory was allocated`],
  ["alloc_space", say`a memory profile: it says where memory was allocated`],
  ["inuse_objects", say`a memory profile: it says where the memory in use was allocated`],
  ["inuse_space", say`a memory profile: it says where the memory in use was allocated`],
  ["contentions", say`a block or mutex profile: it says where goroutines have waited, not where they wait now`],
  ["delay", say`a block or mutex profile: it says where goroutines have waited, not where they wait now`],
  ["threadcreate", say`a profile of threads: it says what created them`],
]);

/** First lines of other profiles as text (`debug=1`), and the types they are. */
const TITLES: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^heap profile: \d+: \d+ \[\d+: \d+\] @ /, "inuse_space"],
  [/^--- (?:contention|mutex):$/, "contentions"],
];

/** The type of another profile than one of goroutines that a line is the title of, or undefined. */
export function otherProfile(text: string): string | undefined {
  return TITLES.find(([pattern]) => pattern.test(text))?.[1];
}

/** Whether the samples of a profile of that type are goroutines. */
export function isGoroutineProfile(type: string): boolean {
  return GOROUTINE_PROFILES.has(type);
}

/** What to say of a profile that holds no goroutines. `units` are its sample types, e.g. `cpu/nanoseconds`. */
export function describeProfile(type: string, units: readonly string[]): Message {
  const named = units.length === 0 ? type : units.join(", ");
  const what = OTHERS.get(type) ?? say`a profile of its own kind`;
  return say`This is ${what} (${named}). It holds no goroutines: open it with "go tool pprof", and take a goroutine dump from /debug/pprof/goroutine?debug=2.`;
}
