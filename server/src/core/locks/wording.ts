import { at } from "../model/column.ts";
import { NO_ID, NO_WAIT } from "../model/dump.ts";
import { baseState } from "../model/state.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { FunctionSet } from "../analysis/traits.ts";
import { callAt, grouped, minutes } from "../analysis/wording.ts";
import { english, type Message, NOTHING, say } from "../text/say.ts";
import { shortFunctionName } from "../names/functionName.ts";
import type { Candidate, Lock } from "./lock.ts";
import { waitKindOf } from "./lockWait.ts";
import { hex } from "./pointers.ts";

/** `goroutine 45`; `a goroutine` where the dump has no ids. */
export function goroutineName(analysis: Analysis, row: number): Message {
  const id = at(analysis.dump.goroutines.id, row);
  return id === NO_ID ? say`a goroutine` : say`goroutine ${id}`;
}

/** As `goroutineName`, at a sentence's start. */
export function subjectName(analysis: Analysis, row: number): Message {
  const id = at(analysis.dump.goroutines.id, row);
  return id === NO_ID ? say`A goroutine` : say`Goroutine ${id}`;
}

/** `RWMutex`: Go's name of what kind of lock it is. */
export function lockType({ kind }: Lock): string {
  return { mutex: "Mutex", rw: "RWMutex", once: "sync.Once" }[kind];
}

/** `the Mutex 0xc000118008`, `the RWMutex of kline.MarketManager`. */
export function lockName(lock: Lock): Message {
  const { address, object, waiters } = lock;
  const type = lockType(lock);
  if (address !== null) return say`the ${type} ${hex(address)}`;
  const owner = waiters[0]?.site?.type ?? null;
  if (owner === null && object === null) return type === "RWMutex" ? say`an RWMutex` : say`a ${type}`;
  if (owner === null) return say`the ${type} of ${hex(object ?? 0n)}`;
  const value = object === null ? "" : ` ${hex(object)}`;
  return say`the ${type} of ${shortFunctionName(owner)}${value}`;
}

/** `sends on a channel`, `waits for a child process`: what keeps a goroutine, in the third person. */
export function occupation(analysis: Analysis, row: number): Message {
  const group = analysis.groupOf(row);
  const traits = analysis.traits(group);
  if (waitsForChild(traits.families)) return say`waits for a child process`;
  switch (waitKindOf(group.state, traits)) {
    case "send":
      return say`is stuck in a channel send`;
    case "receive":
      return say`is stuck in a channel receive`;
    case "select":
      return say`waits in a select`;
    case "lock":
      return say`waits for a lock`;
    case "wait-group":
      return say`waits for a WaitGroup`;
    case "condition":
      return say`waits for a Cond`;
    case "io":
      return say`waits for the network or a file`;
    case "syscall":
      return say`is in a system call`;
    case "sleep":
      return say`sleeps`;
    case "unknown":
      return say`is blocked or running`;
    default:
      return say`is in state "${baseState(group.state)}"`;
  }
}

/** Whether a goroutine waits for another process to end. */
export function waitsForChild(families: FunctionSet): boolean {
  return (
    families.has("os.(*Process).Wait") || families.has("os/exec.(*Cmd).Wait") || families.has("os/exec.(*Cmd).Run")
  );
}

/** `, at least 4 minutes`; empty when its header prints none. */
export function since(analysis: Analysis, row: number): Message {
  const wait = at(analysis.dump.goroutines.wait, row);
  return wait === NO_WAIT ? NOTHING : say`, at least ${minutes(wait)}`;
}

/** Why somebody is taken for the holder of a lock: a sentence. */
export function holderSentence(analysis: Analysis, lock: Lock, candidate: Candidate): Message {
  const who = subjectName(analysis, candidate.row);
  const where = callAt(candidate.frame.frame);
  const value = lock.object === null ? NOTHING : say` on the same value (${hex(lock.object)})`;
  switch (candidate.evidence) {
    case "taken":
      return say`${who} runs ${where}, where the source shows that lock taken and not yet given back.`;
    case "past-the-lock":
      return lock.kind === "once"
        ? say`${who} runs the function of that Once (${where}).`
        : say`${who} is past the place where the others ask for the lock, in ${where}${value}.`;
    case "same-value":
      return say`${who} runs ${where}${value}, and is the only one there that does not wait for the lock.`;
    case "has-value":
      return say`${who} has the value with the lock as an argument (${where}) and waits for another lock.`;
    case "same-type":
      if (lock.kind === "once") return onceSentence(who, where);
      return say`${who} is the only one that runs a method of the type with the lock (${where}) and does not wait for it; whether it is the same value, no address tells.`;
    case "same-package":
      return say`${who} is the only other one that runs code of the package that locks it (${where}), so it may hold it.`;
    case "idle-loop":
      return say`${who} runs ${where}, but looks idle.`;
  }
}

function onceSentence(who: Message, where: Message): Message {
  return say`${who} runs the function of a Once that it asked for where the others wait (${where}); whether it is the same one, no address tells.`;
}

/** `3 goroutines wait in kline.(*MarketManager).check at manager.go:214`: one sentence for each place, most first. */
export function waitersSentences(analysis: Analysis, lock: Lock): Message[] {
  const byPlace = new Map<string, { readonly where: Message; count: number }>();
  for (const { site, group, count } of lock.waiters) {
    const frame = site?.isUser === true ? site.frame : analysis.place(group);
    const where = frame === null ? say`the lock call` : callAt(frame);
    const known = byPlace.get(english(where));
    if (known === undefined) byPlace.set(english(where), { where, count });
    else known.count += count;
  }
  const most = [...byPlace.values()].sort((left, right) => right.count - left.count).slice(0, 5);
  return most.map(({ where, count }) => say`${waitFor(count, lockName(lock))} in ${where}.`);
}

/** `1 goroutine waits for the Mutex 0xc000118008`, `3 goroutines wait for it`. */
export function waitFor(count: number, lock: Message): Message {
  return count === 1 ? say`1 goroutine waits for ${lock}` : say`${grouped(count)} goroutines wait for ${lock}`;
}
