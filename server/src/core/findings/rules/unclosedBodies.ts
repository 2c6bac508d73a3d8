import { stateInfo } from "../../model/state.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import { goroutines } from "../../analysis/wording.ts";
import type { Group } from "../../group/groups.ts";
import { UNKNOWN_STATE } from "../../names/inferState.ts";
import { say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { groupFinding } from "../groupFinding.ts";
import { outlookOf } from "./leakTexts.ts";

/** Fewer are a busy client. */
const FEWEST = 10;

/** Calls of those that have asked, or read or hand on a body: the client's, a body's, and what copies or decodes one. */
const READERS =
  /^(?:net\/http\.\(\*(?:Client|Transport|bodyEOFSignal|body|gzipReader|http2transportResponseBody|http2gzipReader)\)\.|net\/http\/httputil\.|io\.(?:Copy|copyBuffer|ReadAll|ReadFull|ReadAtLeast|CopyN|CopyBuffer)$|io\/ioutil\.ReadAll$|bufio\.\(\*(?:Scanner|Reader)\)\.|encoding\/\w+\.\(\*Decoder\)\.)/;

/**
 * Response bodies that nobody reads or closes. An idle connection's `readLoop` waits for the network; one in a select has
 * handed out a response and waits for its body to be read or closed (`net/http/transport.go`). When there are more of
 * those than goroutines with calls of a client or a body on their stacks, bodies have been dropped.
 */
export function unclosedBodies({ analysis, wakers }: Investigation): Finding[] {
  const { groups } = analysis.groups;
  const loops = groups.filter((group) => waitsForBody(analysis, group));
  const waiting = sum(loops);
  if (waiting < FEWEST) return [];
  const readers = sum(groups.filter((group) => mayHaveBody(analysis, group)));
  if (readers * 2 > waiting) return [];
  return loops.map((group) =>
    groupFinding(analysis, group, {
      rule: "leak",
      certainty: analysis.isWhole && !wakers.activeCode.isWithinCall ? "strong" : "suspect",
      evidenceClass: classOf("leak", "body", "select"),
      what: say`Response bodies not closed`,
      message: say`${goroutines(group.count)} of net/http wait for response bodies that nobody reads or closes. Close every response's body (defer resp.Body.Close()), also when only its status is wanted.`,
      evidence: [
        say`${goroutines(waiting)} hold a connection whose response body is neither read to its end nor closed.`,
        readers === 0
          ? say`No goroutine stands in a client's call or reads a body.`
          : say`Only ${goroutines(readers)} of the program stand in a client's call or read a body.`,
        ...outlookOf(analysis),
      ],
    }),
  );
}

const READ_LOOP = "net/http.(*persistConn).readLoop";

/** A profile as text prints no state: then the loop stands on top of the stack, as it does in its select. */
function waitsForBody(analysis: Analysis, group: Group): boolean {
  const { families, stack } = analysis.traits(group);
  if (group.state === UNKNOWN_STATE) return stack.frames[0]?.function === READ_LOOP;
  return stateInfo(group.state).kind === "select" && families.has(READ_LOOP);
}

/** The transport's own goroutines have none: they wait for whoever was given it. */
function mayHaveBody(analysis: Analysis, group: Group): boolean {
  const { role, stack } = analysis.traits(group);
  return role !== "aside" && stack.frames.some((frame) => READERS.test(frame.function));
}

function sum(groups: readonly Group[]): number {
  return groups.reduce((all, { count }) => all + count, 0);
}
