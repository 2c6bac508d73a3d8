import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type TextDocument,
  type TextDocumentChangeEvent,
  workspace,
} from "vscode";
import type { SourcePlace } from "../../../../server/src/protocol/index.ts";
import { goLanguageId, languageId } from "../../ids.ts";
import { followChanges, keepFitting } from "../../model/lineAnchors.ts";
import type { Services } from "../../services.ts";
import { inBackground } from "../../util/failures.ts";

/**
 * Where goroutines stand in the Go files that are open, as long as a dump is. What the server says is of the file as it
 * was saved; from then on the places follow the editing, and one whose own line is edited is dropped.
 */
export class SourceMarks implements Disposable {
  readonly #services: Services;
  readonly #places = new Map<string, Promise<readonly SourcePlace[]>>();
  /** Documents that were edited since their places were asked for: what is saved is not what the dump is of. */
  readonly #edited = new Set<string>();
  /** Dumps covered by the last answer. */
  readonly #dumps = new Set<string>();
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: readonly Disposable[];

  constructor(services: Services) {
    this.#services = services;
    this.#subscriptions = [
      this.#changed,
      services.server.onDidChangeDump((uri) => this.#dumpChanged(uri)),
      workspace.onDidCloseTextDocument((document) => this.#close(document)),
      workspace.onDidChangeTextDocument((change) => this.#follow(change)),
    ];
  }

  /** Fires when what {@link of} gives may have changed otherwise than by editing. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** The places in a document, in the order of its lines. */
  async of(document: TextDocument, token?: CancellationToken): Promise<readonly SourcePlace[]> {
    if (openDumps().length === 0) return [];
    const uri = document.uri.toString();
    let places = this.#places.get(uri);
    if (places === undefined) {
      // What is not saved yet may stand on other lines than the server sees.
      if (document.isDirty) return [];
      places = this.#ask(document);
      this.#places.set(uri, places);
    }
    const known = await places;
    return token?.isCancellationRequested === true ? [] : known;
  }

  /** Asks the server anew when the next question comes. */
  forget(): void {
    this.#places.clear();
    this.#edited.clear();
    this.#changed.fire();
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  /** A new dump may be of the edited source; one that is only read again is not. */
  #dumpChanged(uri: string): void {
    if (!this.#dumps.has(uri)) {
      this.#dumps.add(uri);
      this.forget();
      return;
    }
    for (const each of this.#places.keys()) if (!this.#edited.has(each)) this.#askAgain(each);
    this.#changed.fire();
  }

  /** At once: an edit before the next question would make the answer one of another text. */
  #askAgain(uri: string): void {
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri);
    if (document === undefined) this.#places.delete(uri);
    else this.#places.set(uri, this.#ask(document));
  }

  async #ask(document: TextDocument): Promise<readonly SourcePlace[]> {
    const { log, server } = this.#services;
    // That one of these was read may be told after the answer about it: then it is no new dump.
    for (const { uri } of openDumps()) this.#dumps.add(uri.toString());
    // As it is now: the edits that come before the answer are followed from here.
    const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
    const result = await inBackground(log, () =>
      server.request("sourcePlaces", { sourceUri: document.uri.toString() }),
    );
    if (result === undefined) {
      this.#places.delete(document.uri.toString());
      return [];
    }
    return keepFitting(result.places, (line) => lines[line]);
  }

  #close(document: TextDocument): void {
    const uri = document.uri.toString();
    this.#places.delete(uri);
    this.#edited.delete(uri);
    if (document.languageId !== languageId) return;
    this.#dumps.clear();
    this.forget();
  }

  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    const places = this.#places.get(uri);
    if (document.languageId !== goLanguageId || places === undefined) return;
    // That a document is edited VS Code says behind its first edit, with an event that changes nothing.
    if (document.isDirty) this.#edited.add(uri);
    if (contentChanges.length === 0) return;
    this.#places.set(
      uri,
      places.then((known) => followChanges(known, contentChanges)),
    );
  }
}

/** The text of a line; undefined where the document has none. */
export function textOfLine(document: TextDocument, line: number): string | undefined {
  return line < document.lineCount ? document.lineAt(line).text : undefined;
}

function openDumps(): readonly TextDocument[] {
  return workspace.textDocuments.filter((document) => document.languageId === languageId && !document.isClosed);
}
