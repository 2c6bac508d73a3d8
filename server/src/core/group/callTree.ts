import type { Dump } from "../model/dump.ts";
import { FRAME } from "../model/stack.ts";
import { byRange, type Steps } from "../steps.ts";

/** Goroutines that share a stack, as a tree of calls counts them. */
export interface CallTreePart {
  /** Number of the stack. */
  readonly stack: number;
  /** Goroutines; parts without any are left out. */
  readonly count: number;
  /** A small number from 0 on; the most frequent of a call's is told. -1: it has none. */
  readonly state: number;
  /** Number of a finding about them; -1: none. */
  readonly finding: number;
}

/**
 * Stacks, outermost call first, as a tree in columns. Node 0 is the root, which is no call; parents come before their
 * children. Calls of one function directly within each other are one node: stacks that differ in how deep they recurse
 * are the same there.
 */
export interface CallTree {
  readonly parent: readonly number[];
  /** Number of the frame: of a run of calls of one function the innermost one's. -1 for the root. */
  readonly frame: readonly number[];
  /** How many calls of one function the node stands for, at most; 0 for the root. */
  readonly depth: readonly number[];
  readonly count: readonly number[];
  /** Parts that come through here. */
  readonly parts: readonly number[];
  readonly state: readonly number[];
  /** The least number of a finding of its parts; -1: none. */
  readonly finding: readonly number[];
  /** Nodes that were left out because the limit was reached: those with the smallest shares. */
  readonly left: number;
}

/** Parts looked at in one step. */
const STEP = 256;

/**
 * The tree of calls with at most `limit` nodes: those with the largest share of either the goroutines or the parts. Time is
 * linear in the frames of the parts' stacks.
 */
export function* callTreeSteps(dump: Dump, parts: readonly CallTreePart[], limit: number): Steps<CallTree> {
  const counted = parts.filter(({ count }) => count > 0);
  const builder = new Builder(dump);
  yield* byRange(counted.length, (start, end) => counted.slice(start, end).forEach((part) => builder.add(part)), STEP);
  const kept = builder.largest(limit);
  yield;
  const states = new StateCounts(kept.count, counted);
  yield* byRange(
    counted.length,
    (start, end) => {
      for (let index = start; index < end; index++)
        builder.walkUp(index, (node) => states.add(kept.numberOf[node]!, counted[index]!));
    },
    STEP,
  );
  return builder.finish(kept, states);
}

/** Which nodes stay, and their new numbers; -1 for the others. */
interface Kept {
  readonly count: number;
  readonly numberOf: Int32Array;
}

class Builder {
  readonly #dump: Dump;
  readonly #parent: number[] = [-1];
  readonly #frame: number[] = [-1];
  readonly #depth: number[] = [0];
  readonly #count: number[] = [0];
  readonly #parts: number[] = [0];
  readonly #finding: number[] = [-1];
  readonly #byEdge = new Map<number, number>();
  /** The node that each part ends in. */
  readonly #ends: number[] = [];

  constructor(dump: Dump) {
    this.#dump = dump;
  }

  add(part: CallTreePart): void {
    const { stacks, frames } = this.#dump;
    let node = 0;
    let run = -1;
    let depth = 0;
    this.#pass(0, part);
    // A stack's last entry is its outermost call: the way up the trie leads inwards.
    for (let at = part.stack; at > 0; at = stacks.parent[at]!) {
      const edge = stacks.edge[at]!;
      if ((edge & 3) !== FRAME) continue;
      const frame = edge >> 2;
      if (run >= 0 && frames.function[frame] !== frames.function[run]) {
        node = this.#enter(node, run, depth, part);
        depth = 0;
      }
      run = frame;
      depth++;
    }
    if (run >= 0) node = this.#enter(node, run, depth, part);
    this.#ends.push(node);
  }

  #enter(parent: number, frame: number, depth: number, part: CallTreePart): number {
    const edge = parent * this.#dump.frames.line.length + frame;
    let node = this.#byEdge.get(edge);
    if (node === undefined) {
      node = this.#parent.length;
      this.#byEdge.set(edge, node);
      this.#parent.push(parent);
      this.#frame.push(frame);
      this.#depth.push(depth);
      this.#count.push(0);
      this.#parts.push(0);
      this.#finding.push(-1);
    }
    this.#depth[node] = Math.max(this.#depth[node]!, depth);
    this.#pass(node, part);
    return node;
  }

  #pass(node: number, { count, finding }: CallTreePart): void {
    this.#count[node]! += count;
    this.#parts[node]!++;
    const known = this.#finding[node]!;
    if (finding >= 0 && (known < 0 || finding < known)) this.#finding[node] = finding;
  }

  /** Calls back with each node from the end of a part up to the root. */
  walkUp(part: number, visit: (node: number) => void): void {
    for (let node = this.#ends[part]!; node >= 0; node = this.#parent[node]!) visit(node);
  }

  /** No child has a larger share than its parent, which has the lower number: with a node its parents stay. */
  largest(limit: number): Kept {
    const size = this.#parent.length;
    if (size <= limit) return { count: size, numberOf: Int32Array.from({ length: size }, (_, node) => node) };
    const shares = Float64Array.from({ length: size }, (_, node) =>
      Math.max(this.#count[node]! / this.#count[0]!, this.#parts[node]! / this.#parts[0]!),
    );
    const least = shares.slice().sort()[size - limit]!;
    let room = limit - shares.reduce((sum, share) => sum + (share > least ? 1 : 0), 0);
    const numberOf = new Int32Array(size).fill(-1);
    let count = 0;
    for (let node = 0; node < size; node++) {
      const share = shares[node]!;
      if (share > least || (share === least && room-- > 0)) numberOf[node] = count++;
    }
    return { count, numberOf };
  }

  finish({ count, numberOf }: Kept, states: StateCounts): CallTree {
    const pick = (values: readonly number[]): number[] => values.filter((_, node) => numberOf[node]! >= 0);
    return {
      parent: pick(this.#parent).map((parent) => (parent < 0 ? -1 : numberOf[parent]!)),
      frame: pick(this.#frame),
      depth: pick(this.#depth),
      count: pick(this.#count),
      parts: pick(this.#parts),
      state: Array.from({ length: count }, (_, node) => states.most(node)),
      finding: pick(this.#finding),
      left: this.#parent.length - count,
    };
  }
}

/** Goroutines of each node by state. */
class StateCounts {
  readonly #states: number;
  readonly #counts: Float64Array;

  constructor(nodes: number, parts: readonly CallTreePart[]) {
    this.#states = parts.reduce((most, { state }) => Math.max(most, state + 1), 0);
    this.#counts = new Float64Array(nodes * this.#states);
  }

  add(node: number, { state, count }: CallTreePart): void {
    if (node >= 0 && state >= 0) this.#counts[node * this.#states + state]! += count;
  }

  /** The state that most of a node's goroutines have; -1: none. */
  most(node: number): number {
    let most = -1;
    for (let state = 0; state < this.#states; state++) {
      const count = this.#counts[node * this.#states + state]!;
      if (count > 0 && (most < 0 || count > this.#counts[node * this.#states + most]!)) most = state;
    }
    return most;
  }
}
