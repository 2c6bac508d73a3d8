/** Sets that merge: which elements belong together. Near constant time an operation. */
export class UnionFind {
  /** No greater than the element, so that one ascending pass of {@link find} makes every way one step long. */
  #parent: Int32Array;

  /** Each element by itself. */
  constructor(size: number) {
    this.#parent = new Int32Array(size);
    for (let element = 0; element < size; element++) this.#parent[element] = element;
  }

  /** The same sets, to be merged further. */
  copy(): UnionFind {
    const copy = new UnionFind(0);
    copy.#parent = this.#parent.slice();
    return copy;
  }

  /** The least element of the set. */
  find(element: number): number {
    const parent = this.#parent;
    let node = element;
    for (let above = parent[node]!; above !== node; above = parent[node]!) node = parent[node] = parent[above]!;
    return node;
  }

  union(left: number, right: number): void {
    const a = this.find(left);
    const b = this.find(right);
    if (a < b) this.#parent[b] = a;
    else this.#parent[a] = b;
  }
}
