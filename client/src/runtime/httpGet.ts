import type { CaptureProblem } from "../model/captureProblem.ts";

/** What to get, and when to give up. */
export interface GetOptions {
  /** Value of the header `Authorization`; undefined sends none. */
  readonly authorization: string | undefined;
  /** Longest silence: to the first byte of the answer, and between two. */
  readonly silenceMs: number;
  /** Longest time in all: a server may send a byte now and then for ever. */
  readonly longestMs: number;
  readonly maxBytes: number;
  /** Called with the bytes received so far. */
  readonly onProgress: (bytes: number) => void;
  /** Calls back when the user gives up. What it returns ends that. */
  readonly onCancel: (stop: () => void) => () => void;
}

export type GetResult = { readonly kind: "received"; readonly bytes: Uint8Array } | CaptureProblem;

/**
 * Gets a document with the host's own `fetch`, which follows the editor's settings for proxies and certificates. It never
 * throws. Redirects are not followed: credentials stay with the server they are for, and a login page is no dump.
 */
export async function httpGet(url: string, options: GetOptions): Promise<GetResult> {
  const watch = new Watch(options);
  try {
    const response = await watch.unlessEnded(
      fetch(url, {
        headers: options.authorization === undefined ? {} : { Authorization: options.authorization },
        redirect: "manual",
        cache: "no-store",
        credentials: "omit",
        signal: watch.signal,
      }),
    );
    return refusal(response) ?? (await watch.unlessEnded(receive(response, options, watch)));
  } catch (error) {
    return watch.reason ?? { kind: "unreachable", reason: reasonOf(error) };
  } finally {
    watch.end();
  }
}

function refusal(response: Response): CaptureProblem | undefined {
  const { status } = response;
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    return { kind: "redirect", to: response.headers.get("location") };
  }
  if (status === 200) {
    return undefined;
  }
  return status === 401 || status === 403 ? { kind: "unauthorized", status } : { kind: "status", status };
}

async function receive(response: Response, options: GetOptions, watch: Watch): Promise<GetResult> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) {
      return { kind: "received", bytes: concat(chunks, size) };
    }
    watch.hear();
    chunks.push(next.value);
    size += next.value.length;
    if (size > options.maxBytes) {
      const problem = { kind: "tooLarge", maxBytes: options.maxBytes } as const;
      watch.abort(problem);
      return problem;
    }
    if (watch.reason !== undefined) {
      return watch.reason;
    }
    options.onProgress(size);
  }
}

/** Ends a request that was silent or lasted for too long, or that is no longer wanted, and remembers why. */
class Watch {
  readonly #controller = new AbortController();
  readonly #silenceMs: number;
  readonly #forget: () => void;
  readonly #longest: number;
  /** Rejects when the request is ended. */
  readonly #ended: Promise<never>;
  #reject: (error: Error) => void = () => {};
  #timer: number | undefined;
  #reason: CaptureProblem | undefined;

  constructor({ silenceMs, longestMs, onCancel }: GetOptions) {
    this.#silenceMs = silenceMs;
    this.#ended = new Promise((_, reject) => (this.#reject = reject));
    // Nobody may be waiting when it ends.
    this.#ended.catch(() => {});
    this.#forget = onCancel(() => this.abort({ kind: "cancelled" }));
    this.#longest = setTimeout(() => this.abort({ kind: "tooLong", ms: longestMs }), longestMs);
    this.hear();
  }

  /**
   * What a promise gives, unless the request is ended before. An aborted read does not always settle: that of an unpacked
   * answer whose packed bytes have all come waits for ever.
   */
  unlessEnded<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#ended]);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Undefined: the request failed by itself. */
  get reason(): CaptureProblem | undefined {
    return this.#reason;
  }

  /** Starts the wait for the next bytes. */
  hear(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.abort({ kind: "silent", ms: this.#silenceMs }), this.#silenceMs);
  }

  abort(reason: CaptureProblem): void {
    this.#reason ??= reason;
    this.#controller.abort();
    this.#reject(new Error(reason.kind));
  }

  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#longest);
    this.#forget();
  }
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
}

/** The system's own words: `fetch` hides them in the cause, e.g. `connect ECONNREFUSED 127.0.0.1:6060`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors.length > 0) {
    return reasonOf(cause.errors[0]);
  }
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}
