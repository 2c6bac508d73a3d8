import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { type WaitKind, stateInfo } from "../model/state.ts";
import { type Candidate, SURE_OF_LOCK } from "./lock.ts";
import type { LockReport, LockReports } from "./lockReports.ts";

/** Who waits for whom: goroutines for locks, locks for their holders, and holders for what they are blocked on. */
export interface WaitGraph {
  readonly nodes: readonly WaitGraphNode[];
  readonly edges: readonly WaitGraphEdge[];
  /** Locks and groups that were left out because the limit was reached. */
  readonly left: number;
}

export type WaitGraphNode = {
  /** Whether all of its chain wait for it, and it for none of them. */
  isRoot: boolean;
  isInCircle: boolean;
} &
  /** Goroutines that wait at one place in one state for one thing; `group` and `row` are the first of them. */
  (
    | { readonly kind: "goroutines"; readonly group: Group; readonly row: number; count: number }
    | { readonly kind: "lock"; readonly report: LockReport }
    /** A channel and the like: the dump does not say who else knows it. */
    | { readonly kind: "event"; readonly group: Group }
  );

export interface WaitGraphEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: "waits" | "held";
  /** Whether the dump only makes it likely. */
  readonly isGuess: boolean;
}

/** Places at which goroutines wait for something else than locks: more of them would hide the chains. */
const EVENT_PLACES = 12;

/** Nodes that are kept free for a lock: itself, its holder, what that is blocked on, and some who wait. */
const NODES_OF_A_LOCK = 4;

const EVENTS: ReadonlySet<WaitKind> = new Set<WaitKind>([
  "send",
  "receive",
  "select",
  "condition",
  "wait-group",
  "semaphore",
  "io",
  "syscall",
  "sleep",
]);

/**
 * The graph of a dump, with about `limit` nodes: the locks most goroutines wait for come first, then those of `blamed`,
 * groups that findings name, that wait for something else.
 */
export function waitGraph(analysis: Analysis, locks: LockReports, blamed: readonly Group[], limit: number): WaitGraph {
  const builder = new Builder(analysis, locks, limit);
  const told = locks.all.filter(({ holder, waiting }) => holder !== null || waiting > 1);
  builder.addLocks(told);
  for (const cycle of locks.cycles()) builder.markCircle(cycle);
  builder.addBlamed(blamed);
  return builder.finish();
}

class Builder {
  readonly #analysis: Analysis;
  readonly #locks: LockReports;
  readonly #limit: number;
  readonly #nodes: WaitGraphNode[] = [];
  readonly #edges: WaitGraphEdge[] = [];
  readonly #lockNodes = new Map<LockReport, number>();
  /** Of holders, by row. */
  readonly #holderNodes = new Map<number, number>();
  readonly #eventNodes = new Map<string, number>();
  /** Nodes of goroutines by what they wait for and where. */
  readonly #places = new Map<string, number>();
  readonly #shownGroups = new Set<Group>();
  #blamed = 0;
  #left = 0;

  constructor(analysis: Analysis, locks: LockReports, limit: number) {
    this.#analysis = analysis;
    this.#locks = locks;
    this.#limit = limit;
  }

  addLocks(reports: readonly LockReport[]): void {
    for (const report of reports) {
      if ((this.#lockNodes.size + 1) * NODES_OF_A_LOCK > this.#limit) this.#left++;
      else this.#lockNodes.set(report, this.#add({ kind: "lock", report, ...UNMARKED }));
    }
    for (const [report, lock] of this.#lockNodes) if (report.holder !== null) this.#addHolder(lock, report.holder);
    // Some of each before all of one: a lock alone tells nothing.
    for (const [report, lock] of this.#lockNodes) this.#addWaiters(lock, report, report.lock.waiters.slice(0, 1));
    for (const [report, lock] of this.#lockNodes) this.#addWaiters(lock, report, report.lock.waiters.slice(1));
  }

  /** Marks a circle of locks and their holders. */
  markCircle(cycle: readonly LockReport[]): void {
    for (const report of cycle) {
      const lock = this.#lockNodes.get(report);
      const holder = report.holder === null ? undefined : this.#holderNodes.get(report.holder.row);
      for (const node of [lock, holder]) {
        if (node === undefined) continue;
        this.#nodes[node]!.isInCircle = true;
        this.#nodes[node]!.isRoot = false;
      }
    }
  }

  addBlamed(groups: readonly Group[]): void {
    for (const group of groups) {
      if (this.#shownGroups.has(group) || !EVENTS.has(stateInfo(group.state).kind)) continue;
      const key = this.#placeKey(group);
      if (!this.#places.has(key) && (this.#blamed === EVENT_PLACES || this.#nodes.length + 2 > this.#limit)) {
        this.#left++;
        continue;
      }
      if (!this.#places.has(key)) this.#blamed++;
      this.#join(key, group, this.#analysis.rows(group)[0] ?? 0, group.count, (node) => this.#addEvent(node, group));
    }
  }

  finish(): WaitGraph {
    return { nodes: this.#nodes, edges: this.#edges, left: this.#left };
  }

  #addHolder(lock: number, { row, group, evidence }: Candidate): void {
    let node = this.#holderNodes.get(row);
    if (node === undefined) {
      node = this.#addGoroutines(group, row, this.#weight(row));
      this.#holderNodes.set(row, node);
      const waitsFor = this.#locks.of(row);
      const next = waitsFor === undefined ? undefined : this.#lockNodes.get(waitsFor);
      if (next !== undefined) this.#edge(node, next, "waits");
      else this.#nodes[node]!.isRoot = waitsFor === undefined;
      if (waitsFor === undefined && EVENTS.has(stateInfo(group.state).kind)) this.#addEvent(node, group);
    }
    this.#edge(lock, node, "held", !SURE_OF_LOCK.has(evidence));
  }

  /** Holders of other locks have nodes of their own and are not counted again with their group. */
  #addWaiters(lock: number, report: LockReport, waiters: LockReport["lock"]["waiters"]): void {
    for (const { group, rows, count } of waiters) {
      let others = count;
      for (const row of this.#holderNodes.keys()) {
        if (this.#locks.of(row) === report && this.#analysis.groupOf(row) === group) others -= this.#weight(row);
      }
      const key = `${lock} ${this.#placeKey(group)}`;
      if (others <= 0) continue;
      if (!this.#places.has(key) && this.#nodes.length >= this.#limit) {
        this.#left++;
        continue;
      }
      const first = rows.find((row) => !this.#holderNodes.has(row)) ?? rows[0] ?? 0;
      this.#join(key, group, first, others, (node) => this.#edge(node, lock, "waits"));
    }
  }

  #addEvent(node: number, group: Group): void {
    const key = this.#placeKey(group);
    let event = this.#eventNodes.get(key);
    if (event === undefined) {
      event = this.#add({ kind: "event", group, ...UNMARKED });
      this.#eventNodes.set(key, event);
    }
    this.#edge(node, event, "waits");
  }

  /** Adds goroutines to the node of their place, or makes it and calls back. */
  #join(key: string, group: Group, row: number, count: number, made: (node: number) => void): void {
    const known = this.#nodes[this.#places.get(key) ?? -1];
    if (known?.kind === "goroutines") {
      this.#shownGroups.add(group);
      known.count += count;
      return;
    }
    const node = this.#addGoroutines(group, row, count);
    this.#places.set(key, node);
    made(node);
  }

  #placeKey(group: Group): string {
    return `${group.state} ${this.#analysis.place(group)?.id}`;
  }

  #addGoroutines(group: Group, row: number, count: number): number {
    this.#shownGroups.add(group);
    return this.#add({ kind: "goroutines", group, row, count, ...UNMARKED });
  }

  #add(node: WaitGraphNode): number {
    return this.#nodes.push(node) - 1;
  }

  #edge(from: number, to: number, kind: WaitGraphEdge["kind"], isGuess = false): void {
    this.#edges.push({ from, to, kind, isGuess });
  }

  #weight(row: number): number {
    const { weight } = this.#analysis.dump.goroutines;
    return weight === null ? 1 : at(weight, row);
  }
}

const UNMARKED = { isRoot: false, isInCircle: false };
