/** Sets that merge: which elements belong together. Near constant time an operation. */
export class UnionFind {
  /** No greater than the element, so that one ascending pass of {@link find} makes every way one step long. */
  readonly #parent: Int32Array;

  private constructor(parent: Int32Array) {
    this.#parent = parent;
  }

  /** Each element by itself. */
  static ofSize(size: number): UnionFind {
    const parent = new Int32Array(size);
    for (let element = 0; element < size; element++) parent[element] = element;
    return new UnionFind(parent);
  }

  /** The same sets, to be merged further. */
  copy(): UnionFind {
    return new UnionFind(this.#parent.slice());
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
