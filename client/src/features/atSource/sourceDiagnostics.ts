import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  languages,
  Location,
  Range,
  type TextDocument,
  type TextDocumentChangeEvent,
  Uri,
  workspace,
} from "vscode";
import type { Place, SourceFinding } from "../../../../server/src/protocol/index.ts";
import { Settings, settingsSection } from "../../ids.ts";
import { followChanges, keepFitting } from "../../model/lineAnchors.ts";
import { isSureEnough, type SourceCertainty } from "../../model/sourceCertainty.ts";
import type { Services } from "../../services.ts";
import { inBackground } from "../../util/failures.ts";
import { textOfLine } from "./sourceMarks.ts";

/** By the protocol's number, less one. */
const severities = [
  DiagnosticSeverity.Error,
  DiagnosticSeverity.Warning,
  DiagnosticSeverity.Information,
  DiagnosticSeverity.Hint,
] as const;

/** Shows the findings of the open dumps at the lines of the source that they blame. They go with their dump. */
export class SourceDiagnostics implements Disposable {
  readonly #services: Services;
  readonly #collection = languages.createDiagnosticCollection("goroutine-dump-source");
  /** By dump, as far as the source still has their lines. */
  readonly #findings = new Map<string, readonly SourceFinding[]>();
  /** Documents that were edited since: what is saved is not what the dumps that are open are of. */
  readonly #edited = new Set<string>();
  readonly #subscriptions: readonly Disposable[];

  constructor(services: Services) {
    this.#services = services;
    this.#subscriptions = [
      this.#collection,
      services.server.onDidChangeDump((uri) => this.#update(uri)),
      workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(document)),
      workspace.onDidChangeTextDocument((change) => this.#follow(change)),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${settingsSection}.${Settings.diagnosticsAtSource}`)) this.#show();
      }),
    ];
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  #update(uri: string): void {
    const { log, server } = this.#services;
    void inBackground(log, async () => {
      const { findings } = await server.request("sourceFindings", { uri });
      // The dump may have been closed meanwhile.
      if (!isOpen(uri)) return;
      this.#findings.set(keyOf(uri), this.#withFollowed(keyOf(uri), findings));
      for (const document of workspace.textDocuments) this.#keep(document, (all) => fitting(all, document));
      this.#show();
    });
  }

  /** Findings of a dump that was only read again: in edited documents those stay that followed the edits. */
  #withFollowed(dump: string, findings: readonly SourceFinding[]): readonly SourceFinding[] {
    const known = this.#findings.get(dump);
    if (known === undefined) return findings;
    const isEdited = ({ sourceUri }: SourceFinding): boolean => this.#edited.has(keyOf(sourceUri));
    return [...findings.filter((finding) => !isEdited(finding)), ...known.filter(isEdited)];
  }

  #opened(document: TextDocument): void {
    if (this.#keep(document, (all) => fitting(all, document))) this.#show();
  }

  #closed(document: TextDocument): void {
    const uri = document.uri.toString();
    this.#edited.delete(uri);
    if (this.#findings.delete(uri)) this.#show();
  }

  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    if (!this.#keep(document, (all) => followChanges(all, contentChanges))) return;
    this.#edited.add(document.uri.toString());
    this.#show();
  }

  /** Replaces the findings in a document; false when there are none. */
  #keep(document: TextDocument, change: (inDocument: readonly SourceFinding[]) => readonly SourceFinding[]): boolean {
    const uri = document.uri.toString();
    let isTouched = false;
    for (const [dump, findings] of this.#findings) {
      const inDocument = findings.filter((finding) => keyOf(finding.sourceUri) === uri);
      if (inDocument.length === 0) continue;
      isTouched = true;
      const others = findings.filter((finding) => !inDocument.includes(finding));
      this.#findings.set(dump, [...others, ...change(inDocument)]);
    }
    return isTouched;
  }

  #show(): void {
    const byFile = new Map<string, Diagnostic[]>();
    for (const finding of [...this.#findings.values()].flat()) {
      const uri = Uri.parse(finding.sourceUri);
      const wanted = workspace
        .getConfiguration(settingsSection, uri)
        .get<SourceCertainty>(Settings.diagnosticsAtSource, "strong");
      if (!isSureEnough(finding.certainty, wanted)) continue;
      byFile.set(uri.toString(), [...(byFile.get(uri.toString()) ?? []), toDiagnostic(finding)]);
    }
    this.#collection.clear();
    this.#collection.set([...byFile].map(([uri, list]) => [Uri.parse(uri), list]));
  }
}

function fitting(findings: readonly SourceFinding[], document: TextDocument): readonly SourceFinding[] {
  return keepFitting(findings, (line) => textOfLine(document, line));
}

/** The address as the editor writes it: the server may have written the same one in another way. */
function keyOf(uri: string): string {
  return Uri.parse(uri).toString();
}

function isOpen(uri: string): boolean {
  return workspace.textDocuments.some((document) => document.uri.toString() === keyOf(uri));
}

function toDiagnostic({ line, lineText, rule, severity, message, href, related }: SourceFinding): Diagnostic {
  const range = new Range(line, lineText.length - lineText.trimStart().length, line, lineText.length);
  const diagnostic = new Diagnostic(range, message, severities[severity - 1] ?? DiagnosticSeverity.Information);
  diagnostic.source = "goroutine-dump";
  diagnostic.code = { value: rule, target: Uri.parse(href) };
  diagnostic.relatedInformation = related.map(
    (one) => new DiagnosticRelatedInformation(locationOf(one.place), one.message),
  );
  return diagnostic;
}

function locationOf({ uri, range: { start, end } }: Place): Location {
  return new Location(Uri.parse(uri), new Range(start.line, start.character, end.line, end.character));
}
