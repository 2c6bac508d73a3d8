import { type FilteredGroup, weigh } from "../../core/group/filter.ts";
import { at } from "../../core/model/column.ts";
import { type Dump, NO_LABELS } from "../../core/model/dump.ts";
import { type Frame, stackOf } from "../../core/model/stack.ts";
import { baseState } from "../../core/model/state.ts";
import { splitFunctionName } from "../../core/names/functionName.ts";
import { isUserFrame } from "../../core/names/userCode.ts";
import { callAt } from "../../core/analysis/wording.ts";
import { say } from "../../core/text/say.ts";
import type { GroupBy } from "../../protocol/index.ts";
import { words } from "../base/words.ts";
import { stackTitle, titleFrame } from "../document/describe.ts";

/** Groups that have something in common. */
export interface Section {
  readonly label: string;
  /** What else they have in common; empty where the label says all. */
  readonly detail?: string;
  readonly groups: FilteredGroup[];
  /** Goroutines in them. */
  count: number;
}

/** Ways of putting groups together. */
export type Grouping = Exclude<GroupBy, "stack" | "tree">;

/** What groups have in common, and how that reads. */
interface Common {
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
}

/** Ways by which groups are merged that are nearly the same: one alone stays a group. */
const MERGING: ReadonlySet<GroupBy> = new Set<GroupBy>(["functions", "user", "place"]);

/** Whether a section of one group is that group. */
export function isMerging(groupBy: GroupBy): boolean {
  return MERGING.has(groupBy);
}

/** Puts groups into sections, in the order in which they come. */
export function sectionsOf(dump: Dump, groups: readonly FilteredGroup[], groupBy: Grouping): Section[] {
  const sections = new Map<string, Section>();
  for (const filtered of groupBy === "label" ? groups.flatMap((group) => byLabels(dump, group)) : groups) {
    const { key, ...common } = commonOf(dump, filtered, groupBy);
    let section = sections.get(key);
    if (section === undefined) sections.set(key, (section = { ...common, groups: [], count: 0 }));
    section.groups.push(filtered);
    section.count += filtered.count;
  }
  return [...sections.values()];
}

/** Groups that differ in the depth of a recursion alone, of which a row says nothing: each kind under one heading. */
export function recursionsOf(dump: Dump, groups: readonly FilteredGroup[]): (FilteredGroup | Section)[] {
  const found = new Map<string, FilteredGroup[]>();
  for (const filtered of groups) {
    const { frames, createdBy } = stackOf(dump, filtered.group.stack);
    const key = `${filtered.group.state}\n${createdBy?.id}\n${callsKey(frames)}`;
    const alike = found.get(key);
    if (alike === undefined) found.set(key, [filtered]);
    else alike.push(filtered);
  }
  return [...found.values()].map((alike) => {
    const [{ group }] = alike as [FilteredGroup];
    if (alike.length === 1) return alike[0]!;
    const count = alike.reduce((sum, one) => sum + one.count, 0);
    return { label: stackTitle(dump, group.stack), detail: group.state, groups: alike, count };
  });
}

function commonOf(dump: Dump, { group, rows }: FilteredGroup, groupBy: Grouping): Common {
  switch (groupBy) {
    case "state":
      return same(baseState(group.state));
    case "label":
      return same(labelsOf(dump, rows[0]!));
    case "functions":
      return { key: functionsKey(stackOf(dump, group.stack).frames), label: stackTitle(dump, group.stack) };
    case "user": {
      const own = stackOf(dump, group.stack).frames.filter(isUserFrame);
      return { key: callsKey(own), label: stackTitle(dump, group.stack) };
    }
    case "place": {
      const frame = titleFrame(stackOf(dump, group.stack));
      return same(frame === null ? words(say`no stack`) : words(callAt(frame)));
    }
    case "creator": {
      const { createdBy } = stackOf(dump, group.stack);
      if (createdBy === null) return same(words(say`no creator`));
      return { key: String(createdBy.id), label: words(callAt(createdBy)) };
    }
    case "package": {
      const frame = titleFrame(stackOf(dump, group.stack));
      const path = frame && splitFunctionName(frame.function).packagePath;
      // The name first: a side bar cuts the end, and paths begin alike.
      if (!path) return same(words(say`no package`));
      const label = packageName(path);
      return { key: path, label, detail: label === path ? "" : path };
    }
  }
}

/** The last part of a path that is no version: `ws` of `github.com/acme/shop/ws/v2`. */
function packageName(path: string): string {
  const parts = path.split("/").filter((part) => !/^v\d+$/.test(part));
  return parts.at(-1) ?? path;
}

function same(text: string): Common {
  return { key: text, label: text };
}

/** The calls from the innermost outwards, one that repeats once. */
function callsKey(frames: readonly Frame[]): string {
  const ids = frames.map(({ id }) => id);
  return ids.filter((id, index) => id !== ids[index - 1]).join(" ");
}

/** The functions from the innermost outwards, a recursion once: depth makes stacks differ that are the same. */
function functionsKey(frames: readonly Frame[]): string {
  const names = frames.map(({ function: name }) => name);
  return names.filter((name, index) => name !== names[index - 1]).join("\n");
}

/** A group's goroutines by their labels: they may differ within it. */
function byLabels(dump: Dump, filtered: FilteredGroup): FilteredGroup[] {
  if (filtered.group.labels !== null) return [filtered];
  const sets = new Map<number, number[]>();
  for (const row of filtered.rows) {
    const set = at(dump.goroutines.labels, row);
    const rows = sets.get(set);
    if (rows === undefined) sets.set(set, [row]);
    else rows.push(row);
  }
  return [...sets.values()].map((list) => {
    const rows = Uint32Array.from(list);
    return { group: filtered.group, rows, count: weigh(dump, rows) };
  });
}

function labelsOf(dump: Dump, row: number): string {
  const set = at(dump.goroutines.labels, row);
  const pairs = set === NO_LABELS ? [] : (dump.labelSets[set] ?? []).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? words(say`no labels`) : pairs.join(", ");
}
