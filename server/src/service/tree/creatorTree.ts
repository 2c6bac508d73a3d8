import { creatorRows } from "../../core/group/ancestry.ts";
import { type FilteredGroup, weigh } from "../../core/group/filter.ts";
import type { OpenDump } from "../document/openDump.ts";

/** Generations that one unfolds at once to see a goroutine. */
const DEPTH_LIMIT = 200;

/**
 * Who started whom, as far as ids allow: goroutines whose creator is not in the dump, or not let through, are at the top.
 * Goroutines with one stack that were started by goroutines of one node are one node.
 */
export class CreatorTree {
  readonly #open: OpenDump;
  /** Row of who started each row; -1 at the top. */
  readonly #creators: Int32Array;
  readonly #shown: readonly FilteredGroup[];
  #children: ReadonlyMap<number, readonly number[]> | undefined;

  constructor(open: OpenDump, shown: readonly FilteredGroup[]) {
    this.#open = open;
    this.#shown = shown;
    this.#creators = creatorRows(open.dump);
    const isShown = new Uint8Array(this.#creators.length);
    for (const { rows } of shown) for (const row of rows) isShown[row] = 1;
    this.#creators.forEach((creator, row) => {
      if (creator >= 0 && isShown[creator] === 0) this.#creators[row] = -1;
    });
    this.#breakCircles();
  }

  /** The groups at the top. */
  get top(): FilteredGroup[] {
    return this.#regroup(this.#shown.flatMap(({ rows }) => Array.from(rows.filter((row) => this.#creators[row]! < 0))));
  }

  /** The groups that goroutines of a node have started. */
  startedBy({ rows }: FilteredGroup): FilteredGroup[] {
    const children = (this.#children ??= this.#indexChildren());
    return this.#regroup(Array.from(rows).flatMap((row) => children.get(row) ?? []));
  }

  /** The node of a row and those above it, the top first; empty where they are too many to unfold. */
  pathTo(row: number): FilteredGroup[] {
    const chain: number[] = [];
    for (let at = row; at >= 0; at = this.#creators[at]!) {
      if (chain.push(at) > DEPTH_LIMIT) return [];
    }
    const path: FilteredGroup[] = [];
    for (const each of chain.reverse()) {
      const last = path.at(-1);
      const own = (last === undefined ? this.top : this.startedBy(last)).find(({ rows }) => rows.includes(each));
      if (own === undefined) return [];
      path.push(own);
    }
    return path;
  }

  #indexChildren(): ReadonlyMap<number, readonly number[]> {
    const children = new Map<number, number[]>();
    for (const { rows } of this.#shown) {
      for (const row of rows) {
        const creator = this.#creators[row]!;
        const list = children.get(creator);
        if (list === undefined) children.set(creator, [row]);
        else list.push(row);
      }
    }
    return children;
  }

  #regroup(rows: readonly number[]): FilteredGroup[] {
    const { dump, groups } = this.#open;
    const byGroup = new Map<number, number[]>();
    for (const row of rows) {
      const group = groups.groupOf[row]!;
      const list = byGroup.get(group);
      if (list === undefined) byGroup.set(group, [row]);
      else list.push(row);
    }
    return [...byGroup].map(([id, list]) => {
      const inText = Uint32Array.from(list).sort();
      return { group: groups.groups[id]!, rows: inText, count: weigh(dump, inText) };
    });
  }

  /** Repeated ids may make goroutines each other's creators: one of them is at the top then. */
  #breakCircles(): void {
    const [unknown, onPath, done] = [0, 1, 2];
    const known = new Uint8Array(this.#creators.length);
    for (let start = 0; start < known.length; start++) {
      const path: number[] = [];
      let row = start;
      while (row >= 0 && known[row] === unknown) {
        known[row] = onPath;
        path.push(row);
        row = this.#creators[row]!;
      }
      if (row >= 0 && known[row] === onPath) this.#creators[row] = -1;
      for (const each of path) known[each] = done;
    }
  }
}
