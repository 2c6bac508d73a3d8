import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { Socket } from "node:net";
import type { GitCommand } from "./gitCommand.ts";

/** An object as `git cat-file --batch` tells of it. */
export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** Empty where only the kind was asked for. */
  readonly bytes: Uint8Array;
}

interface Question {
  readonly answer: (object: GitObject | undefined) => void;
}

/** An answer takes well under a millisecond; a process that is silent for so long will not answer any more. */
const SILENCE_MS = 10_000;
/** After so long without a question the process ends; another is started for the next. */
const IDLE_MS = 15_000;
const NEWLINE = 0x0a;
const NO_BYTES = new Uint8Array();

/**
 * One `git cat-file` process that answers many questions in their order. It keeps nothing alive: between questions this
 * process may end.
 */
export class ObjectReader {
  readonly #git: GitCommand;
  readonly #mode: "--batch" | "--batch-check";
  readonly #questions: Question[] = [];
  #process: ChildProcessWithoutNullStreams | undefined;
  #chunks: Buffer[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(git: GitCommand, mode: "--batch" | "--batch-check") {
    this.#git = git;
    this.#mode = mode;
  }

  /** What stands under a name (a hash, `COMMIT:path`, `refs/tags/v1^{commit}`); undefined when nothing does. */
  ask(name: string): Promise<GitObject | undefined> {
    if (name === "" || /[\0\n]/.test(name)) return Promise.resolve(undefined);
    return new Promise((answer) => {
      const process = this.#started();
      this.#questions.push({ answer });
      process.stdin.write(`${name}\n`);
      this.#watch();
    });
  }

  #started(): ChildProcessWithoutNullStreams {
    if (this.#process) return this.#process;
    const process = this.#git.start(["cat-file", this.#mode]);
    process.stdout.on("data", (chunk: Buffer) => this.#take(process, chunk));
    process.stderr.resume();
    process.stdin.on("error", () => this.#end(process));
    process.on("error", () => this.#end(process));
    process.on("exit", () => this.#end(process));
    this.#process = process;
    return process;
  }

  /** Whoever waits hears that there is nothing. */
  #end(process: ChildProcessWithoutNullStreams): void {
    if (this.#process !== process) return;
    this.#process = undefined;
    clearTimeout(this.#timer);
    [this.#chunks, this.#length] = [[], 0];
    process.kill();
    for (const { answer } of this.#questions.splice(0)) answer(undefined);
  }

  #watch(): void {
    const process = this.#process;
    if (!process) return;
    const isWaiting = this.#questions.length > 0;
    keepAlive(process, isWaiting);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(process), isWaiting ? SILENCE_MS : IDLE_MS);
    if (!isWaiting) this.#timer.unref();
  }

  #take(process: ChildProcessWithoutNullStreams, chunk: Buffer): void {
    if (this.#process !== process) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (let object = this.#next(); object !== "incomplete"; object = this.#next()) {
      this.#questions.shift()?.answer(object);
    }
    this.#watch();
  }

  #next(): GitObject | undefined | "incomplete" {
    const header = this.#header();
    if (header === undefined) return "incomplete";
    const [, id = "", type = "", digits = ""] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(header) ?? [];
    const start = Buffer.byteLength(header) + 1;
    if (id === "" || this.#mode === "--batch-check") {
      this.#drop(start);
      return id === "" ? undefined : { id, type, size: Number(digits), bytes: NO_BYTES };
    }
    const size = Number(digits);
    if (this.#length < start + size + 1) return "incomplete";
    const bytes = Uint8Array.from(this.#joined().subarray(start, start + size));
    this.#drop(start + size + 1);
    return { id, type, size, bytes };
  }

  /** The first line of what has come; undefined when it has not come whole. */
  #header(): string | undefined {
    if (this.#length === 0) return undefined;
    const [first] = this.#chunks;
    const end = first?.indexOf(NEWLINE) ?? -1;
    if (end >= 0) return first?.toString("utf8", 0, end);
    const joined = this.#joined();
    const later = joined.indexOf(NEWLINE);
    return later < 0 ? undefined : joined.toString("utf8", 0, later);
  }

  #joined(): Buffer {
    const joined = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }

  #drop(count: number): void {
    const rest = this.#joined().subarray(count);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
  }
}

/** Whether this process stays for the other one's sake. */
function keepAlive(process: ChildProcessWithoutNullStreams, isWanted: boolean): void {
  const sockets = [process.stdin, process.stdout, process.stderr].filter((stream) => stream instanceof Socket);
  for (const each of [process, ...sockets]) {
    if (isWanted) each.ref();
    else each.unref();
  }
}
