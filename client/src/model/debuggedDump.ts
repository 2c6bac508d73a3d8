/** A call as a debugger tells it. */
export interface DebuggedFrame {
  readonly function: string;
  /** Null for code without source. */
  readonly file: string | null;
  /** 1-based. */
  readonly line: number;
}

export interface DebuggedThread {
  readonly id: number;
  /** As the debugger names it: `* [Go 1] main.main (Thread 4711)`. */
  readonly name: string;
}

/** A goroutine of a debug session. */
export interface DebuggedGoroutine extends DebuggedThread {
  /** Innermost call first. */
  readonly frames: readonly DebuggedFrame[];
}

/** Threads of a `threads` response of the debug adapter protocol; Delve lists goroutines as such. */
export function readThreads(response: unknown): readonly DebuggedThread[] {
  return listIn(response, "threads").flatMap((each) => {
    const { id, name } = fieldsOf(each);
    return isCount(id) ? [{ id, name: typeof name === "string" ? name : "" }] : [];
  });
}

/** Frames of a `stackTrace` response. */
export function readFrames(response: unknown): readonly DebuggedFrame[] {
  return listIn(response, "stackFrames").flatMap((each) => {
    const { name, line, source } = fieldsOf(each);
    const { path } = fieldsOf(source);
    if (typeof name !== "string" || name === "") {
      return [];
    }
    const hasPlace = typeof path === "string" && isCount(line);
    return [{ function: functionOf(name), file: hasPlace ? path : null, line: hasPlace ? line : 0 }];
  });
}

/**
 * The goroutines as Go would print them: of the state no more than the frames tell. Delve says neither why a goroutine
 * waits nor for how long.
 */
export function debuggedDump(goroutines: readonly DebuggedGoroutine[]): string {
  return goroutines
    .map(({ id, name, frames }) => `goroutine ${id} [${stateOf(name, frames)}]:\n${frames.map(frameText).join("")}`)
    .join("\n");
}

function frameText({ function: name, file, line }: DebuggedFrame): string {
  return `${oneLine(name)}(...)\n\t${file === null ? "??:0" : `${oneLine(file)}:${line}`}\n`;
}

/** Functions in which a goroutine is parked for one reason only, and what Go calls it. */
const parked: readonly (readonly [RegExp, string])[] = [
  [/^runtime\.chanrecv/, "chan receive"],
  [/^runtime\.chansend/, "chan send"],
  [/^runtime\.selectgo$/, "select"],
  [/^runtime\.block$/, "select (no cases)"],
  [/^runtime\.netpollblock$|runtime_pollWait$/, "IO wait"],
  [/^time\.Sleep$|^runtime\.timeSleep$/, "sleep"],
  [/^sync\.runtime_notifyListWait$/, "sync.Cond.Wait"],
  [/runtime_Semacquire/, "semacquire"],
  [/^(?:internal\/runtime\/)?syscall\./, "syscall"],
];

function stateOf(name: string, frames: readonly DebuggedFrame[]): string {
  if (/\(Thread \d+\)/.test(name)) {
    return "running";
  }
  for (const frame of frames) {
    const state = parked.find(([pattern]) => pattern.test(frame.function))?.[1];
    if (state !== undefined) {
      return state;
    }
  }
  return "waiting";
}

/** Delve marks what it cannot name, and adds offsets. */
function functionOf(name: string): string {
  return name.replace(/ \(0x[\da-f]+\)$/i, "");
}

/** Ids and lines: what a dump can hold. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** Characters of a name or path that are taken. */
const nameLimit = 4096;

/** What a debugger says may not begin another line of the dump. */
function oneLine(text: string): string {
  return text.slice(0, nameLimit).replace(/[\r\n]+/g, " ");
}

function listIn(response: unknown, key: string): readonly unknown[] {
  const list = fieldsOf(response)[key];
  return Array.isArray(list) ? list : [];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
