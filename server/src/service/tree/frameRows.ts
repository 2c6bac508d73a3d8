import { type Frame } from "../../core/model/stack.ts";
import { shortFunctionName } from "../../core/names/functionName.ts";
import { isUserFrame } from "../../core/names/userCode.ts";
import { say } from "../../core/text/say.ts";
import type { Place, TreeNode } from "../../protocol/index.ts";
import { words } from "../base/words.ts";
import { nodeId } from "./nodeId.ts";
import { listOf, type NodeList } from "./nodeList.ts";
import { frameNode, treeNode } from "./treeNodes.ts";

/** Frames with consecutive indexes, of which the first is `start`; several are folded into one row. */
export interface FrameRun {
  readonly start: number;
  readonly end: number;
}

/** Frames of the standard library, next to each other, from which they are folded. */
const LEAST_FOLDED = 3;

/** The rows of a stack: each frame, or several of the standard library. A stack of nothing else is not folded. */
export function frameRuns(frames: readonly Frame[]): readonly FrameRun[] {
  const isOwn = frames.map(isUserFrame);
  if (!isOwn.includes(true)) return frames.map((_, start) => ({ start, end: start + 1 }));
  const runs: FrameRun[] = [];
  for (let start = 0; start < frames.length;) {
    let end = start + 1;
    while (isOwn[start] === false && isOwn[end] === false) end++;
    if (end - start < LEAST_FOLDED) end = start + 1;
    runs.push({ start, end });
    start = end;
  }
  return runs;
}

/** The rows of a stack below a group. `placeOf` gives the place of a frame in the dump. */
export class FrameRows {
  readonly #id: string;
  readonly #frames: readonly Frame[];
  readonly #runs: readonly FrameRun[];
  readonly #placeOf: (index: number) => Place | null;

  constructor(id: string, frames: readonly Frame[], placeOf: (index: number) => Place | null) {
    this.#id = id;
    this.#frames = frames;
    this.#runs = frameRuns(frames);
    this.#placeOf = placeOf;
  }

  /** The rows before a frame's index, or from it on. */
  list(from: number, to: number): NodeList {
    return listOf(
      this.#runs.filter(({ start }) => start >= from && start < to),
      (run) => this.#row(run),
    );
  }

  /** The frames of a row that folds several. */
  folded(start: number): NodeList | undefined {
    const run = this.#runs.find((one) => one.start === start && one.end - one.start > 1);
    if (run === undefined) return undefined;
    const id = nodeId(this.#id, "F", start);
    return listOf(this.#frames.slice(run.start, run.end), (_, index) => this.#frame(id, start + index));
  }

  /** The nodes down to a frame. */
  pathTo(index: number): TreeNode[] {
    const run = this.#runs.find(({ start, end }) => start <= index && index < end);
    if (run === undefined) return [];
    const row = this.#row(run);
    return run.end - run.start === 1 ? [row] : [row, this.#frame(row.id, index)];
  }

  #row({ start, end }: FrameRun): TreeNode {
    if (end - start === 1) return this.#frame(this.#id, start);
    const outer = this.#frames[end - 1];
    return treeNode(nodeId(this.#id, "F", start), "frames", words(say`${end - start} library frames`), {
      description: outer === undefined ? "" : shortFunctionName(outer.function),
      tooltip: this.#frames
        .slice(start, end)
        .map((frame) => frame.function)
        .join("\n"),
      hasChildren: true,
      dimmed: true,
    });
  }

  #frame(parent: string, index: number): TreeNode {
    return frameNode(nodeId(parent, "f", index), this.#frames[index]!, this.#placeOf(index));
  }
}
