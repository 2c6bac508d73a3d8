import type { RaceAccess, RaceReport } from "../../model/race.ts";
import { type Frame, stackOf } from "../../model/stack.ts";
import { firstUserFrame } from "../../names/userCode.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding, RelatedPlace } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { callAt } from "../../analysis/wording.ts";
import { joined, type Message, NOTHING, say } from "../../text/say.ts";
import { titleOf } from "../title.ts";

/** The race detector has seen two accesses to one memory without anything in between that orders them. */
export const dataRace: Rule = {
  id: "data-race",
  title: "Data race",
  certainties: ["proven"],
  explains: () => false,
  find: ({ analysis }) => analysis.dump.races.map((race) => toFinding(analysis, race)),
};

function toFinding(analysis: Analysis, race: RaceReport): Finding {
  const first = race.accesses.find(({ stack }) => userPlace(analysis, stack) !== undefined) ?? race.accesses[0];
  const frame = first === undefined ? undefined : placeOf(analysis, first.stack);
  const sides = race.accesses.map((access) => sideOf(analysis, race, access));
  return {
    rule: "data-race",
    certainty: "proven",
    evidenceClass: "data-race",
    title: titleOf(say`Data race`, frame ?? null),
    message: say`Data race: ${joined(sides, "; ")}. Guard both with one lock, or hand the value over through a channel.`,
    count: race.accesses.length,
    rows: new Uint32Array(0),
    dumpLine: race.line,
    frame: frame?.id ?? null,
    evidence: [
      say`The race detector saw both accesses happen with nothing that orders them.`,
      ...(first?.address === null || first === undefined ? [] : [say`Both are to the memory at ${first.address}.`]),
    ],
    root: null,
    cycle: null,
    related: [
      ...race.accesses.filter((access) => access !== first).map((access) => accessPlace(analysis, access)),
      ...race.creations.map(({ goroutine, status, line, stack }) => ({
        message: say`Goroutine ${goroutine} (${status}) was started here`,
        dumpLine: line,
        goroutine: null,
        frame: placeOf(analysis, stack)?.id ?? null,
      })),
    ],
  };
}

/** Who does what and where. The runtime does it for somebody: without code of the user's, what started them says who. */
function sideOf(analysis: Analysis, { creations }: RaceReport, access: RaceAccess): Message {
  const { operation, stack, goroutine } = access;
  const own = userPlace(analysis, stack);
  const creation = creations.find((each) => each.goroutine === goroutine);
  const started = own === undefined && creation !== undefined ? userPlace(analysis, creation.stack) : undefined;
  if (started !== undefined) {
    return say`${operation.toLowerCase()} by ${nameOf(access)}, which ${callAt(started)} started`;
  }
  const frame = own ?? placeOf(analysis, stack);
  const where = frame === undefined ? NOTHING : say` in ${callAt(frame)}`;
  return say`${operation.toLowerCase()}${where} by ${nameOf(access)}`;
}

function accessPlace(analysis: Analysis, access: RaceAccess): RelatedPlace {
  const frame = placeOf(analysis, access.stack)?.id ?? null;
  return { message: say`${access.operation} by ${nameOf(access)}`, dumpLine: access.line, goroutine: null, frame };
}

/** The race detector's own number: it is no goroutine id. */
function nameOf({ goroutine }: RaceAccess): Message {
  return goroutine === 0 ? say`the main goroutine` : say`the detector's goroutine ${goroutine}`;
}

function userPlace({ dump }: Analysis, stack: number | null): Frame | undefined {
  return stack === null ? undefined : firstUserFrame(stackOf(dump, stack).frames);
}

function placeOf(analysis: Analysis, stack: number | null): Frame | undefined {
  return userPlace(analysis, stack) ?? (stack === null ? undefined : stackOf(analysis.dump, stack).frames[0]);
}
