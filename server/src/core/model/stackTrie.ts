import type { StackTable } from "./dump.ts";
import { type EdgeKind, FRAME } from "./stack.ts";
import { LIMITS } from "../text/limits.ts";

/** From small, as in `ByteInterner`. */
const FIRST_NODES = 4;
/** Children of a node that are remembered as the likeliest. */
const RECENT_BITS = 2;
const RECENT = 1 << RECENT_BITS;

/** The empty stack: the root of every trie. */
export const EMPTY_STACK = 0;

/**
 * The distinct stacks of a dump as a trie: a node is a stack, its edge the last entry read (a frame, the creator, or the
 * place of elided frames), its parent the stack before that entry. Goroutines that share a stack share a node, and
 * stacks that begin alike share their beginning.
 */
export class StackTrie {
  #parent = new Int32Array(FIRST_NODES);
  #edge = new Int32Array(FIRST_NODES);
  /** The children of each node that were met lately, the last one in front: nine entries in ten repeat it. 0: none. */
  #recent = new Int32Array(FIRST_NODES << RECENT_BITS);
  /** Number of entries of each stack. */
  #depth = new Uint16Array(FIRST_NODES);
  #slots = new Int32Array(FIRST_NODES * 2);
  #count = 1;

  constructor() {
    this.#parent[EMPTY_STACK] = -1;
    this.#edge[EMPTY_STACK] = -1;
  }

  /** The stack `parent` with one more entry behind it; `parent` itself when it has as many frames as a stack may have. */
  child(parent: number, kind: EdgeKind, frame: number): number {
    const edge = (frame << 2) | kind;
    const predicted = this.#recent[parent << RECENT_BITS]!;
    if (predicted !== 0 && this.#edge[predicted] === edge) return predicted;
    if (kind === FRAME && this.#depth[parent]! >= LIMITS.stackFrames) return parent;
    const node = this.#findOrAdd(parent, edge);
    this.promote(parent, node, RECENT - 1);
    return node;
  }

  /** The child of `parent` that is likely next, the likeliest with `rank` 0; 0: there is none of that rank. */
  likelyChild(parent: number, rank: number): number {
    return rank < RECENT ? this.#recent[(parent << RECENT_BITS) + rank]! : 0;
  }

  /** Makes `node`, which had that rank, the likeliest child of `parent`. */
  promote(parent: number, node: number, rank: number): void {
    const first = parent << RECENT_BITS;
    for (let at = first + rank; at > first; at--) this.#recent[at] = this.#recent[at - 1]!;
    this.#recent[first] = node;
  }

  /** The entry that leads to `node`: the frame's number times four, plus its kind. */
  edgeOf(node: number): number {
    return this.#edge[node]!;
  }

  finish(): StackTable {
    return { parent: this.#parent.slice(0, this.#count), edge: this.#edge.slice(0, this.#count) };
  }

  #findOrAdd(parent: number, edge: number): number {
    let slot = hashEdge(parent, edge) & (this.#slots.length - 1);
    for (;;) {
      const node = this.#slots[slot]!;
      if (node === 0) break;
      if (this.#parent[node] === parent && this.#edge[node] === edge) return node;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    if (this.#count === this.#parent.length) this.#grow();
    const node = this.#count++;
    this.#parent[node] = parent;
    this.#edge[node] = edge;
    // What may stand behind the last frame is few: the creator, a mark.
    this.#depth[node] = Math.min(this.#depth[parent]! + 1, LIMITS.stackFrames);
    this.#slots[slot] = node;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return node;
  }

  #grow(): void {
    this.#parent = doubled(this.#parent);
    this.#edge = doubled(this.#edge);
    this.#recent = doubled(this.#recent);
    const depth = new Uint16Array(this.#depth.length * 2);
    depth.set(this.#depth);
    this.#depth = depth;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let node = 1; node < this.#count; node++) {
      let slot = hashEdge(this.#parent[node]!, this.#edge[node]!) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = node;
    }
    this.#slots = slots;
  }
}

function hashEdge(parent: number, edge: number): number {
  const hash = Math.imul(parent ^ Math.imul(edge, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}
