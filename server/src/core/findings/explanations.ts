import { type Message, say } from "../text/say.ts";

/** What a known message of the runtime or the standard library means, and what usually mends it. */
export interface Explanation {
  /** A sentence for people. */
  readonly meaning: Message;
  /** A sentence for people. */
  readonly remedy: Message;
}

/**
 * Messages as Go prints them behind `panic: ` and `fatal error: ` (`runtime/panic.go`, `runtime/error.go`,
 * `runtime/map*.go`, `sync`, `testing`), Go 1.0 to 1.27. The first that fits counts.
 */
const KNOWN: readonly (readonly [RegExp, Message, Message])[] = [
  [
    /^all goroutines are asleep/,
    say`Every goroutine waits for another one, so nothing can ever run again.`,
    say`Find who should have sent, received, closed, unlocked or called Done.`,
  ],
  [
    /^no goroutines \(main called runtime\.Goexit\)/,
    say`main ended with runtime.Goexit and no other goroutine is left to run.`,
    say`Return from main, or call os.Exit, instead of runtime.Goexit (t.FailNow calls it too).`,
  ],
  [
    /^deadlock: (?:all goroutines in bubble are blocked|main bubble goroutine has exited)/,
    say`Every goroutine of a synctest bubble is blocked and only the bubble itself could wake them.`,
    say`Close the channels and stop the goroutines that the test started before it ends.`,
  ],
  [
    /^send on closed channel/,
    say`A channel was closed while a goroutine still sends on it.`,
    say`Let only the sender close a channel, after its last send; with several senders, close it after a WaitGroup.`,
  ],
  [
    /^close of (?:closed|nil) channel/,
    say`A channel was closed twice, or before it was made.`,
    say`Give each channel one owner that closes it, or close it within a sync.Once.`,
  ],
  [
    /^assignment to entry in nil map/,
    say`A map was written before it was made.`,
    say`Make the map first: m = make(map[K]V), usually in the constructor.`,
  ],
  [
    /^(?:runtime error: )?invalid memory address or nil pointer dereference/,
    say`A nil pointer (or a method of a nil interface) was used.`,
    say`Check the error or the pointer before it is used at this line.`,
  ],
  [
    /^runtime error: (?:index|slice bounds) out of range/,
    say`An index or slice bound lies outside of the value.`,
    say`Check the length before indexing at this line.`,
  ],
  [/^runtime error: integer divide by zero/, say`A division by zero.`, say`Check the divisor at this line.`],
  [
    /^interface conversion:/,
    say`A type assertion without \`ok\` met another type.`,
    say`Use v, ok := x.(T), or a type switch.`,
  ],
  [
    /^(?:runtime error: )?panic called with nil argument|^nil$/,
    say`panic(nil) was called.`,
    say`Give panic a value that says what went wrong.`,
  ],
  [
    /^runtime error: hash of unhashable type|^runtime error: comparing uncomparable type/,
    say`An interface value that cannot be compared was used as a map key or with ==.`,
    say`Use a comparable key, such as a string made of it.`,
  ],
  [
    /^Log in goroutine after .* has completed/,
    say`A goroutine that a test has started logged to the test after its end.`,
    say`Wait for the goroutine before the test returns (t.Cleanup), or give it a logger of its own.`,
  ],
  [
    /^sync: negative WaitGroup counter/,
    say`Done was called more often than Add.`,
    say`Call Add before the go statement, and Done exactly once in each goroutine (defer wg.Done()).`,
  ],
  [
    /^sync: WaitGroup (?:is reused|misuse)/,
    say`Add was called while Wait was running.`,
    say`Call Add before Wait, and before the go statement.`,
  ],
  [
    /^sync: R?Unlock of unlocked|^sync: unlock of unlocked/,
    say`A lock was released that nobody holds: unlocked twice, or copied.`,
    say`Pair each Lock with one Unlock (defer), and never copy a value that holds a lock (go vet says where).`,
  ],
  [
    /^sync: inconsistent mutex state/,
    say`A mutex was copied while in use, or its memory overwritten.`,
    say`Never copy a value that holds a lock (go vet says where).`,
  ],
  [
    /^concurrent map /,
    say`A map is used by several goroutines at once, at least one of them writing.`,
    say`Guard the map with a mutex, or use sync.Map; run with -race to see both sides.`,
  ],
  [
    /^stack overflow/,
    say`A function calls itself without end.`,
    say`Look for the condition that should have stopped the recursion at this line.`,
  ],
  [
    /^runtime: out of memory|^out of memory/,
    say`The system gave no more memory.`,
    say`Look at a heap profile; many goroutines of one kind in this dump may be what holds the memory.`,
  ],
  [
    /^thread exhaustion|^newosproc/,
    say`The program has too many threads, mostly goroutines in system calls or C code.`,
    say`Bound how many goroutines make blocking calls at once.`,
  ],
  [
    /^go of nil func value/,
    say`A go statement was given a nil function.`,
    say`Check that the function is set before it is started.`,
  ],
  [
    /^unexpected signal during runtime execution|^fault|SIGSEGV|SIGBUS/,
    say`Memory was touched that is not the program's: mostly C code, unsafe, or a damaged value.`,
    say`Look at the C call or the unsafe code on this stack.`,
  ],
  [
    /^found bad pointer in Go heap|^checkptr:/,
    say`A pointer in Go's heap points nowhere: unsafe code or a data race.`,
    say`Run with -race and with -d=checkptr.`,
  ],
  [
    /SIGABRT/,
    say`The program was aborted, by C code or from outside.`,
    say`C code that aborts stands on this stack. A service manager aborts what hangs: look what the goroutines wait for.`,
  ],
  [
    /^(?:send on|receive on|select on|close of) synctest channel from outside bubble|synctest/,
    say`A channel of a synctest bubble was used from outside of it.`,
    say`Keep the channels of a bubble inside it.`,
  ],
];

/** What a message means; undefined for those only the program's author knows. */
export function explain(message: string): Explanation | undefined {
  for (const [pattern, meaning, remedy] of KNOWN) if (pattern.test(message)) return { meaning, remedy };
  return undefined;
}
