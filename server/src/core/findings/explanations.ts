/** What a known message of the runtime or the standard library means, and what usually mends it. */
export interface Explanation {
  /** A sentence for people. */
  readonly meaning: string;
  /** A sentence for people. */
  readonly remedy: string;
}

/**
 * Messages as Go prints them behind `panic: ` and `fatal error: ` (`runtime/panic.go`, `runtime/error.go`,
 * `runtime/map*.go`, `sync`, `testing`), Go 1.0 to 1.27. The first that fits counts.
 */
const KNOWN: readonly (readonly [RegExp, string, string])[] = [
  [
    /^test timed out after/,
    "go test gave up waiting: at least one test did not return.",
    "Look at the running tests' goroutines below; raise -timeout only when the work is really that long.",
  ],
  [
    /^all goroutines are asleep/,
    "Every goroutine waits for another one, so nothing can ever run again.",
    "Find who should have sent, received, closed, unlocked or called Done.",
  ],
  [
    /^no goroutines \(main called runtime\.Goexit\)/,
    "main ended with runtime.Goexit and no other goroutine is left to run.",
    "Return from main, or call os.Exit, instead of runtime.Goexit (t.FailNow calls it too).",
  ],
  [
    /^deadlock: (?:all goroutines in bubble are blocked|main bubble goroutine has exited)/,
    "Every goroutine of a synctest bubble is blocked and only the bubble itself could wake them.",
    "Close the channels and stop the goroutines that the test started before it ends.",
  ],
  [
    /^send on closed channel/,
    "A channel was closed while a goroutine still sends on it.",
    "Let only the sender close a channel, after its last send; with several senders, close it after a WaitGroup.",
  ],
  [
    /^close of (?:closed|nil) channel/,
    "A channel was closed twice, or before it was made.",
    "Give each channel one owner that closes it, or close it within a sync.Once.",
  ],
  [
    /^assignment to entry in nil map/,
    "A map was written before it was made.",
    "Make the map first: m = make(map[K]V), usually in the constructor.",
  ],
  [
    /^(?:runtime error: )?invalid memory address or nil pointer dereference/,
    "A nil pointer (or a method of a nil interface) was used.",
    "Check the error or the pointer before it is used at this line.",
  ],
  [
    /^runtime error: (?:index|slice bounds) out of range/,
    "An index or slice bound lies outside of the value.",
    "Check the length before indexing at this line.",
  ],
  [/^runtime error: integer divide by zero/, "A division by zero.", "Check the divisor at this line."],
  [
    /^interface conversion:/,
    "A type assertion without `ok` met another type.",
    "Use v, ok := x.(T), or a type switch.",
  ],
  [
    /^(?:runtime error: )?panic called with nil argument|^nil$/,
    "panic(nil) was called.",
    "Give panic a value that says what went wrong.",
  ],
  [
    /^runtime error: hash of unhashable type|^runtime error: comparing uncomparable type/,
    "An interface value that cannot be compared was used as a map key or with ==.",
    "Use a comparable key, such as a string made of it.",
  ],
  [
    /^sync: negative WaitGroup counter/,
    "Done was called more often than Add.",
    "Call Add before the go statement, and Done exactly once in each goroutine (defer wg.Done()).",
  ],
  [
    /^sync: WaitGroup (?:is reused|misuse)/,
    "Add was called while Wait was running.",
    "Call Add before Wait, and before the go statement.",
  ],
  [
    /^sync: R?Unlock of unlocked|^sync: unlock of unlocked/,
    "A lock was released that nobody holds: unlocked twice, or copied.",
    "Pair each Lock with one Unlock (defer), and never copy a value that holds a lock (go vet says where).",
  ],
  [
    /^sync: inconsistent mutex state/,
    "A mutex was copied while in use, or its memory overwritten.",
    "Never copy a value that holds a lock (go vet says where).",
  ],
  [
    /^concurrent map /,
    "A map is used by several goroutines at once, at least one of them writing.",
    "Guard the map with a mutex, or use sync.Map; run with -race to see both sides.",
  ],
  [
    /^stack overflow/,
    "A function calls itself without end.",
    "Look for the condition that should have stopped the recursion at this line.",
  ],
  [
    /^runtime: out of memory|^out of memory/,
    "The system gave no more memory.",
    "Look at a heap profile; many goroutines of one kind in this dump may be what holds the memory.",
  ],
  [
    /^thread exhaustion|^newosproc/,
    "The program has too many threads, mostly goroutines in system calls or C code.",
    "Bound how many goroutines make blocking calls at once.",
  ],
  [
    /^go of nil func value/,
    "A go statement was given a nil function.",
    "Check that the function is set before it is started.",
  ],
  [
    /^unexpected signal during runtime execution|^fault|SIGSEGV|SIGBUS/,
    "Memory was touched that is not the program's: mostly C code, unsafe, or a damaged value.",
    "Look at the C call or the unsafe code on this stack.",
  ],
  [
    /^found bad pointer in Go heap|^checkptr:/,
    "A pointer in Go's heap points nowhere: unsafe code or a data race.",
    "Run with -race and with -d=checkptr.",
  ],
  [/SIGABRT/, "The program was aborted, by C code or from outside.", "Look at the C call on this stack."],
  [
    /^(?:send on|receive on|select on|close of) synctest channel from outside bubble|synctest/,
    "A channel of a synctest bubble was used from outside of it.",
    "Keep the channels of a bubble inside it.",
  ],
];

/** What a message means; undefined for those only the program's author knows. */
export function explain(message: string): Explanation | undefined {
  for (const [pattern, meaning, remedy] of KNOWN) if (pattern.test(message)) return { meaning, remedy };
  return undefined;
}
