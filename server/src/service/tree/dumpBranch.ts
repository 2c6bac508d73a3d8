import type { Ignored } from "../../core/findings/applyIgnore.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { goroutines, stacks } from "../../core/analysis/wording.ts";
import { filterGroups, type FilteredGroup } from "../../core/group/filter.ts";
import type { FilterTerm } from "../../core/group/filterQuery.ts";
import { stackOf } from "../../core/model/stack.ts";
import type { GroupBy, Place, TreeNode } from "../../protocol/index.ts";
import { phrases } from "../document/describe.ts";
import type { OpenDump } from "../document/openDump.ts";
import { headerOf } from "../document/rowRange.ts";
import { type FindingContents, findingContents } from "./findingContents.ts";
import { groupContents } from "./groupContents.ts";
import { nodeId, parentId, type Step } from "./nodeId.ts";
import { concat, listOf, type NodeList } from "./nodeList.ts";
import { type Section, sectionsOf } from "./sections.ts";
import { expectedNode, findingNode, frameNode, groupNode, treeNode } from "./treeNodes.ts";
import { coverageOf, coverageSentence } from "../../core/analysis/coverage.ts";
import type { Note } from "../../core/model/note.ts";
import { english } from "../../core/text/say.ts";

/** How a tree is asked for. */
export interface TreeView {
  readonly uri: string;
  readonly groupBy: GroupBy;
  /** All have to hold; none: everything is shown. */
  readonly terms: readonly FilterTerm[];
}

/** The part of the tree that stands for one dump. */
export class DumpBranch {
  /** Id of the dump's node, also where it is the only one and has none. */
  readonly id: string;
  readonly open: OpenDump;
  readonly groups: readonly FilteredGroup[];
  readonly #view: TreeView;
  readonly #sections: readonly Section[];
  readonly #findings: readonly Finding[];
  readonly #analysis: Ignored;

  constructor(open: OpenDump, view: TreeView, analysis: Ignored) {
    this.id = nodeId("", "d", open.index);
    this.open = open;
    this.#view = view;
    this.groups = filterGroups(open.dump, open.groups, view.terms);
    this.#sections = view.groupBy === "stack" ? [] : sectionsOf(open.dump, this.groups, view.groupBy);
    this.#findings = this.#shown(analysis.findings);
    this.#analysis = analysis;
  }

  /** What is below a node, by the steps from the dump to it; undefined: there is no such node. */
  children(id: string, steps: readonly Step[]): NodeList | undefined {
    const last = steps.at(-1);
    switch (last?.kind) {
      case undefined:
        return this.#top();
      case "p":
        return listOf(this.#findings, (finding, index) => this.#finding(nodeId(id, "P", index), finding));
      case "P":
        return this.#findingContents(id, last.number)?.all;
      case "w":
        return this.#findingContents(parentId(id), steps.at(-2)?.number ?? 0)?.goroutines;
      case "s":
        return this.#groupList(id, this.#sections[last.number]?.groups ?? []);
      case "n":
        return listOf(this.#notes, ({ line, message }, index) =>
          treeNode(nodeId(id, "N", index), "note", english(message), { place: this.#line(line) }),
        );
      case "y":
        return this.#systemFrames(id, last.number);
      default:
        return this.#inGroup(id, steps);
    }
  }

  /** The nodes from the dump's down to a goroutine, or to a frame of its stack; empty where the filter hides it. */
  pathTo(row: number, frame: "header" | "createdBy" | number): TreeNode[] {
    const group = this.open.groups.groupOf[row];
    const filtered = this.groups.find((one) => one.group.id === group);
    if (filtered === undefined || !filtered.rows.includes(row)) return [];
    const path: TreeNode[] = [];
    const section = this.#sections.findIndex(({ groups }) => groups.includes(filtered));
    if (section >= 0) path.push(this.#section(this.id, this.#sections[section]!, section));
    const id = nodeId(path[0]?.id ?? this.id, "g", group);
    return [
      ...path,
      this.#group(id, filtered),
      ...groupContents(this.open, this.#view.uri, id, filtered).pathTo(row, frame),
    ];
  }

  /** The nodes from the dump's down to a finding; empty where the filter hides it. */
  pathToFinding(finding: Finding): TreeNode[] {
    const index = this.#findings.indexOf(finding);
    if (index < 0) return [];
    const heading = this.#findingsHeading().node(0);
    return [heading, this.#finding(nodeId(heading.id, "P", index), finding)];
  }

  /** The group a node is or lies in; undefined outside of all. */
  groupOf(steps: readonly Step[]): FilteredGroup | undefined {
    const step = steps.find(({ kind }) => kind === "g");
    return step && this.groups.find(({ group }) => group.id === step.number);
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
    const isFiltered = this.#view.terms.length > 0;
    return concat(
      this.#findingsHeading(),
      this.#view.groupBy === "stack"
        ? this.#groupList(this.id, this.groups)
        : listOf(this.#sections, (section, index) => this.#section(this.id, section, index)),
      listOf(isFiltered ? [] : systemStacks, ({ title, line }, index) =>
        treeNode(nodeId(this.id, "y", index), "systemStack", title, {
          hasChildren: true,
          activity: "system",
          place: this.#line(line),
        }),
      ),
      listOf(isFiltered || notes.length === 0 ? [] : ["notes" as const], (kind) =>
        this.#heading(nodeId(this.id, "n"), kind, "Notes", notes.length),
      ),
    );
  }

  /** Counts what is expected as well: it has no place of its own, and must not be forgotten. */
  #findingsHeading(): NodeList {
    const [shown, expected] = [this.#findings.length, this.#analysis.ignored.length];
    return listOf(shown + expected === 0 ? [] : ["findings" as const], (kind) => ({
      ...this.#heading(nodeId(this.id, "p"), kind, "Findings", shown),
      description: phrases(String(shown), expected === 0 ? "" : `${expected} expected`),
      hasChildren: shown > 0,
    }));
  }

  #heading(id: string, kind: "findings" | "notes", label: string, count: number): TreeNode {
    return treeNode(id, kind, label, { description: String(count), hasChildren: true });
  }

  #groupList(parent: string, groups: readonly FilteredGroup[]): NodeList {
    return listOf(groups, (filtered) => this.#group(nodeId(parent, "g", filtered.group.id), filtered));
  }

  #group(id: string, filtered: FilteredGroup): TreeNode {
    const node = groupNode(id, this.open.dump, filtered, this.#header(filtered.rows[0]!));
    const entry = this.#analysis.groups.get(filtered.group.id);
    return entry === undefined ? node : expectedNode(node, entry);
  }

  #section(parent: string, { label, groups, count }: Section, index: number): TreeNode {
    const description = `${english(goroutines(count))}, ${english(stacks(groups.length))}`;
    return treeNode(nodeId(parent, "s", index), "section", label, { description, hasChildren: true });
  }

  #inGroup(id: string, steps: readonly Step[]): NodeList | undefined {
    const filtered = this.groupOf(steps);
    const last = steps.at(-1)?.kind;
    if (filtered === undefined || (last !== "g" && last !== "G")) return undefined;
    const groupId = last === "g" ? id : parentId(id);
    const contents = groupContents(this.open, this.#view.uri, groupId, filtered);
    return last === "g" ? contents.all : contents.goroutines;
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
    const finding = this.#findings[index];
    return finding && findingContents(this.open, this.#view.uri, id, finding);
  }

  /** Those findings that concern a goroutine the filter lets through. */
  #shown(findings: readonly Finding[]): readonly Finding[] {
    if (this.#view.terms.length === 0) return findings;
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
