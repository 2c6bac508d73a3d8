import {
  CancellationTokenSource,
  type Disposable,
  l10n,
  StatusBarAlignment,
  type StatusBarItem,
  type Uri,
  window,
} from "vscode";
import { Commands, ContextKeys } from "../../ids.ts";
import type { PprofBase } from "../../model/pprofUrl.ts";
import { after } from "../../runtime/timer.ts";
import type { Services } from "../../services.ts";
import { ContextKey } from "../../util/contextKey.ts";
import { forUser, isCancellation } from "../../util/failures.ts";
import type { ShownComparison } from "../changes/comparison.ts";
import type { Capture, Captured } from "./capture.ts";

type Failed = Extract<Captured, { kind: "failed" }>;

/** Tells the user why there is no dump; true: it may be tried again. */
export type Explain = (failed: Failed) => Promise<boolean>;

/** A series that runs: replaced, never reused. */
interface Run {
  readonly base: PprofBase;
  readonly seconds: number;
  readonly saved: Uri[];
  readonly cancellation: CancellationTokenSource;
  waiting: Disposable | undefined;
}

/** Captures again and again, and compares what it has, until it is stopped or fails. One series at a time. */
export class CaptureSeries implements Disposable {
  readonly #services: Services;
  readonly #capture: Capture;
  readonly #comparison: ShownComparison;
  readonly #explain: Explain;
  readonly #status: StatusBarItem;
  readonly #capturing = new ContextKey<boolean>(ContextKeys.capturing);
  #run: Run | undefined;

  constructor(services: Services, capture: Capture, comparison: ShownComparison, explain: Explain) {
    this.#services = services;
    this.#capture = capture;
    this.#comparison = comparison;
    this.#explain = explain;
    this.#status = window.createStatusBarItem("capture", StatusBarAlignment.Left);
    this.#status.name = l10n.t("Goroutine Dump Capture");
    this.#status.command = Commands.stopCapture;
    this.#status.tooltip = l10n.t("Stop capturing");
  }

  /** Starts a series, or goes on with what one has saved; one that runs is stopped. */
  async start(base: PprofBase, seconds: number, saved: readonly Uri[] = []): Promise<void> {
    this.stop();
    const run: Run = {
      base,
      seconds,
      saved: [...saved],
      cancellation: new CancellationTokenSource(),
      waiting: undefined,
    };
    this.#run = run;
    this.#capturing.set(true);
    this.#comparison.capturing = true;
    this.#showStatus(run);
    await this.#step(run);
  }

  /** Ends the series; what was captured stays. */
  stop(): void {
    const run = this.#run;
    this.#run = undefined;
    run?.cancellation.cancel();
    run?.waiting?.dispose();
    this.#capturing.set(false);
    this.#comparison.capturing = false;
    this.#status.hide();
  }

  dispose(): void {
    this.stop();
    this.#status.dispose();
  }

  /** A failure ends the series: nothing may look as if it were still capturing. */
  async #step(run: Run): Promise<void> {
    try {
      await this.#captureAndCompare(run);
    } catch (error) {
      if (run === this.#run) {
        this.stop();
      }
      throw error;
    }
  }

  async #captureAndCompare(run: Run): Promise<void> {
    const started = Date.now();
    const captured = await this.#capture.once(run.base, { token: run.cancellation.token, onProgress: () => {} });
    if (run !== this.#run) {
      return;
    }
    if (captured.kind === "failed") {
      return this.#fail(run, captured);
    }
    run.saved.push(captured.uri);
    this.#showStatus(run);
    await this.#compare(run);
    if (run === this.#run) {
      // The interval is from start to start, however long a capture takes.
      const rest = Math.max(0, run.seconds * 1000 - (Date.now() - started));
      run.waiting = after(rest, () => void forUser(this.#services.log, () => this.#step(run)));
    }
  }

  /** Who cancels the comparison of the moment does not stop the capture. */
  async #compare({ saved, base }: Run): Promise<void> {
    const dumps = saved.map((uri) => ({ uri: uri.toString(), index: null }));
    try {
      await this.#comparison.show(
        { dumps, kind: "series", sortByTime: false },
        { title: l10n.t("Capture of {0}", base.host) },
      );
    } catch (error) {
      if (!isCancellation(error)) {
        throw error;
      }
    }
  }

  async #fail({ base, seconds, saved }: Run, failed: Failed): Promise<void> {
    this.stop();
    if ((await this.#explain(failed)) && this.#run === undefined) {
      await this.start(base, seconds, saved);
    }
  }

  #showStatus({ seconds, saved }: Run): void {
    this.#status.text = `$(debug-stop) ${l10n.t("Capturing every {0} s: {1}", seconds, saved.length)}`;
    this.#status.show();
  }
}
