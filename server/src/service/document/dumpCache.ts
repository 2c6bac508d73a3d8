import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI, Utils } from "vscode-uri";
import { ByteOffsets } from "../base/byteOffsets.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import { OpenText } from "./openText.ts";
import type { ParseDumps } from "../host/parseDumps.ts";
import {
  type CancellationToken,
  type Clock,
  type EncodeUtf8,
  type ReportProgress,
  type RunLong,
  runUnseen,
} from "../base/ports.ts";
import { LineStarts } from "../base/lineStarts.ts";
import { DumpRanges } from "../base/ranges.ts";
import { Turns } from "../base/turns.ts";
import { say } from "../../core/text/say.ts";

interface Entry {
  readonly version: number;
  readonly linePrefix: string;
  /** Set when a newer version or the document's closing makes the result worthless. */
  readonly token: { isCancellationRequested: boolean };
  readonly result: Promise<OpenText | undefined>;
}

/** What was read in each open document: parsed once a version, cancelled when a newer version comes, dropped on close. */
export class DumpCache {
  readonly #parse: ParseDumps;
  readonly #clock: Clock;
  readonly #encode: EncodeUtf8 | undefined;
  readonly #runLong: RunLong;
  readonly #lineStarts: LineStarts;
  readonly #settings: LanguageServiceHost["settings"];
  /** Documents whose settings are being asked for. */
  readonly #asking = new Set<{ readonly uri: string; isClosed: boolean }>();
  readonly #entries = new Map<string, Entry>();

  constructor({
    parse,
    clock,
    encode,
    runLong = runUnseen,
    lineStarts = new LineStarts(),
    settings,
  }: Pick<LanguageServiceHost, "parse" | "clock" | "encode" | "runLong" | "lineStarts" | "settings">) {
    this.#parse = parse;
    this.#clock = clock;
    this.#encode = encode;
    this.#runLong = runLong;
    this.#lineStarts = lineStarts;
    this.#settings = settings;
  }

  /**
   * What the document holds in its present version, read as its settings say. Undefined: the request is cancelled, or a
   * newer version came.
   */
  async get(document: TextDocument, token: CancellationToken): Promise<OpenText | undefined> {
    const { uri, version } = document;
    const linePrefix = await this.#linePrefixOf(uri);
    if (linePrefix === undefined || document.version !== version) return undefined;
    const known = this.#entries.get(document.uri);
    const isPresent = known?.version === document.version && known.linePrefix === linePrefix;
    const entry = isPresent ? known : this.#replace(document, linePrefix);
    const result = await entry.result;
    return token.isCancellationRequested || this.#entries.get(document.uri) !== entry ? undefined : result;
  }

  /** What stands before the lines of a document, as its settings say. Undefined: it was closed meanwhile. */
  async #linePrefixOf(uri: string): Promise<string | undefined> {
    const asking = { uri, isClosed: false };
    this.#asking.add(asking);
    const { linePrefix } = await this.#settings(uri).finally(() => this.#asking.delete(asking));
    return asking.isClosed ? undefined : linePrefix;
  }

  /** Forgets a document. */
  close(uri: string): void {
    for (const asking of this.#asking) if (asking.uri === uri) asking.isClosed = true;
    const entry = this.#entries.get(uri);
    if (entry !== undefined) entry.token.isCancellationRequested = true;
    this.#entries.delete(uri);
  }

  #replace(document: TextDocument, linePrefix: string): Entry {
    this.close(document.uri);
    const token = { isCancellationRequested: false };
    const result = this.#readOrStop(document, token, linePrefix);
    const entry = { version: document.version, linePrefix, token, result };
    this.#entries.set(document.uri, entry);
    // A failed parse is tried again the next time; the caller hears of the failure.
    entry.result.catch(() => this.#entries.get(document.uri) === entry && this.#entries.delete(document.uri));
    return entry;
  }

  /** What the user stops is read again when the document changes, or is opened again. */
  async #readOrStop(document: TextDocument, token: Entry["token"], linePrefix: string): Promise<OpenText | undefined> {
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
      token.isCancellationRequested = true;
    };
    const text = await this.#runLong({ title: `Reading ${nameOf(document)}`, stop }, (progress) =>
      this.#read(document, token, linePrefix, progress),
    );
    return isStopped ? stoppedText(document) : text;
  }

  async #read(
    document: TextDocument,
    token: CancellationToken,
    linePrefix: string,
    progress: ReportProgress,
  ): Promise<OpenText | undefined> {
    const content = document.getText();
    const offsets = new ByteOffsets(content, this.#encode);
    const version = { uri: document.uri, version: document.version };
    const turns = new Turns(this.#clock);
    const lines = await turns.run(this.#lineStarts.take(content), token);
    if (lines === undefined) return undefined;
    const ranges = new DumpRanges(content, offsets, lines);
    const chunks = counted(offsets.encode(), (bytes) => progress(bytes, content.length));
    const reading = await this.#parse(chunks, token, linePrefix, ranges);
    if (reading === undefined) return undefined;
    const text = new OpenText(version, ranges, reading, token);
    for (const open of text.dumps) await turns.run(open.prepare(), token);
    return token.isCancellationRequested ? undefined : text;
  }
}

/** The same chunks; says how many bytes were taken. */
function* counted(chunks: Iterable<Uint8Array>, progress: (bytes: number) => void): Generator<Uint8Array> {
  let bytes = 0;
  for (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    progress(bytes);
  }
}

/** What a document holds whose reading was stopped: nothing, and a note that says so. */
function stoppedText({ uri, version }: TextDocument): OpenText {
  const message = say`Reading this dump was stopped. It is read again when it changes or is opened again.`;
  const reading = { dumps: [], notes: [{ kind: "stopped", line: 0, message } as const], bytes: 0, lines: 0 };
  return new OpenText({ uri, version }, new DumpRanges("", new ByteOffsets("")), reading, {
    isCancellationRequested: false,
  });
}

function nameOf({ uri }: TextDocument): string {
  return Utils.basename(URI.parse(uri));
}
