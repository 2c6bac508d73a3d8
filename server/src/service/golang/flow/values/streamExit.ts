import type { Values } from "./values.ts";

/** Where the ends of an `io.Pipe` go whose way is not followed: in a program that makes none, nothing. */
export class StreamExit {
  readonly node: number;
  readonly #values: Values;
  /** Nodes that lead here; undefined: they do already. */
  #waiting: number[] | undefined = [];

  constructor(values: Values) {
    this.#values = values;
    this.node = values.exit();
  }

  /** What a node holds may be used in ways that are not followed. */
  leave(node: number | undefined): void {
    if (node === undefined) return;
    if (this.#waiting === undefined) this.#values.flow(node, this.node);
    else this.#waiting.push(node);
  }

  /** The program makes a pipe. */
  open(): void {
    const nodes = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const node of nodes) this.leave(node);
  }
}
