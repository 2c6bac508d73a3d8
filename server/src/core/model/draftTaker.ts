import { viewOf } from "../text/bytes.ts";
import type { DumpBuilder } from "./builder.ts";
import type { ByteInterner } from "./byteInterner.ts";
import type { ByteStrings } from "./byteList.ts";
import type { Draft } from "./draft.ts";
import type { RowTranslator } from "./draftRows.ts";
import type { EdgeKind } from "./stack.ts";
import { EMPTY_STACK } from "./stackTrie.ts";

const UNKNOWN = -1;

/**
 * Adds goroutines of a draft to a builder as if they were read there: in the end it is the same as if they had been, its
 * numbering included.
 */
export class DraftTaker implements RowTranslator {
  readonly builder: DumpBuilder;
  readonly draft: Draft;
  readonly #rests: DataView;
  /** The builder's numbers of what the draft numbers. */
  readonly #functions: number[] = [];
  readonly #files: number[] = [];
  readonly #states: number[] = [];
  readonly #labelSets: number[] = [];
  readonly #stacks: Int32Array;
  /** Lines of the text less those of the draft. */
  #lines = 0;
  /** Stacks on the way to one that is known. */
  readonly #path: number[] = [];

  constructor(builder: DumpBuilder, draft: Draft) {
    this.builder = builder;
    this.draft = draft;
    this.#rests = viewOf(draft.frames.rests.bytes);
    this.#stacks = new Int32Array(draft.stacks.parent.length).fill(UNKNOWN);
    this.#stacks[EMPTY_STACK] = EMPTY_STACK;
  }

  /**
   * Adds the rows from `start` on, up to `end` or the first whose id the builder knows already, and gives the row that it
   * stopped before. `line` is that of the first one. A row is taken once.
   */
  take(start: number, end: number, line: number): number {
    const { rows } = this.draft;
    this.#lines = line - rows.line[start]!;
    return this.builder.addRows(rows, start, end, this);
  }

  translate(row: number): void {
    const { rows } = this.draft;
    rows.line[row]! += this.#lines;
    rows.stack[row] = this.#stack(rows.stack[row]!);
    rows.state[row] = this.#state(rows.state[row]!);
    rows.labels[row] = this.#labelSet(rows.labels[row]!);
  }

  #state(number: number): number {
    return (this.#states[number] ??= this.builder.state(this.draft.states[number]!));
  }

  #labelSet(number: number): number {
    return (this.#labelSets[number] ??= this.builder.labelSet(this.draft.labelSets[number]!));
  }

  #stack(number: number): number {
    const known = this.#stacks[number]!;
    return known === UNKNOWN ? this.#addStack(number) : known;
  }

  /** Makes a stack known to the builder, its first entry first. */
  #addStack(number: number): number {
    const { parent, edge } = this.draft.stacks;
    const path = this.#path;
    let node = number;
    for (; this.#stacks[node] === UNKNOWN; node = parent[node]!) path.push(node);
    let known = this.#stacks[node]!;
    while (path.length > 0) {
      node = path.pop()!;
      const kind = (edge[node]! & 3) as EdgeKind;
      known = this.builder.trie.child(known, kind, this.#frame(edge[node]! >> 2));
      this.#stacks[node] = known;
    }
    return known;
  }

  #frame(number: number): number {
    const { function: names, file: paths, line, rests, lineLengths } = this.draft.frames;
    const rest = rests.starts[number]!;
    const lineEnd = rest + lineLengths[number]!;
    const [name, file] = [this.#function(names[number]!), this.#file(paths[number]!)];
    return this.builder.frames.add(name, file, line[number]!, this.#rests, rest, lineEnd, rests.starts[number + 1]!);
  }

  #function(number: number): number {
    const { frames } = this.builder;
    return (this.#functions[number] ??= taken(frames.functions, this.draft.frames.functions, number));
  }

  #file(number: number): number {
    const { frames } = this.builder;
    return number < 0 ? number : (this.#files[number] ??= taken(frames.files, this.draft.frames.files, number));
  }
}

function taken(interner: ByteInterner, { bytes, starts }: ByteStrings, number: number): number {
  return interner.intern(viewOf(bytes), starts[number]!, starts[number + 1]!);
}
