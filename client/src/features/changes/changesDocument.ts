import { type Disposable, EventEmitter, l10n, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";
import { comparisonText } from "../../model/comparisonText.ts";
import type { ShownComparison } from "./comparison.ts";

const scheme = "goroutine-dump-changes";
const uri = Uri.from({ scheme, path: "/Changes.txt" });

/** The comparison as a read-only text. Its own form reads better than a diff: the addresses in dumps differ everywhere. */
export class ChangesDocument implements TextDocumentContentProvider, Disposable {
  readonly #comparison: ShownComparison;
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: readonly Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor(comparison: ShownComparison) {
    this.#comparison = comparison;
    this.#subscriptions = [
      this.#changed,
      workspace.registerTextDocumentContentProvider(scheme, this),
      comparison.onDidChange(() => this.#changed.fire(uri)),
    ];
  }

  provideTextDocumentContent(): string {
    const shown = this.#comparison.shown;
    return shown === undefined ? "" : comparisonText(shown.title, shown.result, l10n);
  }

  async open(): Promise<void> {
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    for (const each of this.#subscriptions) {
      each.dispose();
    }
  }
}
