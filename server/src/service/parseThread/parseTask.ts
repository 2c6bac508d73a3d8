import type { SentReading } from "./sentReading.ts";

/** What a parsing thread is told: that a text or a profile comes, its bytes, and its end. */
export type ParseTask =
  | { readonly kind: "text"; readonly linePrefix: string; readonly isDecoded: boolean }
  | { readonly kind: "chunk"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "end" };

/** What it answers. */
export type ParseAnswer =
  /** It has started: before that it may not start at all. */
  | { readonly kind: "ready" }
  /** A chunk is parsed: the next may come. */
  | { readonly kind: "taken" }
  /** How much of a file has been read that the thread reads itself. */
  | { readonly kind: "progress"; readonly bytes: number; readonly total: number }
  | ({ readonly kind: "reading" } & SentReading)
  | { readonly kind: "failed"; readonly message: string };

/** Sends an answer; the buffers move to the other thread with it. */
export type SendAnswer = (answer: ParseAnswer, transfer?: ArrayBuffer[]) => void;

/** A thread that serves one parse, as the one that started it sees it: what threads of Node and workers of the web share. */
export interface ParseThread<Task> {
  post(task: Task, transfer: ArrayBuffer[]): void;
  /** Gives every answer, and what the thread failed of. Called once. */
  listen(take: (answer: ParseAnswer) => void, fail: (error: Error) => void): void;
  /** Ends the thread, whatever it does. */
  end(): void;
}

/** Where parsing threads come from. */
export interface ParseThreads<Task = ParseTask> {
  /** Starts one; throws where that is not allowed. */
  start(): ParseThread<Task>;
  /** Runs something later, once; the answer calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}
