import { at } from "../../model/column.ts";
import { Flag } from "../../model/dump.ts";
import type { Group } from "../../group/groups.ts";
import { baseState } from "../../model/state.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import { groupFinding } from "../groupFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { NOTHING, say } from "../../text/say.ts";

/** Go's own leak detector (1.26+) has proved that nothing reachable can wake these goroutines. */
export const leaked: Rule = {
  id: "leaked",
  title: "Leaked, says Go's leak detector",
  certainties: ["proven"],
  find({ analysis }) {
    const isLeakProfile = analysis.dump.profile === "goroutineleak" && analysis.dump.form !== "traceback";
    return analysis.groups.groups
      .filter((group) => isLeakProfile || isMarked(analysis, group))
      .map((group) => toFinding(analysis, group, isLeakProfile));
  },
};

/** The mark is part of the printed state, so all goroutines of a group have it or none. */
function isMarked(analysis: Analysis, group: Group): boolean {
  const first = analysis.groups.rows[group.start];
  return first !== undefined && (at(analysis.dump.goroutines.flags, first) & Flag.leaked) !== 0;
}

function toFinding(analysis: Analysis, group: Group, isLeakProfile: boolean): Finding {
  analysis.explain(group);
  const frame = analysis.place(group);
  const where = frame === null ? NOTHING : say` in ${callAt(frame)}`;
  return groupFinding(analysis, group, {
    rule: "leaked",
    certainty: "proven",
    what: say`${goroutines(group.count)} leaked`,
    message: say`${goroutines(group.count)} leaked: blocked forever${where} (${baseState(group.state)}).`,
    evidence: [
      isLeakProfile
        ? say`They are in a goroutineleak profile: the garbage collector found that nothing reachable can wake them.`
        : say`Go marks them (leaked): the garbage collector found that nothing reachable can wake them.`,
    ],
  });
}
