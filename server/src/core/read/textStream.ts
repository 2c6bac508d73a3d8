import type { DumpBuilder } from "../model/builder.ts";
import type { TextPlace } from "../text/place.ts";
import type { Dump } from "../model/dump.ts";
import type { Note } from "../model/note.ts";
import type { Layer, Wrapping } from "../model/wrapping.ts";
import type { ByteLine } from "../text/byteLine.ts";
import { emptyLine, type Line, sliceLine } from "../text/line.ts";
import { TracebackReader } from "../forms/traceback/tracebackReader.ts";
import type { ByteUnwrapper } from "../unwrap/byteUnwrapper.ts";
import { layerInBytes } from "../unwrap/layerInBytes.ts";
import { describeLayer, isIndent, isSameLayer } from "../unwrap/describeLayer.ts";
import { startsInConsole } from "../unwrap/consolePlace.ts";
import { continuationOf } from "../unwrap/continuation.ts";
import { findWrapping } from "../unwrap/findWrapping.ts";
import { standsOnOneLine } from "../unwrap/headerInLine.ts";
import { goesOn, type HeldLayer, isHeld } from "../unwrap/heldLayer.ts";
import { LayerReader } from "../unwrap/layerReader.ts";
import { mend } from "../unwrap/mend.ts";
import type { Payload } from "../unwrap/unwrapper.ts";
import type { FormReader, ReadContext } from "../forms/formReader.ts";
import type { BulkPath, BulkStep } from "./bulkPath.ts";
import { endsGoroutine } from "./endMark.ts";
import type { StreamSink } from "./streamSink.ts";
import { otherReaders } from "./otherReaders.ts";
import { readEscaped } from "./readEscaped.ts";
import { timeInText } from "../text/timeInText.ts";
import { NOTHING, say } from "../text/say.ts";

/** Layers that are taken off one within the other. */
const DEPTH_LIMIT = 5;
/** Wrapped texts of one level that are followed at the same time, e.g. the pods of a log. */
const CHILD_LIMIT = 32;
/** Other lines that are kept to be read again when a dump's beginning shows that they were its own. */
const KEPT_LINES = 40;
/** How far above a dump a line may stand that tells its time. */
const TIME_DISTANCE = 3;

/** A text within this one. */
interface Child {
  readonly layer: Layer;
  readonly reader: LayerReader;
  readonly inBytes: ByteUnwrapper;
  readonly stream: TextStream;
  /** It has ended, and goes on when the same wrapping begins again: an indentation, a preformatted part of a page. */
  isResting: boolean;
}

/**
 * Reads one text: gives its lines to the readers of the forms, and finds the texts wrapped within it (behind a prefix, in
 * a field of log records, escaped), each of which is read as a text of its own.
 */
export class TextStream implements ReadContext {
  readonly traceback: TracebackReader;
  readonly #readers: readonly FormReader[];
  readonly #sink: StreamSink;
  readonly #wrapping: Wrapping;
  readonly #parent: TextStream | null;
  #current: FormReader;
  #children: Child[] = [];
  /** A beginning behind something else, until the next line shows what the rest of the dump has in front. */
  #held: { readonly line: Line; readonly layer: HeldLayer } | null = null;
  /** The last lines nobody knew. */
  #kept: Line[] = [];
  /** The line being read. */
  #line: Line | null = null;

  constructor(sink: StreamSink, wrapping: Wrapping = [], parent: TextStream | null = null) {
    this.#sink = sink;
    this.#wrapping = wrapping;
    this.#parent = parent;
    this.traceback = new TracebackReader(this);
    this.#readers = [this.traceback, ...otherReaders(this)];
    this.#current = this.traceback;
  }

  /** Where plain goroutines may be added without going through lines; null: not now. See `BulkReader`. */
  get bulkBuilder(): DumpBuilder | null {
    // A text within this one might claim any of the lines.
    if (this.#sink.tap !== undefined) return null;
    const isAlone = this.#current === this.traceback && this.#held === null;
    return isAlone && this.#children.every((child) => child.isResting) ? this.traceback.bulkBuilder : null;
  }

  /** Whether a goroutine that comes next, here or in a text within this one, may be read in bulk. */
  get awaitsGoroutine(): boolean {
    if (this.#sink.tap !== undefined) return false;
    if (this.traceback.bulkBuilder !== null) return true;
    return this.#children.some((child) => !child.isResting && child.stream.awaitsGoroutine);
  }

  /**
   * How lines like this one come to the traceback whose goroutine begins with it, when that may be read in bulk; null: it
   * may not. The line becomes what the traceback would be given.
   */
  bulkPath(line: ByteLine, outer: readonly BulkStep[] = []): BulkPath | null {
    if (this.#held !== null) return null;
    const others: ByteUnwrapper[] = [];
    for (const child of this.#children) {
      if (child.isResting) continue;
      const answer = child.inBytes.unwrap(line);
      if (answer === "taken") {
        const step = { others, own: child.inBytes };
        return child.reader.isWithinLine ? null : child.stream.bulkPath(line, [...outer, step]);
      }
      // An indentation that a line does not have ends the text behind it.
      if (answer === "unsure" || isIndent(child.layer)) return null;
      others.push(child.inBytes);
    }
    if (this.#current !== this.traceback || this.traceback.bulkBuilder === null) return null;
    return { traceback: this.traceback, steps: others.length === 0 ? outer : [...outer, { others, own: null }] };
  }

  /** The lines up to this one were read in bulk. */
  passBulk(last: Line): void {
    this.#line = last;
    for (const { isResting, reader, stream } of this.#children) {
      const inner = isResting ? undefined : reader.peek(last)?.lines[0];
      if (inner !== undefined) return stream.passBulk(inner);
    }
  }

  /** Reads the lines that begin like that as a text of their own, from the first one on. */
  expect(pattern: string): void {
    this.#child({ kind: "pattern", pattern });
  }

  take(physical: Line): void {
    for (const line of mend(physical)) this.#take(line);
  }

  #take(line: Line): void {
    this.#line = line;
    if (this.#held !== null) this.#release(line);
    if (this.#takeInChild(line)) return;
    const isWrapped = standsOnOneLine(line.text) || startsInConsole(line.text);
    if (!isWrapped && this.#read(endsGoroutine(line.text) ? emptyLine(line) : line)) return;
    const layer = this.#wrapping.length < DEPTH_LIMIT ? findWrapping(line) : undefined;
    if (layer === undefined) this.#skip(line);
    else if (isHeld(layer)) this.#held = { line, layer };
    else this.#open(layer, line);
  }

  /** Ends the text at that place. */
  end(place: TextPlace, isCut: boolean): void {
    if (this.#held?.layer.kind === "progress") this.#skip(this.#held.line);
    else if (this.#held !== null) this.#open(this.#held.layer, this.#held.line);
    this.#held = null;
    for (const child of this.#children) endChild(child, place, isCut);
    for (const reader of this.#readers) reader.end(place, isCut);
  }

  finished(dump: Dump): void {
    if (this.#wrapping.length === 0) return this.#sink.dump(dump);
    const [outer, ...inner] = this.#wrapping.map(describeLayer);
    const taken = inner.reduce((within, layer) => say`${within}, within it ${layer}`, outer ?? NOTHING);
    const message = say`Read without ${taken}.`;
    const note = { kind: "wrapped", line: dump.startLine, message } as const;
    return this.#sink.dump({ ...dump, wrapping: this.#wrapping, notes: [note, ...dump.notes] });
  }

  noted(note: Note): void {
    this.#sink.note(note);
  }

  timeAbove(line: number): string | null {
    const own = this.#parent === null || this.#line === null ? null : this.#parent.#timeOfLine();
    if (own !== null) return own;
    for (const kept of [...this.#kept].reverse()) {
      if (kept.number < line - TIME_DISTANCE) break;
      const time = timeInText(kept.text);
      if (time !== null) return time;
    }
    return this.#parent?.timeAbove(line) ?? null;
  }

  #timeOfLine(): string | null {
    return this.#line === null ? null : timeInText(this.#line.text);
  }

  #read(line: Line): boolean {
    if (!this.#give(line)) return false;
    this.#sink.tap?.taken(this, line);
    return true;
  }

  #give(line: Line): boolean {
    if (this.#current.take(line)) return true;
    const taker = this.#readers.find((reader) => reader !== this.#current && reader.take(line));
    if (taker === undefined) return false;
    if (this.#current === this.traceback) this.traceback.interrupt();
    this.#current = taker;
    return true;
  }

  #skip(line: Line): void {
    this.#sink.tap?.skipped(this, line);
    this.#current = this.traceback;
    this.traceback.skip(line);
    if (this.#kept.length === KEPT_LINES) this.#kept.shift();
    this.#kept.push(line);
  }

  #takeInChild(line: Line): boolean {
    for (const child of this.#children) {
      if (child.isResting) continue;
      const lines = child.reader.take(line);
      if (lines !== undefined) feed(child, lines);
      if (child.reader.hasEnded || (lines === undefined && isIndent(child.layer))) {
        child.stream.#interrupt(line);
        child.isResting = true;
      }
      if (lines !== undefined) return true;
    }
    return false;
  }

  /** Another text's line: it ends the goroutine that is open. */
  #interrupt(line: Line): void {
    this.#current = this.traceback;
    this.traceback.skip(line);
  }

  #release(next: Line): void {
    const { layer, line } = this.#held!;
    this.#held = null;
    if (goesOn(layer, line, next)) {
      if (layer.kind === "prefix") this.#releasePrefix(layer, line, next);
      else this.#open(layer, line);
    } else if (!this.#read(line)) this.#skip(line);
  }

  /** What was behind a prefix goes on behind the same one, or, as in the first line of a log entry, without it. */
  #releasePrefix(layer: Layer & { kind: "prefix" }, line: Line, next: Line): void {
    const indent = new LayerReader(layer).peek(next) === undefined ? continuationOf(next) : undefined;
    const start = sliceLine(line, layer.sample.length);
    if (indent === undefined) this.#open(layer, line);
    else if (indent === "") {
      this.#kept.push(line);
      this.#read(start);
    } else feed(this.#child({ kind: "prefix", sample: indent }), [start]);
  }

  /** Opens the text that layer holds, from its first line on. */
  #open(layer: Layer, line: Line): void {
    const child = this.#child(layer);
    const isOneLine = layer.kind === "escaped" || layer.kind === "separated";
    if (!isOneLine) for (const kept of this.#takeBack(child)) feed(child, child.reader.add(kept));
    if (layer.kind !== "escaped" || !readEscaped(child.stream, line)) feed(child, child.reader.take(line) ?? []);
    if (isOneLine) this.#close(child, line);
  }

  /** The child for that layer: one that rests, or a new one. */
  #child(layer: Layer): Child {
    const resting = this.#children.find((child) => child.isResting && isSameLayer(child.layer, layer));
    if (resting !== undefined) {
      resting.isResting = false;
      return resting;
    }
    const stream = new TextStream(this.#sink, [...this.#wrapping, layer], this);
    const child = { layer, reader: new LayerReader(layer), inBytes: layerInBytes(layer), stream, isResting: false };
    if (this.#children.length === CHILD_LIMIT) this.#close(this.#children[0]!, this.#line!);
    this.#children.push(child);
    return child;
  }

  /** The kept lines directly above that are of the child's text, too. */
  #takeBack({ reader }: Child): readonly Payload[] {
    const payloads: Payload[] = [];
    for (let kept = this.#kept.at(-1); kept !== undefined; kept = this.#kept.at(-1)) {
      const payload = reader.peek(kept);
      if (payload === undefined) break;
      payloads.push(payload);
      this.#kept.pop();
    }
    return payloads.reverse();
  }

  #close(child: Child, { number, offset }: Line): void {
    this.#children = this.#children.filter((other) => other !== child);
    endChild(child, { line: number, offset }, false);
  }
}

function feed({ stream }: Child, lines: readonly Line[]): void {
  for (const line of lines) stream.take(line);
}

function endChild(child: Child, place: TextPlace, isCut: boolean): void {
  feed(child, child.reader.end());
  child.stream.end(place, isCut);
}
