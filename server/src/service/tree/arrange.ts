import type { FilteredGroup } from "../../core/group/filter.ts";
import { say } from "../../core/text/say.ts";
import type { GroupBy, SortBy } from "../../protocol/index.ts";
import { words } from "../base/words.ts";
import { stackTitle } from "../document/describe.ts";
import type { OpenDump } from "../document/openDump.ts";
import { Interest, interestOf } from "./interest.ts";
import { isMerging, recursionsOf, type Section, sectionsOf } from "./sections.ts";

/** A row of the tree's list: a group, or several under one heading. */
export type Entry =
  | { readonly kind: "group"; readonly filtered: FilteredGroup }
  | { readonly kind: "section"; readonly section: Section };

/** What an arrangement looks at besides the groups. */
export interface Arranging {
  readonly open: OpenDump;
  readonly groupBy: GroupBy;
  readonly sortBy: SortBy;
  readonly isBlamed: (row: number) => boolean;
}

/** Groups with what they are sorted by. */
interface Ranked {
  readonly entry: Entry;
  readonly interest: Interest;
  readonly count: number;
  readonly wait: number;
  readonly name: string;
}

/** Puts the groups together and in order. By interest, what idles comes last, under one heading. */
export function arrange(groups: readonly FilteredGroup[], arranging: Arranging): readonly Entry[] {
  const { open, groupBy, sortBy } = arranging;
  if (groupBy === "tree") return inOrder(groups.map(toEntry), arranging, sortBy === "interest");
  if (groupBy === "stack") {
    const entries = recursionsOf(open.dump, groups).map((each): Entry =>
      "group" in each
        ? toEntry(each)
        : { kind: "section", section: { ...each, groups: sorted(each.groups, arranging) } },
    );
    return inOrder(entries, arranging, sortBy === "interest");
  }
  const sections = sectionsOf(open.dump, groups, groupBy).map((section): Entry => {
    const [only] = section.groups;
    if (isMerging(groupBy) && only !== undefined && section.groups.length === 1) return toEntry(only);
    return { kind: "section", section: { ...section, groups: sorted(section.groups, arranging) } };
  });
  return inOrder(sections, arranging, sortBy === "interest" && isMerging(groupBy));
}

/** Groups below one heading, in the same order as everywhere. */
export function sorted(groups: readonly FilteredGroup[], arranging: Arranging): FilteredGroup[] {
  return inOrder(groups.map(toEntry), arranging, false).flatMap(groupsOf);
}

/** The groups of a row. */
export function groupsOf(entry: Entry): readonly FilteredGroup[] {
  return entry.kind === "group" ? [entry.filtered] : entry.section.groups;
}

function toEntry(filtered: FilteredGroup): Entry {
  return { kind: "group", filtered };
}

function inOrder(entries: readonly Entry[], arranging: Arranging, foldsIdle: boolean): readonly Entry[] {
  const ranked = entries.map((entry) => rank(entry, arranging)).sort(ORDERS[arranging.sortBy]);
  const idle = ranked.filter(({ interest }) => interest === Interest.idle);
  if (!foldsIdle || idle.length < 2 || idle.length === ranked.length) return ranked.map(({ entry }) => entry);
  const section: Section = {
    label: words(say`Idle`),
    groups: idle.flatMap(({ entry }) => groupsOf(entry)),
    count: idle.reduce((sum, { count }) => sum + count, 0),
  };
  const others = ranked.filter(({ interest }) => interest !== Interest.idle);
  return [...others.map(({ entry }) => entry), { kind: "section", section }];
}

function rank(entry: Entry, { open, isBlamed }: Arranging): Ranked {
  const groups = groupsOf(entry);
  let [interest, wait]: [Interest, number] = [Interest.idle, -1];
  for (const { group, rows } of groups) {
    const own = interestOf(open.dump, group, rows.some(isBlamed));
    if (own < interest) interest = own;
    wait = Math.max(wait, group.wait?.max ?? -1);
  }
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const [first] = groups;
  const name =
    entry.kind === "section"
      ? entry.section.label
      : first === undefined
        ? ""
        : stackTitle(open.dump, first.group.stack);
  return { entry, interest, count, wait, name };
}

/** Sorting is stable: equal ones stay in the order of the groups, most goroutines first. */
const ORDERS: Readonly<Record<SortBy, (left: Ranked, right: Ranked) => number>> = {
  interest: (left, right) => left.interest - right.interest || right.count - left.count,
  count: (left, right) => right.count - left.count,
  wait: (left, right) => right.wait - left.wait || right.count - left.count,
  name: (left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0),
};
