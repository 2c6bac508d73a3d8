import type { FilteredGroup } from "../../core/group/filter.ts";
import type { Dump } from "../../core/model/dump.ts";
import { stackOf } from "../../core/model/stack.ts";
import { baseState } from "../../core/model/state.ts";
import { shortFunctionName, splitFunctionName } from "../../core/names/functionName.ts";
import type { GroupBy } from "../../protocol/index.ts";
import { titleFrame } from "../document/describe.ts";

/** Groups that have something in common. */
export interface Section {
  readonly label: string;
  readonly groups: FilteredGroup[];
  /** Goroutines in them. */
  count: number;
}

/** Puts groups into sections: most goroutines first, and in each the groups in the order they had. */
export function sectionsOf(
  dump: Dump,
  groups: readonly FilteredGroup[],
  groupBy: Exclude<GroupBy, "stack">,
): Section[] {
  const sections = new Map<string, Section>();
  for (const filtered of groups) {
    const label = labelOf(dump, filtered, groupBy);
    let section = sections.get(label);
    if (section === undefined) sections.set(label, (section = { label, groups: [], count: 0 }));
    section.groups.push(filtered);
    section.count += filtered.count;
  }
  return [...sections.values()].sort((left, right) => right.count - left.count);
}

function labelOf(dump: Dump, { group }: FilteredGroup, groupBy: Exclude<GroupBy, "stack">): string {
  if (groupBy === "state") return baseState(group.state);
  const stack = stackOf(dump, group.stack);
  if (groupBy === "creator") {
    return stack.createdBy === null ? "no creator" : shortFunctionName(stack.createdBy.function);
  }
  const frame = titleFrame(stack);
  return (frame && splitFunctionName(frame.function).packagePath) || "no package";
}
