import type {
  CodeAction,
  CodeLens,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Position,
  Range,
} from "vscode-languageserver-types";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type {
  CallToolParams,
  CallToolResult,
  CompareParams,
  CompareResult,
  FindingAtResult,
  FrameRef,
  FrameResolution,
  NodeTextResult,
  RedactResult,
  ReportResult,
  RevisionsResult,
  SiblingResult,
  Summary,
} from "../protocol/index.ts";
import { callTool } from "./agent/callTool.ts";
import { EditorDumps } from "./agent/editorDumps.ts";
import { WorkspaceDumps } from "./agent/workspaceDumps.ts";
import { JudgedDumps } from "./analysis/judgedDumps.ts";
import { AnalysedTexts } from "./findings/analyses.ts";
import { type AtSource, createAtSource } from "./atSource/atSource.ts";
import { Comparisons } from "./compare/comparisons.ts";
import type { OpenDocuments } from "./compare/dumpFiles.ts";
import { CondensedFiles } from "./condensed/condensedFiles.ts";
import { DumpCache } from "./document/dumpCache.ts";
import { codeLenses } from "./features/codeLenses.ts";
import { condensedText } from "./features/condensedText.ts";
import { definition } from "./features/definition.ts";
import { diagnostics } from "./features/diagnostics.ts";
import { documentHighlights } from "./features/documentHighlights.ts";
import { documentLinks, resolveDocumentLink } from "./features/documentLinks.ts";
import { documentSymbols } from "./features/documentSymbols.ts";
import { findingAt } from "./features/findingAt.ts";
import { foldingRanges } from "./features/folding.ts";
import { inlayHints } from "./features/inlayHints.ts";
import { hover } from "./features/hover.ts";
import { nodePath, sibling } from "./features/navigation.ts";
import { references } from "./features/references.ts";
import { summary } from "./features/summary.ts";
import type { LanguageServiceHost } from "./host/host.ts";
import { ignoreActions } from "./ignore/ignoreActions.ts";
import { type IgnoreReport, ignoreReports } from "./ignore/ignoreDiagnostics.ts";
import { IgnoreFiles } from "./findings/ignoreFiles.ts";
import type { OpenText } from "./document/openText.ts";
import type { CancellationToken, ReportProgress } from "./base/ports.ts";
import { Turns } from "./base/turns.ts";
import { Sources } from "./document/sources.ts";
import { filterHelp, NO_HELP } from "./tree/filterHelp.ts";
import { nodeText } from "./tree/nodeText.ts";
import type { TreeFeatures } from "./tree/treeFeatures.ts";
import { type TreeOptions, Trees } from "./tree/trees.ts";
import { redactSteps } from "./report/redactSteps.ts";
import { reportPageOf } from "./report/page/reportSource.ts";

/**
 * The language features of goroutine dumps, apart from any connection. Each answers for the present version of the
 * document; when the token is cancelled, or the document changes meanwhile, the answer is empty.
 */
export interface LanguageService extends TreeFeatures {
  /** The outline: dumps, groups, goroutines; bounded, see the setting `outlineLimit`. */
  documentSymbols(document: TextDocument, token: CancellationToken): Promise<DocumentSymbol[]>;
  foldingRanges(document: TextDocument, token: CancellationToken): Promise<FoldingRange[]>;
  /** Behind the headers in a range. */
  inlayHints(document: TextDocument, range: Range, token: CancellationToken): Promise<InlayHint[]>;
  /** Null where there is nothing to say. */
  hover(document: TextDocument, position: Position, token: CancellationToken): Promise<Hover | null>;
  /** The source of a frame, or the header of the goroutine that an id names; empty where nothing is found for sure. */
  definition(document: TextDocument, position: Position, token: CancellationToken): Promise<LocationLink[]>;
  /** Goroutines with the same frame, stack, creator or address. */
  references(document: TextDocument, position: Position, token: CancellationToken): Promise<Location[]>;
  /** The other occurrences of a goroutine's id, an address or a function. */
  documentHighlights(
    document: TextDocument,
    position: Position,
    token: CancellationToken,
  ): Promise<DocumentHighlight[]>;
  /** The places of frames, without targets: see {@link resolveDocumentLink}. */
  documentLinks(document: TextDocument, token: CancellationToken): Promise<DocumentLink[]>;
  /** Adds the target to a link of the document; without one when the source is not found. */
  resolveDocumentLink(document: TextDocument, link: DocumentLink, token: CancellationToken): Promise<DocumentLink>;
  codeLenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]>;
  /** Findings and notes. Undefined: cancelled or out of date, which is not the same as none. */
  diagnostics(document: TextDocument, token: CancellationToken): Promise<Diagnostic[] | undefined>;
  /** Quick fixes of some of the document's diagnostics. */
  codeActions(
    document: TextDocument,
    diagnostics: readonly Diagnostic[],
    token: CancellationToken,
  ): Promise<CodeAction[]>;
  /** What is wrong with the ignore files, in the light of the open documents. Undefined: cancelled or out of date. */
  ignoreReports(documents: readonly TextDocument[], token: CancellationToken): Promise<IgnoreReport[] | undefined>;
  sibling(
    document: TextDocument,
    position: Position,
    direction: "next" | "previous",
    token: CancellationToken,
  ): Promise<SiblingResult>;
  /** Totals. Undefined: cancelled or out of date. */
  summary(document: TextDocument, token: CancellationToken): Promise<Summary | undefined>;
  /** What the visual report shows of one of the document's dumps. Null: there is none of that number, or out of date. */
  report(document: TextDocument, index: number, filter: string, token: CancellationToken): Promise<ReportResult>;
  /** The document's dumps with one or two goroutines of each group. Null: out of date. */
  condensedText(document: TextDocument, token: CancellationToken): Promise<string | null>;
  /** The document's dumps, or a part of it, without what they give away. Null: it holds none, or is out of date. */
  redact(
    document: TextDocument,
    part: string | null,
    privatePaths: readonly string[],
    token: CancellationToken,
  ): Promise<RedactResult>;
  resolveFrame(document: TextDocument, frame: FrameRef, token: CancellationToken): Promise<FrameResolution>;
  /** Compares files and open documents, a page of stacks at a time. Undefined: cancelled. */
  compare(
    params: CompareParams,
    documents: OpenDocuments,
    token: CancellationToken,
    progress: ReportProgress,
  ): Promise<CompareResult | undefined>;
  /** Calls a tool for assistants, which may look at open documents and at files of the workspace. */
  callTool(
    params: CallToolParams,
    documents: readonly TextDocument[],
    token: CancellationToken,
  ): Promise<CallToolResult>;
  /** The source of a frame of a dump that was compared and is not open. */
  resolveComparedFrame(uri: string, frame: FrameRef, token: CancellationToken): Promise<FrameResolution>;
  /** Files that no editor opens as text, see `CondensedFiles`. */
  readonly condensed: CondensedFiles;
  /** The user's answer to an ambiguous frame: frames of `file` are in `uri`. */
  chooseSource(file: string, uri: string): void;
  /** Which revision of its repository a dump is of. */
  revisions(document: TextDocument, token: CancellationToken): Promise<RevisionsResult>;
  /** Files of revisions, and the user's choice of one. */
  readonly sources: Pick<Sources, "chooseRevision" | "forget" | "revisionText" | "sameLine">;
  /** The open dumps as the source shows them. */
  readonly atSource: AtSource;
  /** A source file was changed, created or deleted. */
  fileChanged(uri: string): void;
  /** The folders of the workspace are others now. */
  foldersChanged(): void;
  /** Forgets a document. */
  close(uri: string): void;
}

/** Of a dump that is not open, or has changed meanwhile. */
export const NO_REVISIONS: RevisionsResult = { message: null, current: null, chosen: null, offered: [] };
const NOT_OPEN: FrameResolution = { kind: "notFound", tried: [], get: null };

/** Makes the service; everything it needs of the world it gets from the host. */
export function createLanguageService(host: LanguageServiceHost): LanguageService {
  const cache = new DumpCache(host);
  const sources = new Sources(host);
  const ignoreFiles = new IgnoreFiles(host);
  const judged = new JudgedDumps(host, sources);
  const condensed = new CondensedFiles(host.largeFiles, host.clock, judged);
  const analyses = new AnalysedTexts(host, judged, ignoreFiles, condensed);
  const trees = new Trees();
  const comparisons = new Comparisons(host);
  const workspaceDumps = new WorkspaceDumps(host, judged, ignoreFiles);
  const { client, clock, logger } = host;

  /** Answers from the document's dumps; `otherwise` when the request is cancelled or the document has changed. */
  async function withText<T>(
    document: TextDocument,
    token: CancellationToken,
    otherwise: T,
    answer: (text: OpenText) => T | Promise<T>,
  ): Promise<T> {
    const text = await cache.get(document, token);
    const answered = text === undefined ? otherwise : await answer(text);
    return text?.token.isCancellationRequested === true ? otherwise : answered;
  }

  const settingsOf = (text: OpenText) => host.settings(text.uri);
  const treeOf = async (text: OpenText, options: TreeOptions) => trees.of(text, options, await analyses.of(text));

  return Object.freeze<LanguageService>({
    documentSymbols: (document, token) =>
      withText(document, token, [], async (text) => documentSymbols(text, (await settingsOf(text)).outlineLimit)),
    foldingRanges: (document, token) =>
      withText(document, token, [], (text) => foldingRanges(text, client.foldingLimit)),
    inlayHints: (document, range, token) => withText(document, token, [], (text) => inlayHints(text, range)),
    hover: (document, position, token) =>
      withText(document, token, null, async (text) =>
        hover(text, position, { host, sources, findings: await analyses.of(text) }, token),
      ),
    definition: (document, position, token) =>
      withText(document, token, [], (text) => definition(text, position, sources, token)),
    references: (document, position, token) =>
      withText(document, token, [], (text) => references(text, position, logger)),
    documentHighlights: (document, position, token) =>
      withText(document, token, [], (text) => documentHighlights(text, position)),
    documentLinks: (document, token) =>
      withText(document, token, [], async (text) =>
        documentLinks(text, (await settingsOf(text)).outlineLimit, clock, token),
      ),
    resolveDocumentLink: (document, link, token) =>
      withText(document, token, link, (text) => resolveDocumentLink(text, link, sources, token)),
    codeLenses: (document, token) =>
      withText(document, token, [], async (text) =>
        (await settingsOf(text)).codeLens ? codeLenses(text, await analyses.of(text), client) : [],
      ),
    diagnostics: (document, token) =>
      withText(document, token, undefined, async (text) =>
        diagnostics(
          text,
          { settings: await settingsOf(text), findings: await analyses.of(text), client, sources },
          token,
        ),
      ),
    codeActions: (document, list, token) =>
      withText(document, token, [], async (text) => {
        const folder = await ignoreFiles.readFor(text.uri);
        return ignoreActions(text, list, { findings: await analyses.of(text), folder, client });
      }),
    ignoreReports: async (documents, token) => {
      const texts = await Promise.all(documents.map((document) => cache.get(document, token)));
      const known = texts.filter((text) => text !== undefined);
      if (known.length < documents.length) return undefined;
      return ignoreReports(await ignoreFiles.read(), await Promise.all(known.map((text) => analyses.of(text))));
    },
    tree: (document, parent, options, token) =>
      withText(document, token, { nodes: [], message: null }, async (text) =>
        (await treeOf(text, options)).page(parent),
      ),
    nodePath: (document, position, target, options, token) =>
      withText(document, token, { path: [] }, async (text) =>
        nodePath(text, await treeOf(text, options), position, target),
      ),
    nodeText: (document, id, format, options, token) =>
      withText<NodeTextResult>(document, token, null, async (text) => {
        const found = nodeText(await treeOf(text, options), id, format);
        return found === undefined ? null : { text: found };
      }),
    filterHelp: (document, filter, cursor, token) =>
      withText(document, token, NO_HELP, async (text) => filterHelp(text, await analyses.of(text), filter, cursor)),
    sibling: (document, position, direction, token) =>
      withText<SiblingResult>(document, token, null, (text) => sibling(text, position, direction)),
    findingAt: (document, position, direction, options, token) =>
      withText<FindingAtResult>(document, token, null, async (text) => {
        const findings = await analyses.of(text);
        return findingAt(text, trees.of(text, options, findings), findings, position, direction);
      }),
    summary: (document, token) =>
      withText(document, token, undefined, async (text) => summary(text, await analyses.of(text))),
    report: (document, index, filter, token) =>
      withText<ReportResult>(document, token, null, (text) => reportPageOf(text, index, filter, { analyses, clock })),
    condensedText: (document, token) =>
      withText<string | null>(document, token, null, (text) => condensedText(text, analyses, clock)),
    redact: (document, part, privatePaths, token) =>
      withText<RedactResult>(document, token, null, async (text) => {
        const { linePrefix } = await host.settings(text.uri);
        const turns = new Turns(clock);
        const redacted = await turns.run(redactSteps(text, part, { privatePaths, linePrefix }), text.token);
        return redacted === undefined ? null : { text: redacted };
      }),
    resolveFrame: (document, frame, token) =>
      withText(document, token, NOT_OPEN, async (text) => (await sources.resolve(text, frame, token)) ?? NOT_OPEN),
    revisions: (document, token) =>
      withText(document, token, NO_REVISIONS, async (text) => (await sources.revisions(text, token)) ?? NO_REVISIONS),
    sources,
    compare: (params, documents, token, progress) => comparisons.page(params, documents, token, progress),
    callTool: async ({ name, input }, documents, token) => {
      const call = { documents, token, textOf: (document: TextDocument) => cache.get(document, token) };
      const answer = await callTool(name, input, new EditorDumps(call, analyses, workspaceDumps));
      const { isError } = answer;
      return { isError, text: answer.isError ? answer.message : JSON.stringify(answer.value) };
    },
    resolveComparedFrame: async (uri, frame, token) =>
      (await sources.resolve(comparisons.textAt(uri), frame, token)) ?? NOT_OPEN,
    atSource: createAtSource(host, { cache, sources, analyses }),
    condensed,
    chooseSource: (file, uri) => sources.remember(file, uri),
    fileChanged: (uri) => {
      ignoreFiles.invalidate(uri);
      sources.invalidate(uri);
    },
    foldersChanged: () => {
      ignoreFiles.reset();
      sources.reset();
    },
    close: (uri) => cache.close(uri),
  });
}
