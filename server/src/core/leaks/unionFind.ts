/** Sets that merge: which elements belong together. Near constant time an operation. */
export class UnionFind {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = new Int32Array(size);
    for (let element = 0; element < size; element++) this.#parent[element] = element;
  }

  find(element: number): number {
    const parent = this.#parent;
    let root = element;
    while (parent[root] !== root) root = parent[root]!;
    for (let node = element; node !== root;) {
      const next = parent[node]!;
      parent[node] = root;
      node = next;
    }
    return root;
  }

  union(left: number, right: number): void {
    const a = this.find(left);
    const b = this.find(right);
    if (a !== b) this.#parent[Math.max(a, b)] = Math.min(a, b);
  }
}
