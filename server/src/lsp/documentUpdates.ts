import { type DumpChangedParams, Notifications } from "../protocol/index.ts";
import type { Diagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { inBackground } from "./answer.ts";
import { IgnoreReports } from "./ignoreReports.ts";
import type { Platform } from "./platform.ts";
import type { Session } from "./session.ts";

/** Milliseconds without a change before a document is read again. */
const QUIET = 250;

interface Update {
  /** Stops what the document's last change started. */
  stop(): void;
}

/**
 * What the server does by itself when a document changes: read it, tell the client that knows our notification, and
 * publish diagnostics to a client that does not ask for them.
 */
export class DocumentUpdates {
  readonly #session: Session;
  readonly #platform: Platform;
  readonly #ignoreReports: IgnoreReports;
  readonly #updates = new Map<string, Update>();

  constructor(session: Session, platform: Platform) {
    this.#session = session;
    this.#platform = platform;
    this.#ignoreReports = new IgnoreReports(session);
  }

  /** A document was opened or changed: a first look at once, later ones when typing pauses. */
  changed(document: TextDocument): void {
    const isFirst = !this.#updates.has(document.uri);
    this.#schedule(document, isFirst ? 0 : QUIET);
  }

  closed(uri: string): void {
    this.#updates.get(uri)?.stop();
    this.#updates.delete(uri);
    if (!this.#session.client.pullDiagnostics) this.#send(uri, []);
    this.#ignoreReports.update();
  }

  /** Ends all that is under way: nothing is sent from now on. */
  stop(): void {
    for (const update of this.#updates.values()) update.stop();
    this.#ignoreReports.stop();
    this.#updates.clear();
  }

  /** The settings or the sources changed. */
  refresh(): void {
    const { connection, client, documents, logger } = this.#session;
    for (const document of documents.all()) this.#schedule(document, QUIET);
    const ask = (isKnown: boolean, request: () => Promise<void>) =>
      isKnown && inBackground("refresh", { logger }, request);
    ask(client.pullDiagnostics && client.refreshDiagnostics, () => connection.languages.diagnostics.refresh());
    ask(client.refreshCodeLenses, () => connection.sendRequest("workspace/codeLens/refresh"));
  }

  #schedule(document: TextDocument, delay: number): void {
    this.#updates.get(document.uri)?.stop();
    const token = { isCancellationRequested: false };
    const callOff = this.#platform.after(delay, () =>
      inBackground(`reading ${document.uri}`, this.#session, () => this.#update(document, token)),
    );
    this.#updates.set(document.uri, {
      stop: () => {
        token.isCancellationRequested = true;
        callOff();
      },
    });
  }

  async #update(document: TextDocument, token: { readonly isCancellationRequested: boolean }): Promise<void> {
    const { connection, client, service } = this.#session;
    const { uri, version } = document;
    if (client.options.notifications === true) {
      await service.summary(document, token);
      if (token.isCancellationRequested) return;
      await connection.sendNotification(Notifications.dumpChanged, { uri } satisfies DumpChangedParams);
    }
    this.#ignoreReports.update();
    if (client.pullDiagnostics) return;
    const diagnostics = await service.diagnostics(document, token);
    if (diagnostics !== undefined && !token.isCancellationRequested && document.version === version) {
      this.#send(uri, diagnostics, version);
    }
  }

  #send(uri: string, diagnostics: Diagnostic[], version?: number) {
    const { connection, logger } = this.#session;
    const params = { uri, diagnostics, ...(version !== undefined && { version }) };
    inBackground(`diagnostics of ${uri}`, { logger }, () => connection.sendDiagnostics(params));
  }
}
