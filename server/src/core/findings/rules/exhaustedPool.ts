import { standsAside } from "../../analysis/roles.ts";
import type { Group } from "../../group/groups.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import { groupFinding } from "../groupFinding.ts";
import { callAt } from "../../analysis/wording.ts";
import { waitFor } from "../../locks/wording.ts";
import { NOTHING, say } from "../../text/say.ts";

/** Where `database/sql` waits when all connections the pool may open are in use (`sql.go`, `(*DB).conn`). */
const WAITING = "database/sql.(*DB).conn";

/**
 * A database pool whose connections have been lost: goroutines wait for one, and nobody in the program is left who could
 * hold one. Rows or transactions were dropped without closing them.
 */
export function exhaustedPool(analysis: Analysis): Finding[] {
  const isWaiting = (group: Group): boolean =>
    group.state.startsWith("select") && analysis.traits(group).families.has(WAITING);
  const waiting = analysis.groups.groups.filter(isWaiting);
  const hasOthers = analysis.groups.groups.some((group) => {
    const { role, user } = analysis.traits(group);
    return !standsAside(role) && user.length > 0 && !isWaiting(group);
  });
  if (hasOthers) return [];
  const all = waiting.reduce((sum, { count }) => sum + count, 0);
  return waiting.map((group) => {
    analysis.explain(group);
    const frame = analysis.place(group);
    return groupFinding(analysis, group, {
      rule: "leak",
      certainty: "strong",
      what: say`Database connections not given back`,
      message: say`${waitFor(group.count, say`a database connection`)} that nobody will give back${frame === null ? NOTHING : say`, in ${callAt(frame)}`}. Close rows (defer rows.Close()) and end transactions on every way out.`,
      evidence: [
        say`${waitFor(all, say`a connection`)}: the pool has opened as many as it may.`,
        say`Nobody else in the program could be using one, so connections were dropped without closing their rows or transaction.`,
      ],
    });
  });
}
