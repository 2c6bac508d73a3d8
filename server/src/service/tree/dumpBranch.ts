import { goroutines } from "../../core/analysis/wording.ts";
import type { Ignored } from "../../core/findings/applyIgnore.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { filterGroups, type FilteredGroup } from "../../core/group/filter.ts";
import type { Filter } from "../../core/group/filterQuery.ts";
import { stackOf } from "../../core/model/stack.ts";
import { type Message, say } from "../../core/text/say.ts";
import type { GroupBy, Place, SortBy, TreeNode } from "../../protocol/index.ts";
import { words } from "../base/words.ts";
import { phrases } from "../document/describe.ts";
import type { OpenDump } from "../document/openDump.ts";
import { headerOf } from "../document/rowRange.ts";
import { arrange, type Arranging, type Entry, groupsOf, sorted } from "./arrange.ts";
import { CreatorTree } from "./creatorTree.ts";
import { type FindingContents, findingContents } from "./findingContents.ts";
import { type GroupContents, groupContents } from "./groupContents.ts";
import { nodeId, parentId, type Step } from "./nodeId.ts";
import { concat, listOf, type NodeList } from "./nodeList.ts";
import { isText, textLines, unfolding } from "./textLines.ts";
import type { Section } from "./sections.ts";
import { countWidth, expectedNode, findingNode, frameNode, groupNode, sectionNode, treeNode } from "./treeNodes.ts";
import { coverageOf, coverageSentence } from "../../core/analysis/coverage.ts";
import type { Note } from "../../core/model/note.ts";

/** How a tree is asked for. */
export interface TreeView {
  readonly uri: string;
  readonly groupBy: GroupBy;
  readonly sortBy: SortBy;
  readonly filter: Filter;
  readonly isFiltered: boolean;
}

/** The part of the tree that stands for one dump. */
export class DumpBranch {
  /** Id of the dump's node, also where it is the only one and has none. */
  readonly id: string;
  readonly open: OpenDump;
  readonly groups: readonly FilteredGroup[];
  /** Those findings that concern a goroutine the filter lets through. */
  readonly findings: readonly Finding[];
  readonly #view: TreeView;
  readonly #analysis: Ignored;
  readonly #arranging: Arranging;
  readonly #creators: CreatorTree | null;
  readonly #entries: readonly Entry[];

  constructor(open: OpenDump, view: TreeView, analysis: Ignored) {
    this.id = nodeId("", "d", open.index);
    this.open = open;
    this.#view = view;
    this.#analysis = analysis;
    const blamed = rowsOfFindings(open, analysis.findings);
    const isBlamed = (row: number): boolean => blamed[row] === 1;
    this.groups = filterGroups(open.dump, open.groups, view.filter, { isBlamed });
    this.findings = this.#shown(analysis.findings);
    const { groupBy, sortBy } = view;
    this.#arranging = { open, groupBy, sortBy, isBlamed };
    this.#creators = groupBy === "tree" ? new CreatorTree(open, this.groups) : null;
    this.#entries = arrange(this.#creators?.top ?? this.groups, this.#arranging);
  }

  /** What is below a node, by the steps from the dump to it; undefined: there is no such node. */
  children(id: string, steps: readonly Step[]): NodeList | undefined {
    const last = steps.at(-1);
    if (last === undefined) return this.#top();
    if (isText(last.kind)) return textLines(id, this.children(parentId(id), steps.slice(0, -1)));
    switch (last.kind) {
      case "p":
        return listOf(this.findings, (finding, index) => this.#finding(nodeId(id, "P", index), finding));
      case "P":
        return this.#findingContents(id, last.number)?.all;
      case "w":
        return this.#findingContents(parentId(id), steps.at(-2)?.number ?? 0)?.goroutines;
      case "s":
        return this.#groupList(id, this.#section(last.number)?.groups ?? []);
      case "n":
        return listOf(this.#notes, ({ line, message }, index) =>
          unfolding(treeNode(nodeId(id, "N", index), "note", words(message), { place: this.#line(line) })),
        );
      case "y":
        return this.#systemFrames(id, last.number);
      default:
        return this.#inGroup(id, steps);
    }
  }

  /** The nodes from the dump's down to a goroutine, a frame of its stack, or its group; empty where the filter hides it. */
  pathTo(row: number, target: "group" | "header" | "createdBy" | number): TreeNode[] {
    const path: TreeNode[] = [];
    let last: FilteredGroup | undefined;
    for (const { node, filtered } of this.#groupPath(row)) {
      path.push(node);
      last = filtered;
    }
    const id = path.at(-1)?.id;
    if (id === undefined || last === undefined || target === "group") return path;
    return [...path, ...this.#contents(id, last).pathTo(row, target)];
  }

  /** The nodes from the dump's down to a finding; empty where the filter hides it. */
  pathToFinding(finding: Finding): TreeNode[] {
    const index = this.findings.indexOf(finding);
    if (index < 0) return [];
    const heading = this.#findingsHeading().node(0);
    return [heading, this.#finding(nodeId(heading.id, "P", index), finding)];
  }

  /** The group a node is or lies in; undefined outside of all. */
  groupOf(steps: readonly Step[]): FilteredGroup | undefined {
    let among: readonly FilteredGroup[] = this.#entries.flatMap((entry) =>
      entry.kind === "group" ? entry.filtered : [],
    );
    let found: FilteredGroup | undefined;
    for (const { kind, number } of steps) {
      if (kind === "s") among = this.#section(number)?.groups ?? [];
      else if (kind === "g") found = among.find(({ group }) => group.id === number);
      else if (kind === "k" && found !== undefined) among = this.#creators?.startedBy(found) ?? [];
    }
    return found;
  }

  /** The groups of the section that a node is; undefined: it is none. */
  sectionOf(steps: readonly Step[]): readonly FilteredGroup[] | undefined {
    const last = steps.at(-1);
    return last?.kind === "s" ? this.#section(last.number)?.groups : undefined;
  }

  #section(index: number): Section | undefined {
    const entry = this.#entries[index];
    return entry?.kind === "section" ? entry.section : undefined;
  }

  /** The dump's own notes, and before them that it does not show all, where that is so. */
  get #notes(): readonly Pick<Note, "line" | "message">[] {
    const { dump } = this.open;
    const sentence = coverageSentence(coverageOf(dump));
    return sentence === undefined ? dump.notes : [{ line: dump.startLine, message: sentence }, ...dump.notes];
  }

  #top(): NodeList {
    const { systemStacks } = this.open.dump;
    const notes = this.#notes;
    const { isFiltered } = this.#view;
    const width = countWidth(this.#entries.flatMap(groupsOf));
    return concat(
      this.#findingsHeading(),
      listOf(this.#entries, (entry, index) => this.#entry(entry, index, width)),
      listOf(isFiltered ? [] : systemStacks, ({ title, line }, index) =>
        treeNode(nodeId(this.id, "y", index), "systemStack", title, {
          hasChildren: true,
          activity: "system",
          place: this.#line(line),
        }),
      ),
      listOf(isFiltered || notes.length === 0 ? [] : ["notes" as const], (kind) =>
        this.#heading(nodeId(this.id, "n"), kind, say`Notes`, notes.length),
      ),
    );
  }

  #entry(entry: Entry, index: number, width: number): TreeNode {
    if (entry.kind === "section") return sectionNode(nodeId(this.id, "s", index), entry.section, width);
    return this.#group(nodeId(this.id, "g", entry.filtered.group.id), entry.filtered, width);
  }

  /** Counts what is expected as well: it has no place of its own, and must not be forgotten. */
  #findingsHeading(): NodeList {
    const [shown, expected] = [this.findings.length, this.#analysis.ignored.length];
    return listOf(shown + expected === 0 ? [] : ["findings" as const], (kind) => ({
      ...this.#heading(nodeId(this.id, "p"), kind, say`Findings`, shown),
      description: phrases(String(shown), expected === 0 ? "" : words(say`${expected} expected`)),
      hasChildren: shown > 0,
    }));
  }

  #heading(id: string, kind: "findings" | "notes", label: Message, count: number): TreeNode {
    return treeNode(id, kind, words(label), { description: String(count), hasChildren: true });
  }

  #groupList(parent: string, groups: readonly FilteredGroup[]): NodeList {
    const width = countWidth(groups);
    return listOf(groups, (filtered) => this.#group(nodeId(parent, "g", filtered.group.id), filtered, width));
  }

  #group(id: string, filtered: FilteredGroup, width: number): TreeNode {
    const node = groupNode(id, this.open.dump, filtered, this.#header(filtered.rows[0]!), width);
    const entry = this.#analysis.groups.get(filtered.group.id);
    return entry === undefined ? node : expectedNode(node, entry);
  }

  /** The headings and groups down to the one a row is in. */
  *#groupPath(row: number): Generator<{ readonly node: TreeNode; readonly filtered?: FilteredGroup }> {
    if (this.#creators !== null) {
      let parent = this.id;
      for (const filtered of this.#creators.pathTo(row)) {
        const node = this.#group(nodeId(parent, "g", filtered.group.id), filtered, 0);
        if (parent !== this.id) yield { node: startedNode(parent, 0) };
        yield { node, filtered };
        parent = nodeId(node.id, "k");
      }
      return;
    }
    for (const [index, entry] of this.#entries.entries()) {
      const filtered = groupsOf(entry).find(({ rows }) => rows.includes(row));
      if (filtered === undefined) continue;
      const width = countWidth(this.#entries.flatMap(groupsOf));
      const node = this.#entry(entry, index, width);
      yield entry.kind === "group" ? { node, filtered } : { node };
      if (entry.kind === "section") {
        yield { node: this.#group(nodeId(node.id, "g", filtered.group.id), filtered, width), filtered };
      }
      return;
    }
  }

  #inGroup(id: string, steps: readonly Step[]): NodeList | undefined {
    const filtered = this.groupOf(steps);
    const last = steps.at(-1);
    if (filtered === undefined || last === undefined) return undefined;
    switch (last.kind) {
      case "g":
        return concat(this.#contents(id, filtered).all, this.#startedHeading(id, filtered));
      case "G":
        return this.#contents(parentId(id), filtered).goroutines;
      case "F":
        return this.#contents(parentId(id), filtered).folded(last.number);
      case "k":
        return this.#groupList(id, sorted(this.#creators?.startedBy(filtered) ?? [], this.#arranging));
      default:
        return undefined;
    }
  }

  #startedHeading(id: string, filtered: FilteredGroup): NodeList {
    const started = this.#creators?.startedBy(filtered) ?? [];
    const count = started.reduce((sum, group) => sum + group.count, 0);
    return listOf(count === 0 ? [] : [count], (all) => startedNode(nodeId(id, "k"), all));
  }

  #contents(id: string, filtered: FilteredGroup): GroupContents {
    return groupContents(this.open, this.#view.uri, id, filtered);
  }

  #systemFrames(id: string, index: number): NodeList | undefined {
    const system = this.open.dump.systemStacks[index];
    if (system === undefined) return undefined;
    const { frames } = stackOf(this.open.dump, system.stack);
    return listOf(frames, (frame, number) => frameNode(nodeId(id, "f", number), frame, null));
  }

  #finding(id: string, finding: Finding): TreeNode {
    return findingNode(id, this.open.dump, finding, this.#line(finding.dumpLine));
  }

  #findingContents(id: string, index: number): FindingContents | undefined {
    const finding = this.findings[index];
    return finding && findingContents(this.open, this.#view.uri, id, finding);
  }

  #shown(findings: readonly Finding[]): readonly Finding[] {
    if (!this.#view.isFiltered) return findings;
    const shown = new Uint8Array(this.open.dump.goroutines.length);
    for (const { rows } of this.groups) for (const row of rows) shown[row] = 1;
    return findings.filter(({ rows }) => rows.some((row) => shown[row] === 1));
  }

  #header(row: number): Place {
    return { uri: this.#view.uri, range: headerOf(this.open, row) };
  }

  #line(line: number): Place {
    return { uri: this.#view.uri, range: this.open.ranges.lineRange(line) };
  }
}

function startedNode(id: string, count: number): TreeNode {
  return treeNode(id, "started", words(say`Started ${goroutines(count)}`), { hasChildren: true });
}

/** 1 at the rows that a finding concerns. */
function rowsOfFindings({ dump }: OpenDump, findings: readonly Finding[]): Uint8Array {
  const blamed = new Uint8Array(dump.goroutines.length);
  for (const { rows } of findings) for (const row of rows) blamed[row] = 1;
  return blamed;
}
