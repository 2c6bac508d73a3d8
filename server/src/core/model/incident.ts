/**
 * What made the program print the dump: a panic, a fatal error of the runtime, or a signal. `recovered` panics were
 * printed by the program itself.
 */
export interface Incident {
  readonly kind: "panic" | "fatal-error" | "signal" | "exception";
  /**
   * The value or message as printed, without the `panic: ` or `fatal error: `; continuation lines joined by newlines,
   * with the TAB that Go 1.23+ puts before them taken off.
   */
  readonly message: string;
  /** Line of the text it starts on, 0-based. */
  readonly line: number;
  /** Offset in bytes it starts at. */
  readonly offset: number;
  /** Number of lines it covers, at least 1. */
  readonly lines: number;
  /** Whether it stands directly below the incident before it: a link of the same chain. */
  readonly isLink: boolean;
  /** Whether it says `[recovered]`: a deferred function stopped it, and a later link of the chain is what killed. */
  readonly recovered: boolean;
  /** `SIGSEGV: segmentation violation` and the like, where a signal came with it; else null. */
  readonly signal: string | null;
  /** Row of the goroutine it happened on: the first one printed after it. Null when none follows. */
  readonly goroutine: number | null;
  /** The tests that were running when `go test` gave up waiting, e.g. `TestBuy (9m58s)`; empty otherwise. */
  readonly runningTests: readonly string[];
}

/** A stack without a goroutine: `runtime stack:`, a Windows exception's, or one whose header is missing. */
export interface SystemStack {
  /** What the text calls it, or a description where it has no header. */
  readonly title: string;
  /** Line it starts on, 0-based. */
  readonly line: number;
  readonly offset: number;
  /** Number of the stack, for `stackOf`. */
  readonly stack: number;
}
