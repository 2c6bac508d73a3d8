import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import {
  type Diagnostic,
  DiagnosticSeverity,
  type DiagnosticRelatedInformation,
  type Location,
} from "vscode-languageserver-types";
import type { RuleLevel } from "../../core/analysis/context.ts";
import type { Certainty } from "../../core/analysis/certainty.ts";
import type { Finding } from "../../core/findings/finding.ts";
import type { Note } from "../../core/model/note.ts";
import { frameOf } from "../../core/model/stack.ts";
import type { TextFindings } from "../findings/analyses.ts";
import type { ClientFeatures } from "../host/host.ts";
import { clip, visible } from "../../core/text/visible.ts";
import type { OpenDump } from "../document/openDump.ts";
import { relatedLine } from "../document/relatedLine.ts";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import type { Settings } from "../host/settings.ts";
import type { Sources } from "../document/sources.ts";

import { append } from "../../core/lists.ts";

/** Problems sent for one document; the editor's list suffers from many more. */
const LIMIT = 500;
/** Related places of one finding. */
const RELATED_LIMIT = 20;
/** UTF-16 units of a message: one may name functions of a dump that holds anything. */
const MESSAGE_LIMIT = 2000;

/** What a diagnostic carries for quick fixes. */
export interface DiagnosticData {
  readonly rule: string;
  readonly certainty: Certainty;
  /** Which dump of the document, and which line of it: 0-based. */
  readonly dump: number;
  readonly dumpLine: number;
}

const BY_CERTAINTY: Readonly<Record<Certainty, DiagnosticSeverity>> = {
  proven: DiagnosticSeverity.Error,
  strong: DiagnosticSeverity.Warning,
  suspect: DiagnosticSeverity.Information,
};

const BY_LEVEL: Readonly<Partial<Record<RuleLevel, DiagnosticSeverity>>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** How a finding is shown: as its rule's setting says, else by its certainty. */
export function severityOf({ rule, certainty }: Finding, settings: Settings): DiagnosticSeverity {
  return BY_LEVEL[settings.rules[rule] ?? "default"] ?? BY_CERTAINTY[certainty];
}

/** What a problem says of a finding: the title as its first line, which is all that a list shows. */
export function findingText({ title, message }: Finding): string {
  return `${visible(words(title))}\n${visible(words(message))}`;
}

/** Address of a rule's page. */
export function rulePage({ rulePage: template }: ClientFeatures, rule: string): string {
  return template.replace("{rule}", rule);
}

/** What diagnostics need besides the document. */
export interface DiagnosticsContext {
  readonly settings: Settings;
  readonly findings: TextFindings;
  readonly client: ClientFeatures;
  readonly sources: Sources;
}

/** One diagnostic a finding, and one a note. A document without a dump has none: it is something else's. */
export async function diagnostics(
  text: OpenText,
  context: DiagnosticsContext,
  token: CancellationToken,
): Promise<Diagnostic[]> {
  const { settings } = context;
  if (text.dumps.length === 0 || !settings.diagnostics.enabled) return [];
  const findings = text.dumps.flatMap((open) =>
    (context.findings[open.index]?.findings ?? []).map((finding) => ({ open, finding })),
  );
  const notes = settings.diagnostics.notes
    ? [...text.reading.notes, ...text.dumps.flatMap(({ dump }) => dump.notes)]
    : [];
  const list: Diagnostic[] = [];
  for (const { open, finding } of findings.slice(0, LIMIT)) {
    list.push(await findingDiagnostic(text, open, finding, context, token));
    if (token.isCancellationRequested) return [];
  }
  append(
    list,
    notes.slice(0, Math.max(0, LIMIT - list.length)).map((note) => noteDiagnostic(text, note)),
  );
  const left = findings.length + notes.length - list.length;
  if (left > 0) list.push(limitDiagnostic(text, left));
  return list;
}

async function findingDiagnostic(
  text: OpenText,
  open: OpenDump,
  finding: Finding,
  { settings, client, sources }: DiagnosticsContext,
  token: CancellationToken,
): Promise<Diagnostic> {
  const { rule, certainty, dumpLine } = finding;
  const data: DiagnosticData = { rule, certainty, dump: open.index, dumpLine };
  const diagnostic: Diagnostic = {
    range: text.ranges.lineRange(dumpLine),
    severity: severityOf(finding, settings),
    source: "goroutine-dump",
    code: rule,
    message: clip(findingText(finding), MESSAGE_LIMIT),
    data,
  };
  if (client.codeDescription) diagnostic.codeDescription = { href: rulePage(client, rule) };
  if (client.relatedInformation) {
    diagnostic.relatedInformation = await relatedInformation(text, open, finding, sources, token);
  }
  return diagnostic;
}

/** The blamed place in the source, when it is found here, then what the finding relates to: in the source, or the dump. */
async function relatedInformation(
  text: OpenText,
  open: OpenDump,
  { frame, related }: Finding,
  sources: Sources,
  token: CancellationToken,
): Promise<DiagnosticRelatedInformation[]> {
  const information: DiagnosticRelatedInformation[] = [];
  const blamed = await sourceOf(text, open, frame, sources, token);
  if (blamed !== undefined && frame !== null) {
    information.push({ location: blamed, message: visible(frameOf(open.dump, frame).function) });
  }
  for (const place of related.slice(0, RELATED_LIMIT)) {
    const inDump = { uri: text.uri, range: text.ranges.lineRange(relatedLine(open, place)) };
    const location = (await sourceOf(text, open, place.frame, sources, token, place.line)) ?? inDump;
    information.push({ location, message: visible(words(place.message)) });
  }
  return information;
}

/** Where a frame's source is; undefined where it is none, or not found for sure. */
async function sourceOf(
  text: OpenText,
  { dump }: OpenDump,
  frame: number | null,
  sources: Sources,
  token: CancellationToken,
  line?: number,
): Promise<Location | undefined> {
  if (frame === null) return undefined;
  const named = frameOf(dump, frame);
  const found = await sources.resolve(text, { ...named, line: line ?? named.line }, token);
  return found?.kind === "found" ? { ...found.place } : undefined;
}

function noteDiagnostic({ ranges }: OpenText, { kind, line, message }: Note): Diagnostic {
  const severity = DiagnosticSeverity.Information;
  return {
    range: ranges.lineRange(line),
    severity,
    source: "goroutine-dump",
    code: kind,
    message: visible(words(message)),
  };
}

function limitDiagnostic({ ranges }: OpenText, left: number): Diagnostic {
  const message = words(say`${left} more findings and notes are left out here; the tree shows them all.`);
  return { range: ranges.lineRange(0), severity: DiagnosticSeverity.Information, source: "goroutine-dump", message };
}
