import { standsAside } from "../../analysis/roles.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import { groupFinding } from "../groupFinding.ts";
import { goroutines } from "../../analysis/wording.ts";
import { say } from "../../text/say.ts";

/** Fewer are a busy client. */
const FEWEST = 10;

/**
 * Response bodies that nobody reads or closes. An idle connection's `readLoop` waits for the network; one in a select has
 * handed out a response and waits for its body to be read or closed (`net/http/transport.go`). When there are more of
 * those than goroutines that could hold a body, bodies have been dropped.
 */
export function unclosedBodies(analysis: Analysis): Finding[] {
  const { groups } = analysis.groups;
  const loops = groups.filter(
    (group) =>
      group.state.startsWith("select") && analysis.traits(group).families.has("net/http.(*persistConn).readLoop"),
  );
  const waiting = loops.reduce((sum, { count }) => sum + count, 0);
  if (waiting < FEWEST) return [];
  const users = groups
    .filter((group) => !standsAside(analysis.traits(group).role) && analysis.traits(group).user.length > 0)
    .reduce((sum, { count }) => sum + count, 0);
  if (users * 2 > waiting) return [];
  return loops.map((group) =>
    groupFinding(analysis, group, {
      rule: "leak",
      certainty: "strong",
      what: say`HTTP response bodies not closed`,
      message: say`${goroutines(group.count)} of net/http wait for response bodies that nobody reads or closes. Close every response's body (defer resp.Body.Close()), also when only its status is wanted.`,
      evidence: [
        say`${goroutines(waiting)} hold a connection whose response body is neither read to its end nor closed.`,
        users === 0
          ? say`No goroutine of the program could be reading one.`
          : say`Only ${goroutines(users)} of the program could be reading one.`,
      ],
    }),
  );
}
