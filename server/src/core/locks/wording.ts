import { at } from "../model/column.ts";
import { NO_ID, NO_WAIT } from "../model/dump.ts";
import { baseState, stateInfo } from "../model/state.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { Families } from "../analysis/traits.ts";
import { callAt, plural } from "../analysis/wording.ts";
import { shortFunctionName } from "../names/functionName.ts";
import type { Candidate, Lock } from "./lock.ts";
import { hex } from "./pointers.ts";

/** `goroutine 45`; `a goroutine` where the dump has no ids. */
export function goroutineName(analysis: Analysis, row: number): string {
  const id = at(analysis.dump.goroutines.id, row);
  return id === NO_ID ? "a goroutine" : `goroutine ${id}`;
}

/** As `goroutineName`, at a sentence's start. */
export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** `the Mutex 0xc000118008`, `the RWMutex of kline.MarketManager`. */
export function lockName({ kind, address, object, waiters }: Lock): string {
  const type = { mutex: "Mutex", rw: "RWMutex", once: "sync.Once" }[kind];
  if (address !== null) return `the ${type} ${hex(address)}`;
  const owner = waiters[0]?.site?.type;
  if (object !== null)
    return `the ${type} of ${owner === null || owner === undefined ? "" : `${shortFunctionName(owner)} `}${hex(object)}`;
  return owner === null || owner === undefined ? `a ${type}` : `the ${type} of ${shortFunctionName(owner)}`;
}

/** `sends on a channel`, `waits for a child process`: what keeps a goroutine, in the third person. */
export function occupation(analysis: Analysis, row: number): string {
  const group = analysis.groupOf(row);
  const { families } = analysis.traits(group);
  if (waitsForChild(families)) return "waits for a child process";
  const state = baseState(group.state);
  switch (stateInfo(state).kind) {
    case "channel":
      return state.startsWith("chan send") ? "is stuck in a channel send" : "is stuck in a channel receive";
    case "select":
      return "waits in a select";
    case "lock":
      return "waits for a lock";
    case "wait-group":
      return "waits for a WaitGroup";
    case "condition":
      return "waits for a Cond";
    case "io":
      return "waits for the network or a file";
    case "syscall":
      return "is in a system call";
    case "sleep":
      return "sleeps";
    case "unknown":
      return "is blocked or running";
    default:
      return `is in state "${state}"`;
  }
}

/** Whether a goroutine waits for another process to end. */
export function waitsForChild(families: Families): boolean {
  return (
    families.has("os.(*Process).Wait") || families.has("os/exec.(*Cmd).Wait") || families.has("os/exec.(*Cmd).Run")
  );
}

/** `, at least 4 minutes`; empty when its header prints none. */
export function since(analysis: Analysis, row: number): string {
  const wait = at(analysis.dump.goroutines.wait, row);
  return wait === NO_WAIT ? "" : `, at least ${plural(wait, "minute")}`;
}

/** Why somebody is taken for the holder of a lock: a sentence. */
export function holderSentence(analysis: Analysis, lock: Lock, candidate: Candidate): string {
  const who = capitalized(goroutineName(analysis, candidate.row));
  const where = callAt(candidate.frame.frame);
  const value = lock.object === null ? "" : ` on the same value (${hex(lock.object)})`;
  switch (candidate.evidence) {
    case "past-the-lock":
      return lock.kind === "once"
        ? `${who} runs the function of that Once (${where}).`
        : `${who} is past the place where the others ask for the lock, in ${where}${value}.`;
    case "same-value":
      return `${who} runs ${where}${value} and does not wait for the lock: nobody else does.`;
    case "has-value":
      return `${who} was given the value with the lock (${where}) and waits for another lock.`;
    case "same-type":
      return `${who} is the only one that runs code of the lock's owner, ${where}, and does not wait for it; the dump does not tell addresses.`;
    case "idle-loop":
      return `${who} runs ${where}, but looks idle.`;
  }
}

/** `3 goroutines wait in kline.(*MarketManager).check at manager.go:214`: one sentence for each place, most first. */
export function waitersSentences(analysis: Analysis, lock: Lock): string[] {
  const byPlace = new Map<string, number>();
  for (const { site, group, count } of lock.waiters) {
    const frame = site?.isUser === true ? site.frame : analysis.place(group);
    const where = frame === null ? "the lock call" : callAt(frame);
    byPlace.set(where, (byPlace.get(where) ?? 0) + count);
  }
  return [...byPlace]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(
      ([where, count]) =>
        `${plural(count, "goroutine")} ${count === 1 ? "waits" : "wait"} for ${lockName(lock)} in ${where}.`,
    );
}
