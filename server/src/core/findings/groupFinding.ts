import { at } from "../model/column.ts";
import type { Group } from "../group/groups.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { Finding } from "./finding.ts";

/** What a rule says of a group; the rest of the finding follows from the group. */
export type GroupStatement = Pick<Finding, "rule" | "certainty" | "message" | "evidence"> &
  Partial<Pick<Finding, "frame" | "related" | "root" | "cycle">>;

/** A finding about all goroutines of a group, shown at the first of them. */
export function groupFinding(analysis: Analysis, group: Group, statement: GroupStatement): Finding {
  const rows = analysis.rows(group);
  return {
    count: group.count,
    rows,
    dumpLine: at(analysis.dump.goroutines.line, rows[0] ?? 0),
    frame: analysis.place(group)?.id ?? null,
    root: null,
    cycle: null,
    related: [],
    ...statement,
  };
}
