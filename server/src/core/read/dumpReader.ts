import type { Dump } from "../model/dump.ts";
import type { Note } from "../model/note.ts";
import { BlockSplitter } from "../text/blockSplitter.ts";
import { LineSplitter } from "../text/lineSplitter.ts";
import { type Adopted, AheadTaker, nextAhead } from "./aheadTaker.ts";
import { behindBlankLine, GoroutineBlocks } from "./goroutineBlocks.ts";
import type { ReadAhead } from "./readAhead.ts";
import { NoteList } from "../model/noteList.ts";
import { LIMITS } from "../text/limits.ts";
import { inTextOrder, TextCheck } from "./textCheck.ts";
import type { LineTap } from "./streamSink.ts";
import { TextStream } from "./textStream.ts";
import { say } from "../text/say.ts";

const NEWLINE = 0x0a;

/** All that a text holds. */
export interface Reading {
  /** In the order of the text. Empty: it holds no goroutines. */
  readonly dumps: readonly Dump[];
  /** What concerns the text as a whole rather than one dump. */
  readonly notes: readonly Note[];
  /** Size of the text. */
  readonly bytes: number;
  readonly lines: number;
  /** Whether the file, or the rest of it, could not be read: it is damaged, or of another kind. Absent: it could be. */
  readonly isUnreadable?: boolean;
}

/**
 * Reads a text that may hold dumps of any form, fed in chunks of any size: the chunks' borders make no difference. It
 * never throws, whatever the bytes, and never keeps the text.
 */
export class DumpReader {
  readonly #dumps: Dump[] = [];
  readonly #check = new TextCheck();
  readonly #notes = new NoteList();
  readonly #blocks = new BlockSplitter((bytes) => this.#take(bytes));
  readonly #splitter = new LineSplitter({
    line: (line) => {
      this.#check.take(line);
      this.#stream.take(line);
    },
    bulk: (chunk, start, place) => this.#goroutines.read(chunk, start, place),
  });
  readonly #stream: TextStream;
  readonly #aheadTaker = new AheadTaker();
  readonly #goroutines: GoroutineBlocks;
  #isFull = false;
  /** What came behind the last dump that is kept: it is counted, not read. */
  #skippedBytes = 0;
  #skippedLines = 0;

  /**
   * `linePattern`: what a user says stands before each line, see `matchLinePattern`; empty: nothing. `tap` is told every
   * line.
   */
  constructor(linePattern = "", tap?: LineTap) {
    this.#stream = new TextStream({
      dump: (dump) => this.#add(dump),
      note: ({ kind, line, message }) => this.#notes.add(kind, line, message),
      tap,
    });
    this.#goroutines = new GoroutineBlocks(this.#stream);
    if (linePattern !== "") this.#stream.expect(linePattern);
  }

  /** Takes the next bytes of the text. They may be overwritten afterwards. */
  push(bytes: Uint8Array): void {
    // A plain view: with a subclass (Node's Buffer) the engine reads typed arrays five times slower.
    this.#blocks.push(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  /**
   * Takes plain goroutines over from what was read ahead, when the text has come to `offset`, where one of them begins
   * ({@link nextAhead}), and what stands before lets them be that. The bytes from the answer's offset on come next.
   */
  adopt(ahead: ReadAhead, offset: number): Adopted {
    this.#blocks.end();
    const { place } = this.#splitter;
    const builder = place.offset === offset ? this.#stream.bulkBuilder : null;
    const end = builder === null ? { ...place, offset } : this.#aheadTaker.take(ahead, builder, place);
    if (end.offset > offset) {
      this.#splitter.goOn(end);
      this.#stream.traceback.endBulk(behindBlankLine(end));
    }
    // Where there is little to take the next try is further on: each one costs something.
    const pause = end.offset - offset < ahead.worthBytes ? ahead.worthBytes : 1;
    return { offset: end.offset, next: nextAhead(ahead, end.offset + pause) };
  }

  /** Ends the text and gives what was in it. */
  end(): Reading {
    this.#blocks.end();
    const { isCut, place } = this.#splitter.end();
    this.#stream.end(place, isCut);
    const notes = [...this.#notes.finish(), ...this.#check.finish()];
    return {
      dumps: inTextOrder(this.#dumps),
      notes,
      bytes: place.offset + this.#skippedBytes,
      lines: place.line + this.#skippedLines,
    };
  }

  #add(dump: Dump): void {
    if (this.#isFull) return;
    if (this.#dumps.length < LIMITS.dumps) return void this.#dumps.push(dump);
    this.#isFull = true;
    this.#notes.add("limit", dump.startLine, say`Dumps behind the first ${LIMITS.dumps} of this text are left out.`);
  }

  #take(bytes: Uint8Array): void {
    if (this.#isFull) return this.#skip(bytes);
    this.#goroutines.begin(bytes);
    this.#splitter.push(bytes);
  }

  #skip(bytes: Uint8Array): void {
    this.#skippedBytes += bytes.length;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) this.#skippedLines++;
  }
}

/** Reads a text that is there as a whole. */
export function readDumps(bytes: Uint8Array): Reading {
  const reader = new DumpReader();
  reader.push(bytes);
  return reader.end();
}
