import type { Reading } from "../core/read/dumpReader.ts";
import type { Span } from "../core/forms/traceback/block.ts";
import { AnyReader } from "./anyReader.ts";

/**
 * Reads ranges of a text again, from the bytes of its file: they are unpacked and decoded as the first time. The spans
 * may be in any order and may overlap.
 */
export class SpanReader {
  readonly #blocks: Uint8Array[];
  readonly #sink: SpanSink;
  readonly #reader: AnyReader;

  constructor(spans: readonly Span[]) {
    this.#blocks = spans.map(({ start, end }) => new Uint8Array(end - start));
    const sink = new SpanSink(spans, this.#blocks);
    this.#sink = sink;
    this.#reader = new AnyReader({ text: () => sink });
  }

  /** Whether all spans have been read: the rest of the file is not needed. */
  get isDone(): boolean {
    return this.#sink.isDone;
  }

  /** Takes the next bytes of the file. */
  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
  }

  /** The bytes of each span; zeros where the file is shorter than it was. */
  end(): readonly Uint8Array[] {
    this.#reader.end();
    return this.#blocks;
  }
}

class SpanSink {
  /** Indexes of the spans, by their start. */
  readonly #order: readonly number[];
  readonly #spans: readonly Span[];
  readonly #blocks: readonly Uint8Array[];
  #offset = 0;
  /** Spans of the order before this one have ended. */
  #done = 0;

  constructor(spans: readonly Span[], blocks: readonly Uint8Array[]) {
    this.#spans = spans;
    this.#blocks = blocks;
    this.#order = spans.map((_, index) => index).sort((left, right) => spans[left]!.start - spans[right]!.start);
  }

  get isDone(): boolean {
    return this.#done === this.#order.length;
  }

  push(chunk: Uint8Array): void {
    const from = this.#offset;
    const to = from + chunk.length;
    for (let place = this.#done; place < this.#order.length; place++) {
      const index = this.#order[place]!;
      const { start, end } = this.#spans[index]!;
      if (start >= to) break;
      if (place === this.#done && end <= to) this.#done++;
      if (end <= from) continue;
      const part = chunk.subarray(Math.max(0, start - from), Math.min(chunk.length, end - from));
      this.#blocks[index]!.set(part, Math.max(0, from - start));
    }
    this.#offset = to;
  }

  end(): Reading {
    return { dumps: [], notes: [], bytes: this.#offset, lines: 0 };
  }
}
