import type { Group } from "../group/groups.ts";
import type { StackConfinement } from "./confinement.ts";

/** How a blocking operation stands in its source line, as far as a reader of the source can tell. */
export type BlockingSyntax =
  /** `ch <- v` outside a select. */
  | "send"
  /** `<-ch` outside a select. */
  | "receive"
  /** `for x := range ch`. */
  | "range"
  /** `select { ... }`. */
  | "select"
  /** Something else: a call, a lock. */
  | "other";

/** What the source says about the place where a goroutine is blocked. */
export interface SourceFact {
  readonly syntax: BlockingSyntax;
  /** Of a select: it has a `default`, a case on a timer or ticker, a case on `ctx.Done()` or a quit channel. */
  readonly hasDefault: boolean;
  readonly hasTimer: boolean;
  readonly hasDone: boolean;
  /** `<-ctx.Done()` outside a select. */
  readonly isForContext: boolean;
}

/** Reads the source at a frame's place. The host looks the files up before it runs the rules. */
export interface SourceFacts {
  /** By the frame's number in its dump; undefined when the source is not at hand. */
  at(frame: number): SourceFact | undefined;
  /** States that the dump leaves open and the source tells, by the number of the group. */
  readonly states?: ReadonlyMap<number, string>;
  /** What a group waits for, and may do for others; absent when the source was not followed, or proves nothing. */
  readonly confinement?: (group: Group) => StackConfinement | undefined;
}
