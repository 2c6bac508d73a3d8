import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { at } from "../../core/model/column.ts";
import type { Dump } from "../../core/model/dump.ts";
import { indexIds } from "../../core/model/idIndex.ts";
import type { Reading } from "../../core/read/dumpReader.ts";
import { decodeUtf8 } from "../../core/text/utf8.ts";
import type { CondensedResult, FullTextResult } from "../../protocol/index.ts";
import { prepareDumps, type PreparedDump, type ReadSpans, type RunSteps } from "../analysis/analyseDump.ts";
import type { JudgedDumps } from "../analysis/judgedDumps.ts";
import { condenseDumps, type CondensedText, type WholeDump } from "./condenseDumps.ts";
import { fileBehind } from "./fileBehind.ts";
import { placedFrames } from "../document/placedFrames.ts";
import type { PlacedFrames } from "../document/openText.ts";
import type { LargeFiles } from "../host/largeFiles.ts";
import type { CancellationToken, Clock } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";

/** Bytes of one goroutine's text that are shown: a stack of Go's longest (100 frames) has some 20,000. */
const BLOCK_LIMIT = 1024 * 1024;

/** Text that is unpacked once more for the arguments of some goroutines: a second or two. */
const UNPACKED_LIMIT = 256 * 1024 * 1024;

interface CondensedFile {
  readonly reading: Reading;
  readonly wholes: readonly (WholeDump | null)[];
}

/**
 * Files that are shown condensed. Only what was read of a file is kept, a few dozen bytes a goroutine; a goroutine's text
 * is read from the file again.
 */
export class CondensedFiles {
  readonly #files: LargeFiles | undefined;
  readonly #clock: Clock;
  readonly #judged: Pick<JudgedDumps, "of">;
  readonly #open = new Map<string, CondensedFile>();

  constructor(files: LargeFiles | undefined, clock: Clock, judged: Pick<JudgedDumps, "of">) {
    this.#files = files;
    this.#clock = clock;
    this.#judged = judged;
  }

  /** Reads a file and gives it condensed. */
  async open(
    uri: string,
    token: CancellationToken,
    progress: (bytes: number, total: number) => void,
  ): Promise<CondensedResult> {
    if (this.#files === undefined) return { kind: "failed", reason: words(say`This server has no way to read files.`) };
    let size = 0;
    const files = this.#files;
    const answer = await files.read(uri, token, (bytes, total) => {
      size = total;
      progress(bytes, total);
    });
    if (answer.kind !== "reading") {
      return answer.kind === "failed" ? { kind: "failed", reason: answer.message } : answer;
    }
    const { reading } = answer;
    const isCheap = reading.bytes === size || reading.bytes <= UNPACKED_LIMIT;
    const condensed = await this.#condense(uri, reading, isCheap ? files : null, token);
    if (condensed === undefined) return { kind: "cancelled" };
    const { text, wholes } = condensed;
    const goroutines = reading.dumps.reduce((sum, dump) => sum + dump.total, 0);
    // What holds nothing is not shown, and so never closed.
    if (goroutines > 0) this.#open.set(uri, { reading, wholes });
    const notes = reading.notes.map(({ message }) => words(message));
    return { kind: "text", text, dumps: reading.dumps.length, goroutines, notes };
  }

  async #condense(
    uri: string,
    { dumps, bytes }: Reading,
    files: LargeFiles | null,
    token: CancellationToken,
  ): Promise<CondensedText | undefined> {
    const turns = new Turns(this.#clock);
    const run: RunSteps = (steps) => turns.run(steps, token);
    const readSpans: ReadSpans = async (spans) => files && files.readSpans(uri, spans, bytes, token);
    const prepared = await prepareDumps(
      dumps.map((dump) => ({ dump })),
      { run, readSpans },
    );
    const textOf = ({ dump }: PreparedDump): PlacedFrames => placedFrames(uri, dump);
    return prepared && condenseDumps(prepared, textOf, (dump, text) => this.#judged.of(dump, text, token, run), run);
  }

  /**
   * The whole dump behind dump `index` of a condensed document; undefined when the document is not the condensed text of
   * a file, or not of the file as it was last read.
   */
  wholeOf(documentUri: string, index: number, shown: Dump): WholeDump | undefined {
    const file = fileBehind(documentUri);
    const whole = file === documentUri ? undefined : this.#open.get(file)?.wholes[index];
    return whole && isShownBy(whole, shown) ? whole : undefined;
  }

  /** The text of one goroutine as it stands in the file; null: the file holds none of that id, or has changed. */
  async fullText(uri: string, goroutine: number, token: CancellationToken): Promise<FullTextResult> {
    const reading = this.#open.get(uri)?.reading;
    const span = reading && spanOf(reading.dumps, goroutine);
    if (this.#files === undefined || reading === undefined || span === undefined) return null;
    const [bytes] = await this.#files.readSpans(uri, [span], reading.bytes, token);
    return bytes === undefined ? null : { text: `${decodeUtf8(bytes).trimEnd()}\n` };
  }

  /** Forgets a file. */
  close(uri: string): void {
    this.#open.delete(uri);
  }
}

/** Whether a text shows exactly what was printed of a dump. */
function isShownBy({ dump, printed }: WholeDump, { goroutines, total }: Dump): boolean {
  return (
    total === dump.total &&
    goroutines.length === printed.length &&
    printed.every((row, index) => at(goroutines.id, index) === at(dump.goroutines.id, row))
  );
}

/** Where the goroutine with that id stands in the first dump that has it. */
function spanOf(dumps: readonly Dump[], id: number): { start: number; end: number } | undefined {
  for (const { goroutines, endOffset } of dumps) {
    const row = indexIds(goroutines.id).rowOf(id);
    if (row < 0) continue;
    const start = at(goroutines.offset, row);
    const next = row + 1 < goroutines.length ? at(goroutines.offset, row + 1) : endOffset;
    return { start, end: Math.min(Math.max(start, next), start + BLOCK_LIMIT) };
  }
  return undefined;
}
