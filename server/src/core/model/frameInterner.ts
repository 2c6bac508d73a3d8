import { decodeUtf8 } from "../text/utf8.ts";
import { ByteInterner } from "./byteInterner.ts";
import { ByteList, type ByteStrings, doubled } from "./byteList.ts";
import type { Dump, FrameTable } from "./dump.ts";

/** From small, as in `ByteList`. */
const FIRST_FRAMES = 8;

/** Frames as a plain value, with numbers of its own. */
export interface DraftFrames extends FrameTable {
  readonly functions: ByteStrings;
  readonly files: ByteStrings;
  /** See {@link FrameInterner.rests}. */
  readonly rests: ByteStrings;
  readonly lineLengths: Uint32Array;
}

/**
 * Numbers distinct frames 0, 1, 2, ... in order of their first appearance. A frame is the numbers of its function and of
 * its file, and a line: of names and paths there are few, however many lines a program has.
 */
export class FrameInterner {
  readonly functions = new ByteInterner();
  readonly files = new ByteInterner();
  /** What stood behind the path when a frame was met first, e.g. `:12 +0x1f`, with the line end or without. */
  readonly rests = new ByteList();
  #function = new Int32Array(FIRST_FRAMES);
  #file = new Int32Array(FIRST_FRAMES);
  #line = new Int32Array(FIRST_FRAMES);
  #lineLengths = new Uint32Array(FIRST_FRAMES);
  /** Number + 1 of the frame in each slot; 0 where the slot is free. */
  #slots = new Int32Array(FIRST_FRAMES * 2);

  functionOf(frame: number): number {
    return this.#function[frame]!;
  }

  /** -1: none is known. */
  fileOf(frame: number): number {
    return this.#file[frame]!;
  }

  /** So many bytes of a frame's rest are `:12`. */
  lineLengthOf(frame: number): number {
    return this.#lineLengths[frame]!;
  }

  /**
   * The number of the frame whose parts stand in `source`: the name from `name` on, the path from `file` up to `fileEnd`,
   * `:12` up to `lineEnd`, and what is kept with a new frame and is no part of its identity up to `restEnd`. Without a
   * path there is no line.
   */
  intern(
    source: DataView,
    name: number,
    nameEnd: number,
    file: number,
    fileEnd: number,
    lineEnd: number,
    restEnd: number,
  ): number {
    return this.add(
      this.functions.intern(source, name, nameEnd),
      file === lineEnd ? -1 : this.files.intern(source, file, fileEnd),
      numberIn(source, fileEnd + 1, lineEnd) | 0,
      source,
      fileEnd,
      lineEnd,
      restEnd,
    );
  }

  /** As {@link intern}, of names and paths that have their numbers; the rest stands from `rest` on. */
  add(
    name: number,
    file: number,
    line: number,
    source: DataView,
    rest: number,
    lineEnd: number,
    restEnd: number,
  ): number {
    let slot = hashFrame(name, file, line) & (this.#slots.length - 1);
    for (;;) {
      const frame = this.#slots[slot]! - 1;
      if (frame < 0) break;
      if (this.#function[frame] === name && this.#line[frame] === line && this.#file[frame] === file) return frame;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    const frame = this.rests.push(source, rest, restEnd);
    if (frame === this.#function.length) this.#grow();
    this.#function[frame] = name;
    this.#file[frame] = file;
    this.#line[frame] = line;
    this.#lineLengths[frame] = lineEnd - rest;
    this.#slots[slot] = frame + 1;
    if (frame * 2 >= this.#slots.length) this.#rehash();
    return frame;
  }

  /** The frames as a dump has them. */
  finish(): Pick<Dump, "functions" | "files" | "frames"> {
    return { functions: textsOf(this.functions.strings), files: textsOf(this.files.strings), frames: this.#table() };
  }

  draft(): DraftFrames {
    return {
      ...this.#table(),
      functions: this.functions.strings.finish(),
      files: this.files.strings.finish(),
      rests: this.rests.finish(),
      lineLengths: this.#lineLengths.slice(0, this.rests.size),
    };
  }

  #table(): FrameTable {
    const count = this.rests.size;
    return {
      function: this.#function.slice(0, count),
      file: this.#file.slice(0, count),
      line: this.#line.slice(0, count),
    };
  }

  #grow(): void {
    this.#function = doubled(this.#function);
    this.#file = doubled(this.#file);
    this.#line = doubled(this.#line);
    this.#lineLengths = doubled(this.#lineLengths);
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let frame = 0; frame < this.rests.size; frame++) {
      let slot = hashFrame(this.#function[frame]!, this.#file[frame]!, this.#line[frame]!) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = frame + 1;
    }
    this.#slots = slots;
  }
}

function hashFrame(name: number, file: number, line: number): number {
  const hash = Math.imul(Math.imul(name, 0x9e3779b1) ^ Math.imul(file, 0x85ebca6b) ^ line, 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}

/** The decimal number that a range is; -1: it is none. */
function numberIn(view: DataView, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = view.getUint8(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return start < end ? number : -1;
}

function textsOf(list: ByteList): string[] {
  return Array.from({ length: list.size }, (_, number) => decodeUtf8(list.bytesOf(number)));
}
