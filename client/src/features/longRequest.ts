import { type CancellationTokenSource, type Progress, ProgressLocation, window } from "vscode";
import type { RequestTypes } from "../../../server/src/protocol/index.ts";
import type { DumpServer, WorkDone } from "../dumpServer.ts";

/** The requests whose progress the server tells. */
type LongRequest = "compare" | "condenseFile" | "fullText";

/** How a request shows itself when it takes long, and how it is called off. */
interface LongRequestOptions {
  readonly title: string;
  readonly cancellation: CancellationTokenSource;
}

let count = 0;

/**
 * Asks the server for something that may take long. From when the server says that it does, the user sees its progress
 * in a notification, and can cancel it there.
 */
export async function longRequest<K extends LongRequest>(
  server: DumpServer,
  name: K,
  params: RequestTypes[K]["params"],
  options: LongRequestOptions,
): Promise<RequestTypes[K]["result"]> {
  const workDoneToken = `goroutineDump/${++count}`;
  const shown = new ShownRequest(options);
  const following = server.onProgress(workDoneToken, (told) => shown.take(told));
  try {
    return await server.request(name, { ...params, workDoneToken }, options.cancellation.token);
  } finally {
    following.dispose();
    shown.close();
  }
}

class ShownRequest {
  readonly #options: LongRequestOptions;
  #progress: Progress<{ message: string; increment: number }> | undefined;
  /** Title of the work and of its notification. */
  #percent = 0;
  #reported = 0;
  #close = (): void => {};

  constructor(options: LongRequestOptions) {
    this.#options = options;
  }

  take(told: WorkDone): void {
    if (told.kind === "end") {
      return;
    }
    this.#percent = told.percentage ?? this.#percent;
    this.#report();
    if (told.kind === "begin") {
      this.#show();
    }
  }

  close(): void {
    this.#close();
  }

  #show(): void {
    const { title, cancellation } = this.#options;
    const closed = new Promise<void>((resolve) => (this.#close = resolve));
    void window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => cancellation.cancel());
        this.#progress = progress;
        this.#report();
        return closed;
      },
    );
  }

  #report(): void {
    const increment = this.#percent - this.#reported;
    if (this.#progress !== undefined && increment > 0) {
      this.#progress.report({ message: `${this.#percent} %`, increment });
      this.#reported = this.#percent;
    }
  }
}
