import { type GroupTable, groupGoroutines, groupSteps } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import type { Dump } from "../../core/model/dump.ts";
import { type IdIndex, indexIds } from "../../core/model/idIndex.ts";
import { ELIDED, type Frame } from "../../core/model/stack.ts";
import { EMPTY_STACK } from "../../core/model/stackTrie.ts";
import type { Steps } from "../../core/steps.ts";
import type { DumpRanges } from "../base/ranges.ts";

const BY_STACK = { byLabels: false } as const;

/** A stack of the text that has no row. */
export interface LooseStack {
  /** Number of the stack. */
  readonly stack: number;
  /** Its first line, 0-based, and the byte it begins at. */
  readonly line: number;
  readonly offset: number;
}

/** A call as it is printed: function and place. */
type PlacedFrame = Pick<Frame, "function" | "file" | "line">;

/** A dump of an open document, with what features ask of it again and again: each is worked out when first asked for. */
export class OpenDump {
  readonly dump: Dump;
  /** Position among the dumps of its document. */
  readonly index: number;
  /** Ranges of the whole document. */
  readonly ranges: DumpRanges;
  #groups: GroupTable | undefined;
  #ids: IdIndex | undefined;
  #looseStacks: readonly LooseStack[] | undefined;

  constructor(dump: Dump, index: number, ranges: DumpRanges) {
    this.dump = dump;
    this.index = index;
    this.ranges = ranges;
  }

  /** Groups the goroutines in steps, so that no feature has to do it in one go. */
  *prepare(): Steps<void> {
    this.#groups ??= yield* groupSteps(this.dump, BY_STACK);
  }

  /** Goroutines by stack and state. */
  get groups(): GroupTable {
    return (this.#groups ??= groupGoroutines(this.dump, BY_STACK));
  }

  /** Row of the goroutine with that id, or -1. */
  rowOfId(id: number): number {
    this.#ids ??= indexIds(this.dump.goroutines.id);
    return id < 0 ? -1 : this.#ids.rowOf(id);
  }

  /** Stacks of the text that are no goroutine's own, by place: `runtime stack:`, the sides of a race or of an order of locks. */
  get looseStacks(): readonly LooseStack[] {
    return (this.#looseStacks ??= this.#findLooseStacks());
  }

  /** Rows whose stack holds a call of that function at that place, or was created there; in the order of the text. */
  *rowsWithFrame(frame: PlacedFrame): Generator<number> {
    const id = this.#frameId(frame);
    if (id < 0) return;
    const stacks = stacksWith(this.dump, id);
    const { stack, length } = this.dump.goroutines;
    for (let row = 0; row < length; row++) if (stacks[at(stack, row)] === 1) yield row;
  }

  /** Goroutines with that frame: the sum of their weights. */
  countWithFrame(frame: PlacedFrame): number {
    const { weight } = this.dump.goroutines;
    let count = 0;
    for (const row of this.rowsWithFrame(frame)) count += weight === null ? 1 : at(weight, row);
    return count;
  }

  #findLooseStacks(): LooseStack[] {
    const { systemStacks, races, deadlockReports } = this.dump;
    const accesses = races.flatMap((race) => race.accesses);
    const places = deadlockReports.flatMap((report) => report.places.filter(({ row }) => row === null));
    const stacks = [...accesses, ...places].map(({ line, stack }) => {
      const offset = this.ranges.byteOffsetOfLine(line);
      return { line, offset, stack: stack ?? EMPTY_STACK };
    });
    const system = systemStacks.map(({ line, offset, stack }) => ({ line, offset, stack }));
    return [...system, ...stacks].sort((left, right) => left.offset - right.offset);
  }

  #frameId({ function: name, file, line }: PlacedFrame): number {
    const { functions, files, frames } = this.dump;
    const nameId = functions.indexOf(name);
    const fileId = file === null ? -1 : files.indexOf(file);
    if (nameId < 0 || (file !== null && fileId < 0)) return -1;
    return frames.function.findIndex(
      (one, id) => one === nameId && frames.file[id] === fileId && frames.line[id] === (line ?? -1),
    );
  }
}

/** Which stacks hold a frame: 1 at their numbers. A stack's parent comes before it in the trie. */
function stacksWith({ stacks }: Dump, frame: number): Uint8Array {
  const found = new Uint8Array(stacks.parent.length);
  for (let stack = 1; stack < found.length; stack++) {
    const edge = stacks.edge[stack]!;
    const isHere = (edge & 3) !== ELIDED && edge >> 2 === frame;
    found[stack] = isHere ? 1 : found[stacks.parent[stack]!]!;
  }
  return found;
}
