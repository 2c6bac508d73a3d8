import type { SourceFact } from "../analysis/sourceFacts.ts";
import { type Message, say } from "../text/say.ts";
import { baseState, stateInfo } from "../model/state.ts";

/** What a leak looks like, and how such leaks are usually mended. */
export interface LeakPattern {
  /** What nobody does any more: `receives from it`. Completes "nobody is left who ...". */
  readonly missing: Message;
  /** A sentence. */
  readonly remedy: Message;
}

/** The likely pattern behind a blocked operation, by the wait reason and, when at hand, the source. */
export function leakPattern(state: string, source: SourceFact | undefined): LeakPattern {
  const base = baseState(state);
  if (base.startsWith("chan send")) {
    return {
      missing: say`receives from that channel`,
      remedy: say`The receiver has probably returned early or timed out: give the channel room for every sender, or send in a select with ctx.Done().`,
    };
  }
  if (base.startsWith("chan receive")) {
    return source?.syntax === "range"
      ? {
          missing: say`sends on or closes that channel`,
          remedy: say`Close the channel when the last value has been sent: its range loop ends then.`,
        }
      : {
          missing: say`sends on or closes that channel`,
          remedy: say`Close the channel on every way out of the sender (defer close(ch)), or receive in a select with ctx.Done().`,
        };
  }
  if (base.startsWith("select")) {
    return {
      missing: say`serves any case of that select`,
      remedy: say`Cancel the context or close the quit channel when the work is over (defer cancel()), or add a case for it.`,
    };
  }
  return byKind(base);
}

function byKind(state: string): LeakPattern {
  switch (stateInfo(state).kind) {
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
    default:
      return {
        missing: say`wakes them`,
        remedy: say`See who should have woken them, and on which way out it is forgotten.`,
      };
  }
}
