import { visible } from "../core/text/visible.ts";
import type { Output } from "./commands/command.ts";
import { InputError, reasonOf } from "./usageError.ts";

/**
 * The terminal or pipe this process prints to. A reader that has enough (`| head`) is no error, and does not change the
 * exit status; what cannot be written for another reason is.
 */
export class StandardOutput implements Output {
  readonly #closed = new Set<NodeJS.WriteStream>();
  #hasUnreadable = false;

  constructor() {
    // Failures are told to who writes; unheard they would end the process with a stack trace.
    process.stdout.on("error", () => {});
    process.stderr.on("error", () => {});
  }

  /** Whether an input, or a part of one, could not be read. */
  get hasUnreadable(): boolean {
    return this.#hasUnreadable;
  }

  print(piece: string | Uint8Array): Promise<void> {
    return this.#write(process.stdout, piece);
  }

  echo(piece: Uint8Array): Promise<void> {
    return this.#write(process.stderr, piece);
  }

  /** Resolves when the piece was taken: a slow reader is waited for. */
  #write(stream: NodeJS.WriteStream, piece: string | Uint8Array): Promise<void> {
    if (this.#closed.has(stream)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      stream.write(piece, (error) => {
        if (!error) return resolve();
        if ((error as NodeJS.ErrnoException).code !== "EPIPE") {
          return reject(new InputError(`The output cannot be written: ${reasonOf(error)}`));
        }
        this.#closed.add(stream);
        resolve();
      });
    });
  }

  /** Says something beside the report. It may quote inputs: whatever they hold, it is one line that steers no terminal. */
  warn(sentence: string, isUnreadable = false): void {
    this.#hasUnreadable ||= isUnreadable;
    process.stderr.write(`goroutine-dump: ${visible(sentence)}\n`);
  }
}
