import type { Ignored } from "../../core/findings/applyIgnore.ts";
import { goroutines, grouped } from "../../core/analysis/wording.ts";
import { parseFilter } from "../../core/group/filterQuery.ts";
import type { TreeNode, TreeResult, TreeShape } from "../../protocol/index.ts";
import type { TextFindings } from "../findings/analyses.ts";
import { phrases } from "../document/describe.ts";
import type { OpenText } from "../document/openText.ts";
import { DumpBranch } from "./dumpBranch.ts";
import { nodeId, parseNodeId, type Step } from "./nodeId.ts";
import { listOf, type NodeList } from "./nodeList.ts";
import { treeNode } from "./treeNodes.ts";
import { say } from "../../core/text/say.ts";
import { words } from "../base/words.ts";
import type { Finding } from "../../core/findings/finding.ts";

const NOTHING_FOUND: Ignored = { findings: [], ignored: [], groups: new Map(), unused: [] };
/** Nodes sent at a time. */
const PAGE = 100;

/** The tree of one version of a document with one grouping and filter. */
export class StackTree {
  /** Why there is nothing to see, or how much a filter shows; null when there is all. */
  readonly message: string | null;
  readonly branches: readonly DumpBranch[];
  readonly #text: OpenText;
  readonly #isEmpty: boolean;

  constructor(text: OpenText, { groupBy, sortBy, filter }: Omit<TreeShape, "uri">, findings: TextFindings) {
    this.#text = text;
    const query = parseFilter(filter);
    if (query.kind === "malformed") {
      this.branches = [];
      this.message = words(query.message);
      this.#isEmpty = true;
      return;
    }
    const isFiltered = !query.isEmpty;
    const view = { uri: text.uri, groupBy, sortBy, filter: query.filter, isFiltered };
    this.branches = text.dumps.map((open, index) => new DumpBranch(open, view, findings[index] ?? NOTHING_FOUND));
    const empty = this.#emptyMessage(isFiltered);
    this.#isEmpty = empty !== null;
    this.message = empty ?? (isFiltered ? this.#shownMessage() : null);
  }

  /** A page of what is below a node; null asks for the top. An id of another version gives nothing. */
  page(parent: string | null): TreeResult {
    if (parent === null) {
      const nodes = this.#isEmpty ? [] : this.#pageOf(this.#top(), this.#topId, 0);
      return { nodes, message: this.message };
    }
    const steps = parseNodeId(parent);
    const last = steps?.at(-1);
    if (steps === undefined || last === undefined) return { nodes: [], message: null };
    const isMore = last.kind === "+";
    const id = isMore ? parent.slice(0, Math.max(0, parent.lastIndexOf("/"))) : parent;
    const list = this.#below(id, isMore ? steps.slice(0, -1) : steps);
    return { nodes: list === undefined ? [] : this.#pageOf(list, id, isMore ? last.number : 0), message: null };
  }

  /** The branch a node is in. */
  branchOf(steps: readonly Step[]): DumpBranch | undefined {
    return steps[0]?.kind === "d" ? this.branches[steps[0].number] : undefined;
  }

  /** The nodes from the top down to a goroutine, or to a frame of its stack; empty where the filter hides it. */
  pathTo(dump: number, row: number, target: "group" | "header" | "createdBy" | number): TreeNode[] {
    const branch = this.branches[dump];
    return branch === undefined ? [] : this.#fromTop(branch, branch.pathTo(row, target));
  }

  /** The nodes from the top down to a finding of a dump; empty where the filter hides it. */
  pathToFinding(dump: number, finding: Finding): TreeNode[] {
    const branch = this.branches[dump];
    return branch === undefined ? [] : this.#fromTop(branch, branch.pathToFinding(finding));
  }

  #fromTop(branch: DumpBranch, path: TreeNode[]): TreeNode[] {
    return path.length === 0 || this.branches.length === 1 ? path : [this.#dumpNode(branch), ...path];
  }

  /** The top has no node; when it is the inside of the only dump, its pages are those of that dump. */
  get #topId(): string {
    return this.branches.length === 1 ? this.branches[0]!.id : "";
  }

  #top(): NodeList {
    const [only, ...others] = this.branches;
    const list = only !== undefined && others.length === 0 ? only.children(only.id, []) : undefined;
    return list ?? listOf(this.branches, (branch) => this.#dumpNode(branch));
  }

  #below(id: string, steps: readonly Step[]): NodeList | undefined {
    if (id === "") return this.#top();
    return this.branchOf(steps)?.children(id, steps.slice(1));
  }

  #pageOf(list: NodeList, parent: string, from: number): TreeNode[] {
    const end = Math.min(list.length, from + PAGE);
    const nodes: TreeNode[] = [];
    for (let index = from; index < end; index++) nodes.push(list.node(index));
    if (end < list.length) {
      nodes.push(
        treeNode(nodeId(parent, "+", end), "more", words(say`${list.length - end} more`), { hasChildren: true }),
      );
    }
    return nodes;
  }

  #dumpNode({ id, open }: DumpBranch): TreeNode {
    const { startLine, total, time } = open.dump;
    return treeNode(id, "dump", words(say`Dump ${open.index + 1}`), {
      description: phrases(words(goroutines(total)), time ?? "", words(say`line ${startLine + 1}`)),
      hasChildren: true,
      place: { uri: this.#text.uri, range: open.ranges.lineRange(startLine) },
    });
  }

  #emptyMessage(isFiltered: boolean): string | null {
    const { dumps, reading } = this.#text;
    const stopped = reading.notes.find(({ kind }) => kind === "stopped");
    if (dumps.length === 0) return words(stopped?.message ?? say`This document holds no goroutines.`);
    const isEmpty = this.branches.every(({ groups }) => groups.length === 0);
    return isFiltered && isEmpty ? words(say`No goroutine matches the filter.`) : null;
  }

  /** `5 of 12 goroutines` of all dumps. */
  #shownMessage(): string {
    const groups = this.branches.flatMap((branch) => branch.groups);
    const shown = groups.reduce((sum, { count }) => sum + count, 0);
    const all = this.#text.dumps.reduce((sum, { dump }) => sum + dump.total, 0);
    return words(say`${grouped(shown)} of ${goroutines(all)}`);
  }
}
