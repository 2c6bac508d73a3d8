import type { Connection, ProgressToken, WorkDoneProgressReporter } from "vscode-languageserver";
import type { LongTask, Logger, ReportProgress, RunLong } from "../service/base/ports.ts";
import { inBackground } from "./answer.ts";
import type { Platform } from "./platform.ts";

/** Milliseconds that a task takes before its progress is shown: what is over sooner needs none. */
const DELAY = 500;

/** Shows long tasks as LSP's work done progress, which the user can cancel, where the client shows any. */
export class LongTasks {
  readonly #connection: Connection;
  readonly #after: Platform["after"];
  readonly #logger: Logger;

  constructor(connection: Connection, { after }: Pick<Platform, "after">, logger: Logger) {
    this.#connection = connection;
    this.#after = after;
    this.#logger = logger;
  }

  /** Runs a task of the server's own. */
  readonly run: RunLong = (task, work) => this.#run(task, undefined, work);

  /** Runs what a request asks for; with the request's token the client shows the progress, and cancels, in its own way. */
  async answer<T>(
    request: { readonly title: string; readonly workDoneToken?: ProgressToken | undefined },
    token: { readonly isCancellationRequested: boolean },
    work: (token: { readonly isCancellationRequested: boolean }, progress: ReportProgress) => Promise<T>,
  ): Promise<T> {
    let isStopped = false;
    const either = {
      get isCancellationRequested() {
        return isStopped || token.isCancellationRequested;
      },
    };
    const task = { title: request.title, stop: () => void (isStopped = true) };
    return this.#run(task, request.workDoneToken, (progress) => work(either, progress));
  }

  async #run<T>(
    task: LongTask,
    token: ProgressToken | undefined,
    work: (progress: ReportProgress) => Promise<T>,
  ): Promise<T> {
    const shown = new ShownTask(task);
    const callOff = this.#after(DELAY, () =>
      inBackground("progress", { logger: this.#logger }, () => shown.begin(this.#connection, token)),
    );
    try {
      return await work((done, total) => shown.report(done, total));
    } finally {
      callOff();
      shown.end();
    }
  }
}

/** One task: nothing is told before it begins or when it is over. */
class ShownTask {
  readonly #task: LongTask;
  #reporter: WorkDoneProgressReporter | undefined;
  /** Undefined: the task does not say how far it is. */
  #percent: number | undefined;
  #isOver = false;

  constructor(task: LongTask) {
    this.#task = task;
  }

  async begin({ window }: Connection, token: ProgressToken | undefined): Promise<void> {
    const reporter = token === undefined ? await this.#create(window) : window.attachWorkDoneProgress(token);
    reporter.begin(this.#task.title, this.#percent, undefined, true);
    if (this.#isOver) reporter.done();
    else this.#reporter = reporter;
  }

  report(done: number, total: number): void {
    const percent = Math.floor((100 * Math.min(done, total)) / Math.max(total, 1));
    if (percent === this.#percent) return;
    this.#percent = percent;
    this.#reporter?.report(percent);
  }

  end(): void {
    this.#isOver = true;
    this.#reporter?.done();
  }

  async #create(window: Connection["window"]): Promise<WorkDoneProgressReporter> {
    const reporter = await window.createWorkDoneProgress();
    reporter.token.onCancellationRequested(() => this.#task.stop());
    return reporter;
  }
}
