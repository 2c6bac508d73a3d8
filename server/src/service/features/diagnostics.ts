import { type Diagnostic, DiagnosticSeverity, type DiagnosticRelatedInformation } from "vscode-languageserver-types";
import type { RuleLevel } from "../../core/analysis/context.ts";
import type { Certainty } from "../../core/analysis/certainty.ts";
import type { Finding } from "../../core/findings/finding.ts";
import type { Note } from "../../core/model/note.ts";
import { frameOf } from "../../core/model/stack.ts";
import type { TextFindings } from "../findings/analyses.ts";
import type { ClientFeatures } from "../host/host.ts";
import { clip } from "../base/bounded.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import type { Settings } from "../host/settings.ts";
import type { Sources } from "../document/sources.ts";
import { english } from "../../core/text/say.ts";
import { append } from "../../core/lists.ts";

/** Problems sent for one document; the editor's list suffers from many more. */
const LIMIT = 500;
/** Related places of one finding. */
const RELATED_LIMIT = 20;
/** UTF-16 units of a message: one may name functions of a dump that holds anything. */
const MESSAGE_LIMIT = 2000;
/** One page for each rule. */
const RULE_PAGES = "https://github.com/goroutine-dump-navigator/goroutine-dump-navigator/blob/main/docs/rules";

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
  return `${english(title)}\n${english(message)}`;
}

/** Address of a rule's documentation. */
export function rulePage(rule: string): string {
  return `${RULE_PAGES}/${rule}.md`;
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
  if (client.codeDescription) diagnostic.codeDescription = { href: rulePage(rule) };
  if (client.relatedInformation) {
    diagnostic.relatedInformation = await relatedInformation(text, open, finding, sources, token);
  }
  return diagnostic;
}

/** The blamed place in the source, when it is found here, then what the finding relates to in the dump. */
async function relatedInformation(
  text: OpenText,
  { dump }: OpenDump,
  { frame, related }: Finding,
  sources: Sources,
  token: CancellationToken,
): Promise<DiagnosticRelatedInformation[]> {
  const information: DiagnosticRelatedInformation[] = related.slice(0, RELATED_LIMIT).map(({ message, dumpLine }) => ({
    location: { uri: text.uri, range: text.ranges.lineRange(dumpLine) },
    message: english(message),
  }));
  const blamed = frame === null ? undefined : frameOf(dump, frame);
  const found = blamed && (await sources.resolve(text, blamed, token));
  if (blamed !== undefined && found?.kind === "found") {
    information.unshift({ location: { ...found.place }, message: blamed.function });
  }
  return information;
}

function noteDiagnostic({ ranges }: OpenText, { kind, line, message }: Note): Diagnostic {
  const severity = DiagnosticSeverity.Information;
  return { range: ranges.lineRange(line), severity, source: "goroutine-dump", code: kind, message: english(message) };
}

function limitDiagnostic({ ranges }: OpenText, left: number): Diagnostic {
  const message = `${left} more findings and notes are left out here; the tree shows them all.`;
  return { range: ranges.lineRange(0), severity: DiagnosticSeverity.Information, source: "goroutine-dump", message };
}
