import { type Group, rowsOf } from "../../core/group/groups.ts";
import { stackOf } from "../../core/model/stack.ts";
import { isUserFrame } from "../../core/names/userCode.ts";
import type { SourcePlace } from "../../protocol/index.ts";
import { stackTitle } from "../document/describe.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import { headerOf } from "../document/rowRange.ts";
import { canonicalUri, uriSegments } from "../locator/fileTree.ts";
import type { Sources } from "../document/sources.ts";
import { hintAt, type ProvenPlace, provenPlace } from "./provenPlaces.ts";
import { countOf, listStanding, standingText, standingTitle, type StandingGroup } from "./standing.ts";

/** Groups of one dump that are looked at, the largest ones; only those with a file of that name cost more than a look. */
const MAX_GROUPS = 5000;
/** Calls that are followed outwards from where a goroutine stands, to reach the workspace. */
const MAX_CALLS = 20;

interface Standing {
  readonly place: ProvenPlace;
  readonly groups: StandingGroup[];
}

/**
 * Where the goroutines of some dumps stand in a source file. A goroutine stands at its innermost call outside of the
 * standard library, and when that is not in the workspace, at the call in the workspace that led there as well.
 */
export async function sourcePlaces(
  texts: readonly OpenText[],
  sourceUri: string,
  sources: Sources,
  token: CancellationToken,
): Promise<SourcePlace[]> {
  const uri = canonicalUri(sourceUri);
  const standing = new Map<number, Standing>();
  for (const text of texts) {
    for (const open of text.dumps) {
      for (const group of open.groups.groups.slice(0, MAX_GROUPS)) {
        const place = await placeInFile(text, open, group, uri, sources, token);
        if (token.isCancellationRequested) return [];
        if (place === undefined) continue;
        const at = standing.get(place.line) ?? { place, groups: [] };
        standing.set(place.line, at);
        at.groups.push(standingGroup(text, open, group));
      }
    }
  }
  return [...standing.values()].map(toSourcePlace).sort((left, right) => left.line - right.line);
}

async function placeInFile(
  text: OpenText,
  { dump }: OpenDump,
  { stack, state }: Group,
  uri: string,
  sources: Sources,
  token: CancellationToken,
): Promise<ProvenPlace | undefined> {
  const { frames } = stackOf(dump, stack);
  const calls = frames.flatMap((frame, index) => (isUserFrame(frame) ? [{ frame, index }] : [])).slice(0, MAX_CALLS);
  const name = (uriSegments(uri).at(-1) ?? "").toLowerCase();
  if (!calls.some(({ frame }) => isInFileNamed(frame.file, name))) return undefined;
  for (const { frame, index } of calls) {
    const located = await sources.locate(text, frame, token);
    if (located?.kind === "ambiguous" || token.isCancellationRequested) return undefined;
    if (located?.kind !== "found") continue;
    if (located.uri === uri) return provenPlace(text, frame, hintAt(frames, index, state), sources, token);
    if (sources.isInWorkspace(located)) return undefined;
  }
  return undefined;
}

function standingGroup(text: OpenText, open: OpenDump, group: Group): StandingGroup {
  const place = { uri: text.uri, range: headerOf(open, rowsOf(open.groups, group)[0]!) };
  const shown = { text: standingText(stackTitle(open.dump, group.stack), group), place };
  return { group, dump: `${text.uri}#${open.index}`, shown };
}

function toSourcePlace({ place: { line, lineText }, groups }: Standing): SourcePlace {
  const count = countOf(groups.map(({ group }) => group));
  return { line, lineText, title: standingTitle(groups), count, ...listStanding(groups) };
}

/** Case apart: some file systems do not tell it. */
function isInFileNamed(path: string | null, name: string): boolean {
  return (
    path !== null && path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).toLowerCase() === name
  );
}
