import type { TextDocument } from "vscode-languageserver-textdocument";
import { ByteOffsets } from "./byteOffsets.ts";
import type { LanguageServiceHost } from "./host.ts";
import { OpenText } from "./openText.ts";
import type { ParseDumps } from "./parseDumps.ts";
import type { CancellationToken, Clock, EncodeUtf8 } from "./ports.ts";
import { DumpRanges } from "./ranges.ts";
import { Turns } from "./turns.ts";

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
  readonly #entries = new Map<string, Entry>();

  constructor({ parse, clock, encode }: Pick<LanguageServiceHost, "parse" | "clock" | "encode">) {
    this.#parse = parse;
    this.#clock = clock;
    this.#encode = encode;
  }

  /**
   * What the document holds in its present version, with what a setting says stands before its lines. Undefined: the
   * request is cancelled, or a newer version came.
   */
  async get(document: TextDocument, token: CancellationToken, linePrefix = ""): Promise<OpenText | undefined> {
    const known = this.#entries.get(document.uri);
    const isPresent = known?.version === document.version && known.linePrefix === linePrefix;
    const entry = isPresent ? known : this.#replace(document, linePrefix);
    const result = await entry.result;
    return token.isCancellationRequested || this.#entries.get(document.uri) !== entry ? undefined : result;
  }

  /** Forgets a document. */
  close(uri: string): void {
    const entry = this.#entries.get(uri);
    if (entry !== undefined) entry.token.isCancellationRequested = true;
    this.#entries.delete(uri);
  }

  #replace(document: TextDocument, linePrefix: string): Entry {
    this.close(document.uri);
    const token = { isCancellationRequested: false };
    const result = this.#read(document, token, linePrefix);
    const entry = { version: document.version, linePrefix, token, result };
    this.#entries.set(document.uri, entry);
    // A failed parse is tried again the next time; who asked for it hears of the failure.
    entry.result.catch(() => this.#entries.get(document.uri) === entry && this.#entries.delete(document.uri));
    return entry;
  }

  async #read(document: TextDocument, token: CancellationToken, linePrefix: string): Promise<OpenText | undefined> {
    const content = document.getText();
    const offsets = new ByteOffsets(content, this.#encode);
    const version = { uri: document.uri, version: document.version };
    const turns = new Turns(this.#clock);
    const ranges = await turns.run(DumpRanges.of(content, offsets), token);
    if (ranges === undefined) return undefined;
    const reading = await this.#parse(offsets.encode(), token, linePrefix);
    if (reading === undefined) return undefined;
    const text = new OpenText(version, ranges, reading, token);
    for (const open of text.dumps) await turns.run(open.prepare(), token);
    return token.isCancellationRequested ? undefined : text;
  }
}
