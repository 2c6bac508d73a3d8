import {
  type Connection,
  type DidOpenTextDocumentParams,
  type Event,
  type NotificationHandler,
  type TextDocumentChangeEvent,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type OpenFileParams, type OpenFileResult, Requests } from "../protocol/index.ts";
import { LineStarts } from "../service/base/lineStarts.ts";
import type { Logger } from "../service/base/ports.ts";
import { inBackground } from "./answer.ts";
import { isSameText } from "./isSameText.ts";
import type { Platform } from "./platform.ts";

/** Parameters of a notification about a document. */
interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/** Most bytes of one UTF-16 unit in UTF-8; bytes of a byte order mark. */
const [UNIT_BYTES, MARK_BYTES] = [3, 3];

/**
 * The documents that the client has open. The text of a large one the server reads from its file, when the client asks
 * it to (`openFile`); what comes for that document meanwhile waits for it, so that all arrives in order.
 */
export class OpenDocuments {
  /** Lines of the text that was read last. */
  readonly lineStarts = new LineStarts();
  readonly #documents = new TextDocuments(TextDocument);
  /** The last of what waits for each file that is being read. */
  readonly #waiting = new Map<string, Promise<void>>();
  readonly #readText: Platform["readText"];
  readonly #logger: Logger;
  #open: NotificationHandler<DidOpenTextDocumentParams> = () => {};

  constructor({ readText }: Pick<Platform, "readText">, logger: Logger) {
    this.#readText = readText;
    this.#logger = logger;
  }

  /** A document was opened or changed. */
  get onDidChangeContent(): Event<TextDocumentChangeEvent<TextDocument>> {
    return this.#documents.onDidChangeContent;
  }

  get onDidClose(): Event<TextDocumentChangeEvent<TextDocument>> {
    return this.#documents.onDidClose;
  }

  /** All documents whose text is here. */
  all(): TextDocument[] {
    return this.#documents.all();
  }

  /** The document at an address; undefined while its file is being read, too. */
  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  /** The document at an address, once its file has been read; undefined when none is open there. */
  async find(uri: string): Promise<TextDocument | undefined> {
    await Promise.allSettled([this.#waiting.get(uri)]);
    return this.get(uri);
  }

  /** Follows what the client says of its documents. */
  listen(connection: Connection): void {
    this.#documents.listen({
      onDidOpenTextDocument: (handler) => {
        this.#open = handler;
        return connection.onDidOpenTextDocument(this.#inOrder(handler));
      },
      onDidChangeTextDocument: (handler) => connection.onDidChangeTextDocument(this.#inOrder(handler)),
      onDidCloseTextDocument: (handler) => connection.onDidCloseTextDocument(this.#inOrder(handler)),
      onDidSaveTextDocument: (handler) => connection.onDidSaveTextDocument(handler),
      onWillSaveTextDocument: (handler) => connection.onWillSaveTextDocument(handler),
      onWillSaveTextDocumentWaitUntil: (handler) => connection.onWillSaveTextDocumentWaitUntil(handler),
    });
    connection.onRequest(Requests.openFile, (params: OpenFileParams) => this.#openFile(params));
  }

  /** Opens a document with the text of its file: the only file that is read because the client says so. */
  async #openFile({ uri, languageId, version, text: check }: OpenFileParams): Promise<OpenFileResult> {
    let isOpen = false;
    const opening = this.#queue(uri, async () => {
      const text = await this.#readText?.(uri, check.length * UNIT_BYTES + MARK_BYTES);
      if (text === undefined || !isSameText(text, check, this.lineStarts)) return;
      await this.#open({ textDocument: { uri, languageId, version, text } });
      isOpen = true;
    });
    await Promise.allSettled([opening]);
    return { isOpen };
  }

  /** A handler that is called at once, or behind what waits for the document's file. */
  #inOrder<P extends AboutDocument>(handler: NotificationHandler<P>): NotificationHandler<P> {
    return (params) => {
      const { uri } = params.textDocument;
      return this.#waiting.has(uri) ? this.#queue(uri, () => handler(params)) : handler(params);
    };
  }

  #queue(uri: string, run: () => void | Promise<void>): Promise<void> {
    const last = Promise.allSettled([this.#waiting.get(uri)]).then(run);
    this.#waiting.set(uri, last);
    inBackground(`opening ${uri}`, { logger: this.#logger }, async () => {
      await Promise.allSettled([last]);
      if (this.#waiting.get(uri) === last) this.#waiting.delete(uri);
      await last;
    });
    return last;
  }
}
