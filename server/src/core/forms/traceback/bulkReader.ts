import type { BulkTarget } from "../../model/draft.ts";
import { NO_ID } from "../../model/dump.ts";
import { CREATED_BY, type EdgeKind, FRAME } from "../../model/stack.ts";
import { EMPTY_STACK } from "../../model/stackTrie.ts";
import type { ByteList } from "../../model/byteList.ts";
import { viewOf } from "../../text/bytes.ts";
import { BulkHeader } from "./bulkHeader.ts";
import { asciiBytes, isDigit, isHexDigit, isPrintable, startsWith } from "../../text/ascii.ts";
import { argumentsEnd, GOROUTINE, mayBeginCall } from "./bulkBytes.ts";
import { LIMITS } from "../../text/limits.ts";

const TAB = 0x09;
const LF = 0x0a;
const SPACE = 0x20;
const OPEN = 0x28;
const CLOSE = 0x29;
const COLON = 0x3a;
const CAPITAL_M = 0x4d;
const CARET = 0x5e;
const BACKTICK = 0x60;

const CREATED = asciiBytes("created by ");
const IN_GOROUTINE = asciiBytes(" in goroutine ");
const OFFSET = asciiBytes("+0x");

/** Bytes of ` +0x1f` and a line end; a longer rest of a line is a comment, and not kept. */
const USUAL_REST = 24;

/** How far a bulk reading came. */
export interface BulkProgress {
  /** Offset in the chunk of the first line that was not taken. */
  readonly end: number;
  /** Lines taken. */
  readonly lines: number;
}

/**
 * Reads whole goroutines in the plain form from bytes, making no string: this is what a dump of a million goroutines
 * goes through. It takes a goroutine only when every line of it is in the exact form Go prints, and stops before the
 * first other one (a control character is enough), which is then read line by line. So it changes the speed of a reading and nothing else.
 *
 * Entries of a stack are predicted: at a node of the trie those that followed lately are compared with the bytes, and
 * only when none fits is the frame hashed and looked up.
 */
export class BulkReader {
  readonly builder: BulkTarget;
  readonly #header: BulkHeader;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Offset behind what was read last: an entry, or a goroutine with its blank line. */
  #end = 0;
  /** Offset of the colon behind the path that was looked for last. */
  #pathEnd = 0;
  /** Id of the creator in the `created by` line read last. */
  #creator = NO_ID;
  /** What is added to an offset in the chunk, or the offset in the text of each line. */
  #shift = 0;
  #offsets: Float64Array | null = null;
  /** What each line adds to the number of the one before it: nothing where all stand on one line of the text. */
  #step = 1;

  constructor(builder: BulkTarget) {
    this.builder = builder;
    this.#header = new BulkHeader(builder);
  }

  /**
   * Takes goroutines from `start` on, up to `limit`: behind the last blank line of `chunk`. `line` and `offset` are the
   * place of `chunk[start]` in the text.
   */
  read(chunk: Uint8Array, start: number, limit: number, line: number, offset: number): BulkProgress {
    this.#offsets = null;
    this.#shift = offset - start;
    this.#step = 1;
    return this.#read(chunk, start, limit, line);
  }

  /**
   * As {@link read}, of lines that do not follow each other in the text: `offsets` says where each of them stands. With
   * `step` 0 all of them have the same number.
   */
  readLines(lines: Uint8Array, limit: number, line: number, offsets: Float64Array, step: 0 | 1): BulkProgress {
    this.#offsets = offsets;
    this.#step = step;
    return this.#read(lines, 0, limit, line);
  }

  #read(chunk: Uint8Array, start: number, limit: number, line: number): BulkProgress {
    this.#bytes = chunk;
    this.#view = viewOf(chunk);
    let at = start;
    let taken = 0;
    while (at < limit && startsWith(chunk, at, GOROUTINE)) {
      const frames = this.#header.read(chunk, at + GOROUTINE.length);
      if (frames < 0 || this.builder.rowOfId(this.#header.id) >= 0) break;
      const offset = this.#offsets === null ? at + this.#shift : this.#offsets[taken]!;
      const lines = this.#readBody(frames, line + taken * this.#step, offset);
      if (lines < 0) break;
      taken += lines;
      at = this.#end;
    }
    return { end: at, lines: taken };
  }

  /** Reads entries up to the blank line, adds the goroutine and gives the number of its lines; -1: not the plain form. */
  #readBody(start: number, line: number, offset: number): number {
    const bytes = this.#bytes;
    let at = start;
    let stack = EMPTY_STACK;
    let lines = 1;
    this.#creator = NO_ID;
    while (bytes[at] !== LF) {
      const isCreator = bytes[at] === CREATED[0] && startsWith(bytes, at, CREATED);
      stack = this.#readEntry(stack, isCreator ? CREATED_BY : FRAME, isCreator ? at + CREATED.length : at);
      if (stack < 0) return -1;
      at = this.#end;
      lines += 2;
      if (isCreator && bytes[at] !== LF) return -1;
    }
    // Without a call it may be spaced: a blank line behind each line.
    if (lines === 1) return -1;
    this.#end = at + 1;
    const { id, state, wait, flags, labels } = this.#header;
    this.builder.addRow(id, offset, line, stack, state, wait, this.#creator, flags, labels);
    return lines + 1;
  }

  /** The stack behind the entry whose name starts at `at`; -1: not the plain form. Leaves `#end` behind its lines. */
  #readEntry(parent: number, kind: EdgeKind, at: number): number {
    const { trie } = this.builder;
    for (let rank = 0; ; rank++) {
      const child = trie.likelyChild(parent, rank);
      if (child === 0) break;
      const edge = trie.edgeOf(child);
      if ((edge & 3) !== kind || !this.#matches(edge >> 2, kind, at)) continue;
      if (rank > 0) trie.promote(parent, child, rank);
      return child;
    }
    return this.#findEntry(parent, kind, at);
  }

  /** Whether the frame stands at `at`: name, what follows it, then the place. */
  #matches(frame: number, kind: EdgeKind, start: number): boolean {
    const { frames } = this.builder;
    const name = frames.functionOf(frame);
    const nameEnd = start + frames.functions.strings.lengthOf(name);
    const follows = this.#bytes[nameEnd];
    if (kind === FRAME ? follows !== OPEN : follows !== SPACE && follows !== LF) return false;
    if (!this.#stands(frames.functions.strings, name, start, nameEnd)) return false;
    const at = kind === FRAME ? this.#skipArguments(nameEnd) : this.#skipCreator(nameEnd);
    return at >= 0 && this.#bytes[at] === TAB && this.#matchesPlace(frame, at + 1);
  }

  /** Whether the frame's place stands at `at`: with the rest of the line it had first, or another one. */
  #matchesPlace(frame: number, at: number): boolean {
    const { frames } = this.builder;
    const { rests } = frames;
    const file = frames.fileOf(frame);
    if (file < 0) return false;
    const fileEnd = at + frames.files.strings.lengthOf(file);
    if (!this.#stands(frames.files.strings, file, at, fileEnd)) return false;
    const lineEnd = fileEnd + frames.lineLengthOf(frame);
    const restEnd = fileEnd + rests.lengthOf(frame);
    if (lineEnd < restEnd && this.#stands(rests, frame, fileEnd, restEnd)) {
      this.#end = restEnd;
      return true;
    }
    return this.#stands(rests, frame, fileEnd, lineEnd) && this.#endLocation(lineEnd);
  }

  /** Whether a string, or the beginning of one, stands from `at` up to `end`. */
  #stands(strings: ByteList, number: number, at: number, end: number): boolean {
    return end <= this.#bytes.length && strings.beginsAt(number, end - at, this.#view, at);
  }

  /** Looks the frame at `at` up, or makes it known. */
  #findEntry(parent: number, kind: EdgeKind, start: number): number {
    const bytes = this.#bytes;
    const nameEnd = kind === FRAME ? this.#callNameEnd(start) : this.#creatorNameEnd(start);
    if (nameEnd <= start) return -1;
    const place = kind === FRAME ? this.#skipArguments(nameEnd) : this.#skipCreator(nameEnd);
    if (place < 0 || bytes[place] !== TAB || bytes[place + 1] === SPACE || bytes[place + 1] === TAB) return -1;
    const placeEnd = this.#locationEnd(place + 1);
    if (placeEnd < 0) return -1;
    if (nameEnd - start > LIMITS.nameLength || placeEnd - place > LIMITS.nameLength) return -1;
    const lineEnd = this.#end - placeEnd <= USUAL_REST ? this.#end : placeEnd;
    const frame = this.builder.frames.intern(this.#view, start, nameEnd, place + 1, this.#pathEnd, placeEnd, lineEnd);
    const child = this.builder.trie.child(parent, kind, frame);
    // A stack with more frames than one may have is read by lines.
    return child === parent ? -1 : child;
  }

  /** From the opening parenthesis: offset of the next line, or -1 where no plain arguments close the line. */
  #skipArguments(start: number): number {
    const bytes = this.#bytes;
    if (bytes[start] !== OPEN) return -1;
    const at = argumentsEnd(this.#view, start + 1, bytes.length);
    return bytes[at] === CLOSE && bytes[at + 1] === LF ? at + 2 : -1;
  }

  /** From behind the creator's name: offset of the next line, and the creator's id. */
  #skipCreator(start: number): number {
    const bytes = this.#bytes;
    if (bytes[start] === LF) {
      this.#creator = NO_ID;
      return start + 1;
    }
    if (!startsWith(bytes, start, IN_GOROUTINE)) return -1;
    let at = start + IN_GOROUTINE.length;
    let id = 0;
    while (isDigit(bytes[at]!)) id = id * 10 + (bytes[at++]! - 0x30);
    if (bytes[at] !== LF || at === start + IN_GOROUTINE.length || id > Number.MAX_SAFE_INTEGER) return -1;
    this.#creator = id;
    return at + 1;
  }

  /** Offset of the last opening parenthesis of the line, -1 for none. With a colon there may be a place before it. */
  #callNameEnd(start: number): number {
    const bytes = this.#bytes;
    if (!mayBeginCall(bytes, start)) return -1;
    let open = -1;
    let at = start;
    for (; isPrintable(bytes[at]!) && bytes[at] !== COLON; at++) if (bytes[at] === OPEN) open = at;
    return bytes[at] === LF ? open : -1;
  }

  /** Offset behind the creator's name: the line's end, or the last ` in goroutine `. */
  #creatorNameEnd(start: number): number {
    const bytes = this.#bytes;
    if (bytes[start]! <= SPACE) return -1;
    let at = start;
    while (isPrintable(bytes[at]!)) {
      if (bytes[at] === SPACE && startsWith(bytes, at, IN_GOROUTINE)) return at;
      at++;
    }
    // With a parenthesis at its end the line is a call; a mark of a terminal or a quotation is no part of a name.
    const last = bytes[at - 1]!;
    const isName = last !== SPACE && last !== CLOSE && last !== BACKTICK && !this.#isCaretReturn(at - 2);
    return bytes[at] === LF && isName ? at : -1;
  }

  /** Whether a carriage return stands there as a terminal shows it: `^M`. */
  #isCaretReturn(at: number): boolean {
    return this.#bytes[at] === CARET && this.#bytes[at + 1] === CAPITAL_M;
  }

  /** Offset behind `path:line`, the first that an offset or the line's end follows. */
  #locationEnd(start: number): number {
    const bytes = this.#bytes;
    for (let at = start; isPrintable(bytes[at]!); at++) {
      if (bytes[at] !== COLON || at === start || !isDigit(bytes[at + 1]!)) continue;
      let end = at + 1;
      while (isDigit(bytes[end]!)) end++;
      if (!this.#endLocation(end)) continue;
      this.#pathEnd = at;
      return end;
    }
    return -1;
  }

  /** Behind the line number: the line's end, or ` +0x1f` and whatever a space separates from it. Leaves `#end`. */
  #endLocation(start: number): boolean {
    const bytes = this.#bytes;
    let at = start;
    if (bytes[at] === SPACE) {
      if (!startsWith(bytes, at + 1, OFFSET) || !isHexDigit(bytes[at + 1 + OFFSET.length]!)) return false;
      at += 1 + OFFSET.length;
      while (isHexDigit(bytes[at]!)) at++;
      if (bytes[at] === SPACE) while (isPrintable(bytes[at]!) && bytes[at] !== COLON) at++;
    }
    this.#end = at + 1;
    return bytes[at] === LF;
  }
}
