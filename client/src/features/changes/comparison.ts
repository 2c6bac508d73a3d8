import { CancellationTokenSource, commands, type Disposable, type Event, EventEmitter, l10n, window } from "vscode";
import type { CompareParams, CompareResult, DumpRef } from "../../../../server/src/protocol/index.ts";
import { ContextKeys, Views } from "../../ids.ts";
import { moved } from "../../model/moved.ts";
import type { Services } from "../../services.ts";
import { longRequest } from "../longRequest.ts";
import { ContextKey } from "../../util/contextKey.ts";

/** What is compared, and what came of it. */
export interface CompareOutcome {
  readonly title: string;
  readonly params: Omit<CompareParams, "from">;
  readonly result: CompareResult;
}

/** The comparison that the view "Changes" and the chart show: one at a time. */
export class ShownComparison implements Disposable {
  readonly #services: Services;
  readonly #changed = new EventEmitter<void>();
  readonly #key = new ContextKey<boolean>(ContextKeys.hasComparison);
  #cancellation = new CancellationTokenSource();
  #shown: CompareOutcome | undefined;
  #isCapturing = false;

  constructor(services: Services) {
    this.#services = services;
    this.#key.set(false);
  }

  /** Fires when another comparison is shown, or more of it, or none. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  get shown(): CompareOutcome | undefined {
    return this.#shown;
  }

  /** Whether more dumps are on their way. */
  get capturing(): boolean {
    return this.#isCapturing;
  }

  set capturing(isCapturing: boolean) {
    if (isCapturing !== this.#isCapturing) {
      this.#isCapturing = isCapturing;
      this.#changed.fire();
    }
  }

  /**
   * Compares dumps and shows the result. When it takes long the user sees the progress and can cancel it. An earlier call
   * is cancelled.
   */
  async show(params: CompareOutcome["params"], { title }: { readonly title: string }): Promise<void> {
    this.#cancellation.cancel();
    const cancellation = new CancellationTokenSource();
    this.#cancellation = cancellation;
    const options = { title: l10n.t("Comparing goroutine dumps"), cancellation };
    const result = await window.withProgress({ location: { viewId: Views.changes } }, () =>
      longRequest(this.#services.server, "compare", { ...params, from: 0 }, options),
    );
    if (cancellation === this.#cancellation) {
      this.#set({ title, params, result });
    }
  }

  /** Adds the next page of stacks. */
  async showMore(): Promise<void> {
    const shown = this.#shown;
    if (shown === undefined) {
      return;
    }
    const from = shown.result.stacks.length;
    const next = await this.#services.server.request("compare", { ...shown.params, from });
    if (shown === this.#shown) {
      this.#set({ ...shown, result: { ...next, stacks: [...shown.result.stacks, ...next.stacks] } });
    }
  }

  /** Moves a dump by that many places in the order. */
  async move(index: number, by: number): Promise<void> {
    await this.#again((dumps) => moved(dumps, index, by));
  }

  /** Compares without one of the dumps. Its file stays. */
  async remove(index: number): Promise<void> {
    await this.#again((dumps) => dumps.filter((_, each) => each !== index));
  }

  /** Brings the view into sight. */
  async reveal(): Promise<void> {
    // The editor makes this command for every view.
    await commands.executeCommand(`${Views.changes}.focus`);
  }

  clear(): void {
    this.#cancellation.cancel();
    this.#set(undefined);
  }

  dispose(): void {
    this.#cancellation.cancel();
    this.#changed.dispose();
  }

  async #again(change: (dumps: readonly DumpRef[]) => readonly DumpRef[]): Promise<void> {
    const shown = this.#shown;
    if (shown !== undefined) {
      const dumps = change(shown.result.dumps.map(({ uri, index }) => ({ uri, index })));
      await this.show({ ...shown.params, dumps, sortByTime: false }, shown);
    }
  }

  #set(shown: CompareOutcome | undefined): void {
    this.#shown = shown;
    this.#key.set(shown !== undefined);
    this.#changed.fire();
  }
}
