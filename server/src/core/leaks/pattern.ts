import type { SourceFact } from "../analysis/sourceFacts.ts";
import { type Message, say } from "../text/say.ts";
import type { Wait } from "./waits.ts";

/** What a leak looks like, and how such leaks are usually mended. */
export interface LeakPattern {
  /** What nobody does any more: `receives from it`. Completes "nobody is left who ...". */
  readonly missing: Message;
  /** A sentence. */
  readonly remedy: Message;
}

/** Of those blocked in an `io.Pipe`: the other end. */
export function pipePattern(isWriting: boolean): LeakPattern {
  return isWriting
    ? {
        missing: say`reads from that pipe or closes it`,
        remedy: say`The reader has probably returned early: close its end on every way out (defer pr.Close()), so that the writer gets an error.`,
      }
    : {
        missing: say`writes to that pipe or closes it`,
        remedy: say`Close the end that is written to on every way out (pw.CloseWithError(err)), so that the reader gets the error or the end.`,
      };
}

/** The likely pattern behind a blocked operation, by the wait and, when at hand, the source. */
export function leakPattern(wait: Wait, source: SourceFact | undefined): LeakPattern {
  switch (wait) {
    case "send":
      return {
        missing: say`receives from that channel`,
        remedy: say`The receiver has probably returned early or timed out: give the channel room for every sender, or send in a select with ctx.Done().`,
      };
    case "receive":
      return {
        missing: say`sends on or closes that channel`,
        remedy:
          source?.syntax === "range"
            ? say`Close the channel when the last value has been sent: its range loop ends then.`
            : say`Close the channel on every way out of the sender (defer close(ch)), or receive in a select with ctx.Done().`,
      };
    case "select":
      return {
        missing: say`serves any case of that select`,
        remedy: say`Cancel the context or close the quit channel when the work is over (defer cancel()), or add a case for it.`,
      };
    case "wait-group":
      return {
        missing: say`calls Done`,
        remedy: say`Call Done in every goroutine on every way out (defer wg.Done()).`,
      };
    case "condition":
      return {
        missing: say`calls Signal or Broadcast`,
        remedy: say`Broadcast after the last change, and when the work is over.`,
      };
    case "lock":
      return { missing: say`unlocks that lock`, remedy: say`Unlock on every way out (defer mu.Unlock()).` };
    case "coroutine":
      return {
        missing: say`resumes that iterator`,
        remedy: say`Call the stop function that iter.Pull returned (defer stop()).`,
      };
    case "other":
      return {
        missing: say`wakes them`,
        remedy: say`Find the code that should wake them, and the way out on which it does not.`,
      };
  }
}
