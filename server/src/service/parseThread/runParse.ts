import type { FileReading } from "../host/largeFiles.ts";
import type { CancellationToken, Clock } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";
import type { ParseAnswer, ParseThread, ParseThreads } from "./parseTask.ts";
import { type SentReading, unpackReading } from "./sentReading.ts";

/** Milliseconds between two looks at whether a parse was cancelled. */
const CANCEL_INTERVAL = 50;
/** Milliseconds a thread has to start: one that may not says so, or says nothing at all. */
const START_LIMIT = 10_000;
/** At most this many chunks are on their way to the thread; the sender then waits until one is parsed. */
const WINDOW = 16;

/** Sends a task; resolves when the next may follow. */
export type SendTask<Task> = (task: Task, transfer?: ArrayBuffer[]) => Promise<void>;

/** One parse on a thread of its own, which ends with it, or when nobody waits for it any more. */
export interface ParseRun<Task> {
  readonly token: CancellationToken;
  readonly clock: Clock;
  /** Sends the tasks, and stops when `isOver` says that there is no use in more. */
  readonly tell: (send: SendTask<Task>, isOver: () => boolean) => Promise<void>;
  readonly progress?: (bytes: number, total: number) => void;
}

/** Runs a parse. Undefined: no thread starts here, and nothing was told. */
export async function runParse<Task extends { readonly kind: string }>(
  threads: ParseThreads<Task>,
  run: ParseRun<Task>,
): Promise<FileReading | undefined> {
  let thread: ParseThread<Task>;
  try {
    thread = threads.start();
  } catch {
    return undefined;
  }
  const talk = new Talk(thread, run.progress);
  const stopWatching = watch(threads, run.token, talk);
  try {
    if (!(await talk.hasStarted)) return run.token.isCancellationRequested ? { kind: "cancelled" } : undefined;
    // A failure of the telling is the parse's: nothing more comes of it.
    run.tell(talk.send, () => talk.isOver).catch((error: unknown) => talk.fail(error));
    const outcome = await talk.outcome;
    if (outcome.kind !== "reading") return outcome;
    const turns = new Turns(run.clock);
    return { kind: "reading", reading: await unpackReading(outcome, () => turns.pause()) };
  } finally {
    stopWatching();
    thread.end();
  }
}

/** As {@link FileReading}, before what was read is unpacked. */
type Outcome = Exclude<FileReading, { kind: "reading" }> | ({ readonly kind: "reading" } & SentReading);

/** What is said between the two threads. */
class Talk<Task extends { readonly kind: string }> {
  readonly hasStarted: Promise<boolean>;
  readonly outcome: Promise<Outcome>;
  isOver = false;
  readonly #thread: ParseThread<Task>;
  readonly #progress: ((bytes: number, total: number) => void) | undefined;
  #inFlight = 0;
  #goOn: () => void = () => {};
  #start!: (isStarted: boolean) => void;
  #resolve!: (outcome: Outcome) => void;
  #reject!: (error: unknown) => void;

  constructor(thread: ParseThread<Task>, progress?: (bytes: number, total: number) => void) {
    this.#thread = thread;
    this.#progress = progress;
    this.hasStarted = new Promise((resolve) => (this.#start = resolve));
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // One that never starts has an outcome that nobody asks for.
    this.outcome.catch(() => {});
    thread.listen(
      (answer) => this.#take(answer),
      (error) => this.fail(error),
    );
  }

  readonly send: SendTask<Task> = async (task, transfer = []) => {
    if (this.isOver) return;
    this.#thread.post(task, transfer);
    if (task.kind !== "chunk" || ++this.#inFlight < WINDOW) return;
    await new Promise<void>((resolve) => (this.#goOn = resolve));
  };

  /** Ends the talk because nobody waits for its outcome. */
  cancel(): void {
    this.#end(() => this.#resolve({ kind: "cancelled" }));
  }

  fail(error: unknown): void {
    this.#end(() => this.#reject(error));
  }

  /** Gives up a thread that has not started. */
  giveUp(): void {
    this.#start(false);
  }

  #take(answer: ParseAnswer): void {
    switch (answer.kind) {
      case "ready":
        return this.#start(true);
      case "taken":
        this.#inFlight--;
        return this.#goOn();
      case "progress":
        return this.#progress?.(answer.bytes, answer.total);
      default:
        return this.#end(() => this.#resolve(answer));
    }
  }

  #end(settle: () => void): void {
    this.isOver = true;
    this.#start(false);
    settle();
    this.#goOn();
  }
}

/** Looks at the token from time to time; gives what stops it. */
function watch<Task extends { readonly kind: string }>(
  threads: ParseThreads<Task>,
  token: CancellationToken,
  talk: Talk<Task>,
): () => void {
  let stop: (() => void) | undefined;
  const look = (): void => {
    if (token.isCancellationRequested) return talk.cancel();
    stop = threads.after(CANCEL_INTERVAL, look);
  };
  look();
  const stopStart = threads.after(START_LIMIT, () => talk.giveUp());
  return () => {
    stop?.();
    stopStart();
  };
}
