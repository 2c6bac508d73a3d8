import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { groupSteps } from "../../core/group/groups.ts";
import type { Snapshot } from "../../core/compare/comparison.ts";
import { timeOf } from "../../core/compare/snapshotOrder.ts";
import type { Dump } from "../../core/model/dump.ts";
import type { DumpRef } from "../../protocol/index.ts";
import { ByteOffsets } from "../base/byteOffsets.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import type { CancellationToken, ReportProgress } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";
import type { Reading } from "../../core/read/dumpReader.ts";

/** Larger files are not read as a whole: far more than Go prints (64 MB). */
const FILE_LIMIT = 512 * 1024 * 1024;
/** Bytes parsed at a time. */
const CHUNK = 1024 * 1024;

/** A dump of a comparison, with where it is from. */
export interface FoundDump extends Snapshot {
  readonly uri: string;
  /** Number among the dumps of its file. */
  readonly index: number;
  /** When its file was written, in milliseconds since the epoch; null for an open document. */
  readonly written: number | null;
}

/** What a file or document holds; `problem` says why that is nothing. */
export interface ReadFile {
  readonly dumps: readonly FoundDump[];
  readonly problem: string | null;
}

interface Entry {
  /** What would change with the content. */
  readonly stamp: string;
  readonly read: ReadFile;
}

/** The document that is open at an address; undefined when none is. */
export type OpenDocuments = (uri: string) => TextDocument | undefined;

/** What reading the dumps of a comparison takes. */
export type DumpFilesHost = Pick<LanguageServiceHost, "clock" | "encode" | "fileSystem" | "parse">;

/** Reads the dumps of a comparison, and keeps them: a series that goes on reads its new dump only. */
export class DumpFiles {
  readonly #host: DumpFilesHost;
  #kept: ReadonlyMap<string, Entry> = new Map();

  constructor(host: DumpFilesHost) {
    this.#host = host;
  }

  /** All that the references name, in their order; what is not named any more is dropped. Undefined: cancelled. */
  async read(
    dumps: readonly DumpRef[],
    documents: OpenDocuments,
    token: CancellationToken,
    progress: ReportProgress,
  ): Promise<ReadonlyMap<string, ReadFile> | undefined> {
    const kept = new Map<string, Entry>();
    const files = new Set(dumps.map(({ uri }) => uri)).size;
    for (const { uri } of dumps) {
      if (kept.has(uri)) continue;
      progress(kept.size, files);
      const entry = await this.#entry(uri, documents(uri), token);
      if (entry === undefined || token.isCancellationRequested) return undefined;
      kept.set(uri, entry);
    }
    this.#kept = kept;
    return new Map([...kept].map(([uri, { read }]) => [uri, read]));
  }

  /** The dumps of an address as last read; empty when it is not part of the comparison. */
  dumpsAt(uri: string): readonly Dump[] {
    return this.#kept.get(uri)?.read.dumps.map(({ dump }) => dump) ?? [];
  }

  async #entry(uri: string, document: TextDocument | undefined, token: CancellationToken): Promise<Entry | undefined> {
    const known = this.#kept.get(uri);
    if (document !== undefined) {
      const stamp = `version ${document.version}`;
      return known?.stamp === stamp ? known : this.#parse(uri, stamp, document.getText(), null, token);
    }
    const stat = await this.#host.fileSystem.stat(uri);
    const stamp = `written ${stat?.mtime} ${stat?.size}`;
    if (known?.stamp === stamp) return known;
    const bytes = await this.#host.fileSystem.readFile(uri, FILE_LIMIT);
    if (bytes !== undefined) return this.#parse(uri, stamp, bytes, stat?.mtime ?? null, token);
    const isLarge = stat !== undefined && stat.size > FILE_LIMIT;
    return {
      stamp,
      read: { dumps: [], problem: isLarge ? words(say`is too large to compare`) : words(say`cannot be read`) },
    };
  }

  async #parse(
    uri: string,
    stamp: string,
    content: string | Uint8Array,
    written: number | null,
    token: CancellationToken,
  ): Promise<Entry | undefined> {
    const bytes =
      typeof content === "string" ? new ByteOffsets(content, this.#host.encode).encode() : chunksOf(content);
    const reading = await this.#host.parse(bytes, token);
    if (reading === undefined) return undefined;
    const turns = new Turns(this.#host.clock);
    const dumps: FoundDump[] = [];
    for (const [index, dump] of reading.dumps.entries()) {
      const groups = await turns.run(groupSteps(dump, { byLabels: false }), token);
      if (groups === undefined) return undefined;
      dumps.push({ uri, index, dump, groups, time: timeOf({ time: dump.time, file: uri }), written });
    }
    const problem = dumps.length > 0 ? null : problemOf(reading);
    return { stamp, read: { dumps, problem } };
  }
}

/** Why a file without a dump is left out. */
function problemOf({ notes: [note] }: Reading): string {
  return note === undefined ? words(say`holds no goroutines`) : words(note.message);
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += CHUNK) yield bytes.subarray(start, start + CHUNK);
}
