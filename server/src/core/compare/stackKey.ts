import type { Dump } from "../model/dump.ts";
import { CREATED_BY, FRAME } from "../model/stack.ts";
import { EMPTY_STACK, StackTrie } from "../model/stackTrie.ts";
import { StringTable } from "../model/stringTable.ts";
import { outerFunction } from "../names/functionName.ts";
import { isRuntimeFunction } from "../names/userCode.ts";

/** What must be equal for two stacks of different dumps to be the same. */
export type KeyLevel =
  /** Functions, files, lines and creator: the same build, forms that print all of it. */
  | "place"
  /** Functions, files and lines: the same build, any form (profiles name no creator). */
  | "frames"
  /** Functions without their closures' numbers: another build, whose lines have shifted. */
  | "functions";

/** Of a stack whose creator is not known. */
const NO_CREATOR = -1;

/**
 * Numbers the stacks of several dumps: equal ones, as far as every form prints them (see `visibleFrames`), get one number.
 * The dumps' tries are put into one, so that what stacks have in common is looked at once.
 */
export class StackNumbers {
  readonly #level: KeyLevel;
  readonly #frames = new StringTable();
  readonly #stacks = new StackTrie();

  constructor(level: KeyLevel) {
    this.#level = level;
  }

  /** The number of each stack of a dump. */
  of(dump: Dump): Int32Array {
    const { parent, edge } = dump.stacks;
    const numberOf = this.#frameNumbers(dump);
    const isRuntime = dump.functions.map(isRuntimeFunction);
    const trie = this.#stacks;
    /** Frames from the innermost one outside the runtime on, and those up to the outermost such one; all where there is none. */
    const inside = new Int32Array(parent.length);
    const visible = new Int32Array(parent.length);
    const creator = new Int32Array(parent.length).fill(NO_CREATOR);
    for (let node = 1; node < parent.length; node++) {
      const above = parent[node]!;
      const frame = edge[node]! >> 2;
      const kind = edge[node]! & 3;
      inside[node] = inside[above]!;
      visible[node] = visible[above]!;
      creator[node] = creator[above]!;
      if (kind === CREATED_BY && creator[node] === NO_CREATOR) creator[node] = numberOf(frame);
      if (kind !== FRAME) continue;
      const isAllRuntime = inside[above] === EMPTY_STACK;
      if (!isRuntime[dump.frames.function[frame]!]) {
        visible[node] = inside[node] = trie.child(inside[above]!, FRAME, numberOf(frame));
      } else if (isAllRuntime) visible[node] = trie.child(visible[above]!, FRAME, numberOf(frame));
      else inside[node] = trie.child(inside[above]!, FRAME, numberOf(frame));
    }
    if (this.#level !== "place") return visible;
    return visible.map((stack, node) =>
      creator[node] === NO_CREATOR ? stack : trie.child(stack, CREATED_BY, creator[node]!),
    );
  }

  /** Gives frames, by their number in the dump, numbers that all dumps share. */
  #frameNumbers({ frames, functions, files }: Dump): (frame: number) => number {
    if (this.#level === "functions") {
      const ofFunctions = functions.map((name) => this.#frames.intern(outerFunction(name)));
      return (frame) => ofFunctions[frames.function[frame]!]!;
    }
    const ofFrames = Array.from(frames.line, (line, frame) => {
      const name = functions[frames.function[frame]!] ?? "";
      return this.#frames.intern(`${name} ${files[frames.file[frame]!] ?? ""}:${line}`);
    });
    return (frame) => ofFrames[frame]!;
  }
}
