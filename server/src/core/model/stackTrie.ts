import type { EdgeKind, StackTable } from "./stack.ts";

const FIRST_NODES = 1024;

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
  /** The children of a node as a list, the one met last in front: nine entries in ten repeat it. 0: the end. */
  #firstChild = new Int32Array(FIRST_NODES);
  #nextSibling = new Int32Array(FIRST_NODES);
  #slots = new Int32Array(FIRST_NODES * 2);
  #count = 1;

  constructor() {
    this.#parent[EMPTY_STACK] = -1;
    this.#edge[EMPTY_STACK] = -1;
  }

  /** The stack `parent` with one more entry behind it. */
  child(parent: number, kind: EdgeKind, frame: number): number {
    const edge = (frame << 2) | kind;
    const predicted = this.#firstChild[parent]!;
    return predicted !== 0 && this.#edge[predicted] === edge ? predicted : this.#findOrAdd(parent, edge);
  }

  /** The child of `parent` that is likeliest next, or 0. */
  firstChild(parent: number): number {
    return this.#firstChild[parent]!;
  }

  /** The child of the same parent that is next likely, or 0. */
  nextSibling(node: number): number {
    return this.#nextSibling[node]!;
  }

  /** Makes `node` the first child of its parent; `previous` is the sibling it stands behind. */
  moveToFront(node: number, previous: number): void {
    const parent = this.#parent[node]!;
    this.#nextSibling[previous] = this.#nextSibling[node]!;
    this.#nextSibling[node] = this.#firstChild[parent]!;
    this.#firstChild[parent] = node;
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
    this.#nextSibling[node] = this.#firstChild[parent]!;
    this.#firstChild[parent] = node;
    this.#slots[slot] = node;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return node;
  }

  #grow(): void {
    this.#parent = doubled(this.#parent);
    this.#edge = doubled(this.#edge);
    this.#firstChild = doubled(this.#firstChild);
    this.#nextSibling = doubled(this.#nextSibling);
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
