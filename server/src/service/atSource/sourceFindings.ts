import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { at } from "../../core/model/column.ts";
import { frameOf, stackOf } from "../../core/model/stack.ts";
import type { SourceFinding } from "../../protocol/index.ts";
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
    const hint = hintOf(open, finding, finding.frame);
    const place = await provenPlace(text, frameOf(open.dump, finding.frame), hint, sources, token);
    if (token.isCancellationRequested) return [];
    if (place !== undefined) {
      const { uri: sourceUri, line, lineText } = place;
      list.push({
        sourceUri,
        line,
        lineText,
        ...describe(text, open, finding, settings),
        href: rulePage(client, finding.rule),
      });
    }
  }
  return list;
}

function describe(text: OpenText, open: OpenDump, finding: Finding, settings: Settings) {
  const { rule, certainty, dumpLine } = finding;
  const placeAt = (line: number) => ({ uri: text.uri, range: text.ranges.lineRange(line) });
  const chain = finding.related.slice(0, RELATED_LIMIT);
  return {
    rule,
    certainty,
    severity: severityOf(finding, settings),
    message: findingText(finding),
    related: [
      { message: words(say`in the goroutine dump`), place: placeAt(dumpLine) },
      ...chain.map((one) => ({ message: words(one.message), place: placeAt(relatedLine(open, one)) })),
    ],
  };
}

/** What the blamed frame does, as the first of the goroutines tells that has it in its stack. */
function hintOf({ dump }: OpenDump, { rows }: Finding, frame: number): StatementHint {
  const [row] = rows;
  if (row === undefined) return {};
  const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
  const index = frames.findIndex(({ id }) => id === frame);
  return index < 0 ? {} : hintAt(frames, index, dump.states[at(dump.goroutines.state, row)] ?? "");
}
