import { at } from "../model/column.ts";
import type { Group } from "../group/groups.ts";
import type { Message } from "../text/say.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { Frame } from "../model/stack.ts";
import type { Finding } from "./finding.ts";
import { titleOf } from "./title.ts";

/** What a rule says of a group; the rest of the finding follows from the group. */
export type GroupStatement = Pick<Finding, "rule" | "certainty" | "message" | "evidence"> &
  Partial<Pick<Finding, "evidenceClass" | "related" | "root" | "cycle">> & {
    /** What is wrong, in at most some 38 characters: with the place it is the title. */
    readonly what: Message;
    /** The place that is blamed, where it is not that of the group. */
    readonly blamed?: Frame | null;
  };

/** A finding about all goroutines of a group, shown at the first of them. */
export function groupFinding(analysis: Analysis, group: Group, given: GroupStatement): Finding {
  const { what, blamed = analysis.place(group), ...statement } = given;
  const rows = analysis.rows(group);
  return {
    evidenceClass: statement.rule,
    count: group.count,
    rows,
    dumpLine: at(analysis.dump.goroutines.line, rows[0] ?? 0),
    title: titleOf(what, blamed),
    frame: blamed?.id ?? null,
    root: null,
    cycle: null,
    related: [],
    ...statement,
  };
}
