import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";
import type { Filter } from "./filterQuery.ts";
import { type FilterFacts, TermMatcher } from "./filterTerms.ts";
import { type Group, type GroupTable, rowsOf } from "./groups.ts";

/** A group with those of its goroutines that a filter lets through. */
export interface FilteredGroup {
  readonly group: Group;
  /** In the order of the text; at least one. */
  readonly rows: Uint32Array;
  /** Goroutines let through: the sum of their weights. */
  readonly count: number;
}

/**
 * The groups that hold a goroutine which the filter lets through, in their order. What goroutines of one group share is
 * looked at once a group, the rest once a goroutine.
 */
export function filterGroups(dump: Dump, table: GroupTable, filter: Filter, facts: FilterFacts = {}): FilteredGroup[] {
  const matcher = new TermMatcher(dump, facts);
  const filtered: FilteredGroup[] = [];
  for (const group of table.groups) {
    const answer = ofGroup(matcher, group, filter);
    if (answer === false) continue;
    const all = rowsOf(table, group);
    const rows = answer === true ? all : all.filter((row) => ofRow(matcher, group, row, filter));
    if (rows.length > 0) filtered.push({ group, rows, count: rows === all ? group.count : weigh(dump, rows) });
  }
  return filtered;
}

/** Goroutines that rows stand for. */
export function weigh({ goroutines: { weight } }: Dump, rows: Uint32Array): number {
  return weight === null ? rows.length : rows.reduce((sum, row) => sum + at(weight, row), 0);
}

/** True: for all goroutines of the group, false: for none, undefined: it depends. */
function ofGroup(matcher: TermMatcher, group: Group, filter: Filter): boolean | undefined {
  if (filter.kind === "term") return matcher.ofGroup(group, filter);
  if (filter.kind === "not") {
    const answer = ofGroup(matcher, group, filter.part);
    return answer === undefined ? undefined : !answer;
  }
  // One answer settles it: a false of "all", a true of "any".
  const settling = filter.kind === "any";
  let isOpen = false;
  for (const part of filter.parts) {
    const answer = ofGroup(matcher, group, part);
    if (answer === settling) return settling;
    isOpen ||= answer === undefined;
  }
  return isOpen ? undefined : !settling;
}

function ofRow(matcher: TermMatcher, group: Group, row: number, filter: Filter): boolean {
  if (filter.kind === "term") return matcher.ofGroup(group, filter) ?? matcher.ofRow(row, filter);
  if (filter.kind === "not") return !ofRow(matcher, group, row, filter.part);
  return filter.kind === "any"
    ? filter.parts.some((part) => ofRow(matcher, group, row, part))
    : filter.parts.every((part) => ofRow(matcher, group, row, part));
}
