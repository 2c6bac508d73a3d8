import type { Group } from "../../core/group/groups.ts";
import type { Dump } from "../../core/model/dump.ts";
import { stackOf } from "../../core/model/stack.ts";
import { isUserFrame } from "../../core/names/userCode.ts";
import type { SourceFact, SourceFacts } from "../../core/analysis/sourceFacts.ts";
import type { CancellationToken } from "../base/ports.ts";
import { type GoStatement, goStatementsAt, meantBy, sourceFactOf, type StatementHint } from "../golang/statement.ts";
import type { LocateContext, SourceFrame } from "./located.ts";
import { readProgramFacts } from "./programFacts.ts";
import { settledStates } from "./settledStates.ts";
import type { SourceLocator } from "./sourceLocator.ts";

/** Places read for one dump; the largest groups come first, and findings are about them. */
const MAX_PLACES = 2_000;

/** A place where goroutines stand, and what the dump tells of what they do there. */
interface BlockedPlace extends StatementHint {
  readonly state: string;
  readonly id: number;
  /** Number of the largest group that stands there. */
  readonly group: number;
  readonly frame: SourceFrame;
}

/**
 * Reads the source at the places where the goroutines of a dump stand. Only source whose function encloses the line is
 * believed: what stands at a line that has moved says nothing of the program that was dumped. `pause` is called between
 * places, to let others have a turn.
 */
export async function readSourceFacts(
  dump: Dump,
  groups: readonly Group[],
  locator: SourceLocator,
  context: LocateContext,
  token: CancellationToken,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<SourceFacts> {
  const statements = new Map<number, readonly GoStatement[]>();
  const places = blockedPlaces(dump, groups);
  for (const place of places) {
    await pause();
    const located = await locator.locate(place.frame, context, token);
    if (token.isCancellationRequested) break;
    if (located.kind !== "found" || located.proof !== "encloses") continue;
    const text = await locator.read(located);
    if (text !== undefined) statements.set(place.id, goStatementsAt(text, located.line));
  }
  const states = settledStates(dump, groups, (frame) => statements.get(frame));
  const settled = groups.map((group) => ({ ...group, state: states.get(group.id) ?? group.state }));
  const confinements = await readProgramFacts(dump, settled, locator, context, token, pause);
  const facts = new Map<number, SourceFact>();
  for (const { id, group, state, callee } of places) {
    const hint = { state: states.get(group) ?? state, ...(callee !== undefined && { callee }) };
    const statement = meantBy(hint, statements.get(id) ?? []);
    if (statement) facts.set(id, sourceFactOf(statement));
  }
  const byGroup = new Map(confinements?.map((one, index) => [groups[index]?.id, one]));
  return {
    at: (frame) => facts.get(frame),
    states,
    ...(confinements && { confinement: ({ id }: Group) => byGroup.get(id) }),
  };
}

/** The innermost user code of each group, once, with the largest group's state. */
function blockedPlaces(dump: Dump, groups: readonly Group[]): readonly BlockedPlace[] {
  const places = new Map<number, BlockedPlace>();
  for (const group of groups) {
    if (places.size >= MAX_PLACES) break;
    const { frames } = stackOf(dump, group.stack);
    const at = frames.findIndex(isUserFrame);
    const { id, function: name, file, line } = frames[at] ?? { id: -1, function: "", file: null, line: null };
    if (file === null || line === null || places.has(id)) continue;
    const callee = frames[at - 1]?.function;
    const frame = { function: name, file, line };
    places.set(id, { id, group: group.id, frame, state: group.state, ...(callee === undefined ? {} : { callee }) });
  }
  return [...places.values()];
}
