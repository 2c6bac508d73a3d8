import { createReadStream } from "node:fs";
import type { ArgumentSource } from "../core/findings/arguments.ts";
import { blockSpan, readArguments } from "../core/findings/readArguments.ts";
import type { GroupTable } from "../core/group/groups.ts";
import { planArguments } from "../core/locks/planArguments.ts";
import type { Dump } from "../core/model/dump.ts";
import { BoundedGunzip } from "../formats/gunzip.ts";

/** Parts of a text that are kept while it streams by. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The arguments of the goroutines that the rules want, read from the file again: the first reading keeps no text. Null
 * when the rules want none, or when the text cannot be had again (standard input).
 */
export async function readFileArguments(file: string, dump: Dump, groups: GroupTable): Promise<ArgumentSource | null> {
  const rows = planArguments(dump, groups);
  if (rows.length === 0 || file === "-") return null;
  const parts = await readSpans(
    file,
    [...rows].map((row) => blockSpan(dump, row)),
  );
  return readArguments(dump, rows, ({ start }) => parts.get(start));
}

/** The bytes of ascending spans of a file's text, by their start; gzip is unpacked as the reader of dumps does it. */
async function readSpans(file: string, spans: readonly Span[]): Promise<ReadonlyMap<number, Uint8Array>> {
  const collector = new SpanCollector(spans);
  const take = (bytes: Uint8Array): void => collector.push(bytes);
  let gunzip: BoundedGunzip | null | undefined;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const bytes = chunk as Uint8Array;
    if (gunzip === undefined) gunzip = bytes[0] === 0x1f && bytes[1] === 0x8b ? new BoundedGunzip(take) : null;
    if (gunzip === null) take(bytes);
    else gunzip.push(bytes);
    if (collector.isDone) break;
  }
  gunzip?.end();
  return collector.found;
}

/** Picks spans out of bytes that stream by. */
class SpanCollector {
  readonly found = new Map<number, Uint8Array>();
  readonly #spans: readonly Span[];
  #next = 0;
  #offset = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  get isDone(): boolean {
    return this.#next >= this.#spans.length;
  }

  push(bytes: Uint8Array): void {
    const end = this.#offset + bytes.length;
    for (let index = this.#next; index < this.#spans.length; index++) {
      const span = this.#spans[index]!;
      if (span.start >= end) break;
      this.#copy(span, bytes);
      if (span.end <= end) this.#next = index + 1;
    }
    this.#offset = end;
  }

  #copy({ start, end }: Span, bytes: Uint8Array): void {
    let kept = this.found.get(start);
    if (kept === undefined) {
      kept = new Uint8Array(end - start);
      this.found.set(start, kept);
    }
    const from = Math.max(0, start - this.#offset);
    const part = bytes.subarray(from, Math.max(from, end - this.#offset));
    kept.set(part, this.#offset + from - start);
  }
}
