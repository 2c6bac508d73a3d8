import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Finding, RelatedPlace } from "../../core/findings/finding.ts";
import { at } from "../../core/model/column.ts";
import { frameOf, stackOf } from "../../core/model/stack.ts";
import type { Place, SourceFinding } from "../../protocol/index.ts";
import type { TextFindings } from "../findings/analyses.ts";
import { findingText, rulePage, severityOf } from "../features/diagnostics.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import type { Settings } from "../host/settings.ts";
import type { StatementHint } from "../golang/statement.ts";
import type { Sources } from "../document/sources.ts";
import { hintAt, provenPlace } from "./provenPlaces.ts";
import { relatedLine } from "../document/relatedLine.ts";
import { sourceRange } from "../base/ranges.ts";
import type { ClientFeatures } from "../host/host.ts";

/** Findings shown in the source: the editor's list suffers from many more. */
const LIMIT = 200;
/** Related places of one finding. */
const RELATED_LIMIT = 20;

/** What the findings need besides the document. */
export interface SourceFindingsContext {
  readonly settings: Settings;
  readonly findings: TextFindings;
  readonly sources: Sources;
  readonly client: ClientFeatures;
}

/** The findings of a document that blame a line of the source which is surely the one they mean. */
export async function sourceFindings(
  text: OpenText,
  { settings, findings, sources, client }: SourceFindingsContext,
  token: CancellationToken,
): Promise<SourceFinding[]> {
  if (!settings.diagnostics.enabled) return [];
  const all = text.dumps.flatMap((open) =>
    (findings[open.index]?.findings ?? []).map((finding) => ({ open, finding })),
  );
  const list: SourceFinding[] = [];
  for (const { open, finding } of all.slice(0, LIMIT)) {
    if (finding.frame === null) continue;
    const hint = hintOf(open, finding.rows[0], finding.frame);
    const place = await provenPlace(text, frameOf(open.dump, finding.frame), hint, sources, token);
    if (token.isCancellationRequested) return [];
    if (place === undefined) continue;
    const { uri: sourceUri, line, lineText } = place;
    const { rule, certainty } = finding;
    const related = await relatedPlaces(text, open, finding, sources, token);
    const message = findingText(finding);
    const severity = severityOf(finding, settings);
    list.push({ sourceUri, line, lineText, rule, certainty, severity, message, related, href: rulePage(client, rule) });
  }
  return list;
}

/** The finding's own place in the dump, and its chain: in the source where that is surely the one, else in the dump. */
async function relatedPlaces(
  text: OpenText,
  open: OpenDump,
  { dumpLine, related }: Finding,
  sources: Sources,
  token: CancellationToken,
): Promise<SourceFinding["related"]> {
  const inDump = (line: number) => ({ uri: text.uri, range: text.ranges.lineRange(line) });
  const places = [{ message: words(say`in the goroutine dump`), place: inDump(dumpLine) }];
  for (const one of related.slice(0, RELATED_LIMIT)) {
    const place = (await relatedSource(text, open, one, sources, token)) ?? inDump(relatedLine(open, one));
    places.push({ message: words(one.message), place });
  }
  return places;
}

async function relatedSource(
  text: OpenText,
  open: OpenDump,
  { frame, goroutine, line }: RelatedPlace,
  sources: Sources,
  token: CancellationToken,
): Promise<Place | undefined> {
  if (frame === null) return undefined;
  const hint = hintOf(open, goroutine ?? undefined, frame);
  const place = await provenPlace(text, frameOf(open.dump, frame), hint, sources, token);
  return place && { uri: place.uri, range: sourceRange(line === undefined ? place.line : line - 1) };
}

/** What a frame does, as a goroutine tells that has it in its stack. */
function hintOf({ dump }: OpenDump, row: number | undefined, frame: number): StatementHint {
  if (row === undefined) return {};
  const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
  const index = frames.findIndex(({ id }) => id === frame);
  return index < 0 ? {} : hintAt(frames, index, dump.states[at(dump.goroutines.state, row)] ?? "");
}
