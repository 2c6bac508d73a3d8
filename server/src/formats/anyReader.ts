import type { Note } from "../core/model/note.ts";
import { DumpReader, type Reading } from "../core/read/dumpReader.ts";
import { BoundedGunzip, DEFAULT_EXPANSION, type ExpansionLimit, type GunzipEnd } from "./gunzip.ts";
import { PROFILE_LIMIT, readProfile, refuseLarge } from "./profileProto.ts";
import { sniff, SNIFF_LENGTH } from "./sniff.ts";
import { Utf16Transcoder } from "./utf16.ts";
import { say } from "../core/text/say.ts";
import { concat } from "./concat.ts";

/** What takes a file's bytes once its kind is known. */
export interface Sink {
  push(chunk: Uint8Array): void;
  end(): Reading;
}

/** How a file is read. */
export interface AnyReaderOptions {
  /** How far gzip may expand. */
  readonly limit?: ExpansionLimit;
  /** What takes the bytes of a text, unpacked and in UTF-8; a `DumpReader` unless something else is asked for. */
  readonly text?: () => Sink;
  /** Whether it is the text of an editor, which has decoded it, rightly or not: UTF-16 is none then. */
  readonly isDecoded?: boolean;
}

/** gzip within gzip that is unpacked; nobody does it twice. */
const DEPTH_LIMIT = 2;

/**
 * Reads the bytes of a file of any kind, fed in chunks of any size: text in UTF-8 or UTF-16, protobuf profiles, either
 * packed with gzip. What is none of these gives a note that says what it is. Never throws, whatever the bytes.
 */
export class AnyReader {
  readonly #limit: ExpansionLimit;
  readonly #text: () => Sink;
  readonly #isDecoded: boolean;
  readonly #depth: number;
  /** The first bytes, until there are enough to tell. */
  #head = new Uint8Array(0);
  #sink: Sink | null = null;

  constructor(options: AnyReaderOptions = {}, depth = 0) {
    this.#limit = options.limit ?? DEFAULT_EXPANSION;
    this.#text = options.text ?? (() => new DumpReader());
    this.#isDecoded = options.isDecoded ?? false;
    this.#depth = depth;
  }

  /** Takes the next bytes of the file. They may be overwritten afterwards. */
  push(chunk: Uint8Array): void {
    if (this.#sink !== null) return this.#sink.push(chunk);
    this.#head = concat([this.#head, chunk]);
    return this.#head.length < SNIFF_LENGTH ? undefined : this.#start();
  }

  /** Ends the file and gives what was in it. */
  end(): Reading {
    if (this.#sink === null) this.#start();
    return this.#sink!.end();
  }

  #start(): void {
    this.#sink = this.#sinkFor(this.#head);
    this.#sink.push(this.#head);
    this.#head = new Uint8Array(0);
  }

  #sinkFor(head: Uint8Array): Sink {
    const sniffed = sniff(head);
    switch (sniffed.kind) {
      case "gzip":
        return this.#depth < DEPTH_LIMIT
          ? new GzipSink(new AnyReader({ limit: this.#limit, text: this.#text }, this.#depth + 1), this.#limit)
          : new NoteSink({
              kind: "limit",
              line: 0,
              message: say`This is gzip within gzip within gzip: unpack it first.`,
            });
      case "profile":
        return new ProfileSink();
      case "utf16":
        return this.#isDecoded ? this.#text() : new Utf16Sink(sniffed.littleEndian, this.#text());
      case "other":
        return new NoteSink({ kind: "other-format", line: 0, message: say`This is ${sniffed.what}` });
      default:
        return this.#text();
    }
  }
}

/** Reads a file that is there as a whole. */
export function readAny(bytes: Uint8Array, limit: ExpansionLimit = DEFAULT_EXPANSION): Reading {
  const reader = new AnyReader({ limit });
  reader.push(bytes);
  return reader.end();
}

/** What is said of packed bytes that did not end well. */
const GZIP_ENDS: Readonly<Record<Exclude<GunzipEnd, "whole">, Pick<Note, "kind" | "message">>> = {
  damaged: {
    kind: "truncated",
    message: say`The gzip file is cut or damaged: what is behind this place is missing.`,
  },
  checksum: {
    kind: "inconsistent",
    message: say`The checksum of the gzip file is wrong: it is damaged or cut, or something stands behind it.`,
  },
  limit: { kind: "limit", message: say`Unpacking was stopped: the gzip file expands to far more than a dump does.` },
};

class GzipSink implements Sink {
  readonly #inner: AnyReader;
  readonly #gunzip: BoundedGunzip;

  constructor(inner: AnyReader, limit: ExpansionLimit) {
    this.#inner = inner;
    this.#gunzip = new BoundedGunzip((bytes) => inner.push(bytes), limit);
  }

  push(chunk: Uint8Array): void {
    this.#gunzip.push(chunk);
  }

  end(): Reading {
    const end = this.#gunzip.end();
    const reading = this.#inner.end();
    if (end === "whole") return reading;
    const line = Math.max(0, reading.lines - 1);
    return { ...reading, notes: [...reading.notes, { line, ...GZIP_ENDS[end] }], isUnreadable: true };
  }
}

/** A profile's strings come last, so it is decoded as a whole. */
class ProfileSink implements Sink {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  push(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size <= PROFILE_LIMIT) this.#chunks.push(chunk.slice());
    else this.#chunks.length = 0;
  }

  end(): Reading {
    const result = this.#size <= PROFILE_LIMIT ? readProfile(concat(this.#chunks)) : refuseLarge();
    const rest = { bytes: this.#size, lines: 0 };
    return result.kind === "dump"
      ? { dumps: [result.dump], notes: [], ...rest }
      : { dumps: [], notes: [result.note], ...rest, isUnreadable: true };
  }
}

class Utf16Sink implements Sink {
  readonly #reader: Sink;
  readonly #transcoder: Utf16Transcoder;

  constructor(littleEndian: boolean, reader: Sink) {
    this.#reader = reader;
    this.#transcoder = new Utf16Transcoder(littleEndian);
  }

  push(chunk: Uint8Array): void {
    this.#reader.push(this.#transcoder.push(chunk));
  }

  end(): Reading {
    return this.#reader.end();
  }
}

class NoteSink implements Sink {
  readonly #note: Note;
  #size = 0;

  constructor(note: Note) {
    this.#note = note;
  }

  push(chunk: Uint8Array): void {
    this.#size += chunk.length;
  }

  end(): Reading {
    return { dumps: [], notes: [this.#note], bytes: this.#size, lines: 0, isUnreadable: true };
  }
}
