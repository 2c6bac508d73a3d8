import { type Disposable, type Event, EventEmitter, type Position, Uri, window, workspace } from "vscode";
import { ContextKeys, languageId } from "./ids.ts";
import { chooseActiveDump } from "./model/activeDump.ts";
import { ContextKey } from "./util/contextKey.ts";

/** The dump the views show: see {@link chooseActiveDump}. */
export class ActiveDump implements Disposable {
  readonly #changed = new EventEmitter<Uri | undefined>();
  readonly #hasDump = new ContextKey<boolean>(ContextKeys.hasDump);
  readonly #subscriptions: readonly Disposable[];
  #shown: string | undefined;

  constructor() {
    const update = (): void => this.#update();
    this.#subscriptions = [
      window.onDidChangeActiveTextEditor(update),
      // A change of language arrives as close and open.
      workspace.onDidOpenTextDocument(update),
      workspace.onDidCloseTextDocument(update),
      this.#changed,
    ];
    this.#update();
  }

  /** Undefined when no dump is open. */
  get uri(): Uri | undefined {
    return this.#shown === undefined ? undefined : Uri.parse(this.#shown);
  }

  /** Where the cursor is in the active dump; undefined when the focused editor shows something else. */
  get cursor(): Position | undefined {
    const editor = window.activeTextEditor;
    return editor?.document.uri.toString() === this.#shown ? editor?.selection.active : undefined;
  }

  /** Shows a dump that is open, whichever editor is focused. */
  show(uri: string): void {
    this.#update(Uri.parse(uri).toString());
  }

  /** Fires when another dump is shown, or none any more; not when its text changes. */
  get onDidChange(): Event<Uri | undefined> {
    return this.#changed.event;
  }

  dispose(): void {
    for (const each of this.#subscriptions) {
      each.dispose();
    }
  }

  #update(wanted = focusedDump()): void {
    const open = workspace.textDocuments.filter((each) => !each.isClosed && each.languageId === languageId);
    const next = chooseActiveDump(
      this.#shown,
      wanted,
      open.map((each) => each.uri.toString()),
    );
    this.#hasDump.set(next !== undefined);
    if (next !== this.#shown) {
      this.#shown = next;
      this.#changed.fire(this.uri);
    }
  }
}

function focusedDump(): string | undefined {
  const active = window.activeTextEditor?.document;
  return active?.languageId === languageId ? active.uri.toString() : undefined;
}
