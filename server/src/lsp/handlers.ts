import { words } from "../service/base/words.ts";
import { say } from "../core/text/say.ts";
import {
  type CancellationToken,
  CodeActionRequest,
  CodeLensRequest,
  DefinitionRequest,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentLinkResolveRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  LSPErrorCodes,
  type ProtocolRequestType,
  ReferencesRequest,
  ResponseError,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { NO_REVISIONS } from "../service/languageService.ts";
import { type CompareResult, type RequestTypes, Requests } from "../protocol/index.ts";
import { linkDocument } from "../service/features/documentLinks.ts";
import { markdownReport } from "../service/report/page/markdownReport.ts";
import { NO_DUMP } from "../service/features/summary.ts";
import { answering } from "./answer.ts";
import { flatSymbols } from "./flatSymbols.ts";
import type { Session } from "./session.ts";

type Answer<P, R> = (document: TextDocument, params: P, token: CancellationToken) => R | Promise<R>;

/** Parameters of a standard request about a document. */
interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/** Requests of our own that are about one document. */
type RequestAboutDump = {
  [K in keyof RequestTypes]: RequestTypes[K]["params"] extends { readonly uri: string } ? K : never;
}[keyof RequestTypes];

/** Binds every request to one call of the service. A request about a document that is not open gets the empty answer. */
export function registerHandlers(session: Session): void {
  registerStandard(session);
  registerOwn(session);
}

function registerStandard(session: Session): void {
  const { connection, client, documents, service } = session;

  function on<P extends AboutDocument, R, PR, E, O>(
    { method }: ProtocolRequestType<P, R, PR, E, O>,
    empty: NoInfer<R>,
    answer: Answer<P, R>,
  ): void {
    const handler = answering<P, R>(method, empty, session, async (params, token) => {
      const document = await documents.find(params.textDocument.uri);
      return document === undefined ? empty : answer(document, params, token);
    });
    connection.onRequest<unknown, void>(method, handler);
  }

  on(DocumentSymbolRequest.type, null, async (document, _, token) => {
    const symbols = await service.documentSymbols(document, token);
    return client.hierarchicalSymbols ? symbols : flatSymbols(symbols, document.uri);
  });
  on(FoldingRangeRequest.type, null, (document, _, token) => service.foldingRanges(document, token));
  on(InlayHintRequest.type, null, (document, { range }, token) => service.inlayHints(document, range, token));
  on(HoverRequest.type, null, (document, { position }, token) => service.hover(document, position, token));
  on(DefinitionRequest.type, null, async (document, { position }, token) => {
    const links = await service.definition(document, position, token);
    if (client.definitionLinks) return links;
    return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
  });
  on(ReferencesRequest.type, null, (document, { position }, token) => service.references(document, position, token));
  on(DocumentHighlightRequest.type, null, (document, { position }, token) =>
    service.documentHighlights(document, position, token),
  );
  on(DocumentLinkRequest.type, null, (document, _, token) => service.documentLinks(document, token));
  on(CodeLensRequest.type, null, (document, _, token) => service.codeLenses(document, token));
  on(CodeActionRequest.type, null, (document, { context }, token) =>
    service.codeActions(document, context.diagnostics, token),
  );
  on(DocumentDiagnosticRequest.type, fullReport([]), async (document, _, token) => {
    const items = await service.diagnostics(document, token);
    if (items === undefined) throw askAgain();
    return fullReport(items);
  });
  connection.onDocumentLinkResolve((link, token) =>
    answering<typeof link, typeof link>(DocumentLinkResolveRequest.method, link, session, async () => {
      const document = await documents.find(linkDocument(link) ?? "");
      return document === undefined ? link : service.resolveDocumentLink(document, link, token);
    })(link, token),
  );
}

/** The answer of a comparison that was cancelled: nobody sees it. */
const NO_COMPARISON: CompareResult = { dumps: [], stacks: [], total: 0, findings: [], problems: [] };

function registerOwn(session: Session): void {
  const { connection, documents, service } = session;

  function on<K extends Exclude<RequestAboutDump, "resolveFrame">>(
    name: K,
    empty: RequestTypes[K]["result"],
    answer: Answer<RequestTypes[K]["params"], RequestTypes[K]["result"]>,
  ): void {
    type Params = RequestTypes[K]["params"];
    const handler = answering<Params, RequestTypes[K]["result"]>(
      Requests[name],
      empty,
      session,
      async (params, token) => {
        const document = await documents.find(params.uri);
        return document === undefined ? empty : answer(document, params, token);
      },
    );
    connection.onRequest<unknown, void>(Requests[name], handler);
  }

  on("tree", { nodes: [], message: null }, (document, { parent, ...options }, token) =>
    service.tree(document, parent, options, token),
  );
  on("summary", NO_DUMP, async (document, _, token) => (await service.summary(document, token)) ?? NO_DUMP);
  on("nodePath", { path: [] }, (document, { position, target, ...options }, token) =>
    service.nodePath(document, position, target, options, token),
  );
  on("nodeText", null, (document, { id, format, ...options }, token) =>
    service.nodeText(document, id, format, options, token),
  );
  on("filterHelp", { fault: null, shown: null, completions: [] }, (document, { filter, cursor }, token) =>
    service.filterHelp(document, filter, cursor, token),
  );
  on("sibling", null, (document, { position, direction }, token) =>
    service.sibling(document, position, direction, token),
  );
  on("findingAt", null, (document, { position, direction, ...options }, token) =>
    service.findingAt(document, position, direction, options, token),
  );
  on("sourceFindings", { findings: [] }, (document, _, token) => service.atSource.findings(document, token));
  on("sourceVersion", null, (document, { sourceUri }, token) => service.atSource.version(document, sourceUri, token));
  on("revisions", NO_REVISIONS, (document, _, token) => service.revisions(document, token));
  on("report", null, (document, { index, filter }, token) => service.report(document, index, filter, token));
  on("redact", null, (document, { text, privatePaths }, token) => service.redact(document, text, privatePaths, token));
  on("reportMarkdown", null, async (document, { index, filter }, token) => {
    const page = await service.report(document, index, filter, token);
    return page && { text: markdownReport(page) };
  });
  on("blockedOn", { kind: "none", reason: words(say`The dump is not open.`) }, (document, { position }, token) =>
    service.atSource.blockedOn(document, position, token),
  );
  registerUnopened(session);
}

/** Requests that need no open document. */
function registerUnopened(session: Session): void {
  const { connection, documents, service, tasks } = session;

  function on<K extends keyof RequestTypes>(
    name: K,
    empty: RequestTypes[K]["result"],
    answer: (
      params: RequestTypes[K]["params"],
      token: CancellationToken,
    ) => RequestTypes[K]["result"] | Promise<RequestTypes[K]["result"]>,
  ): void {
    connection.onRequest<unknown, void>(Requests[name], answering(Requests[name], empty, session, answer));
  }

  on("resolveFrame", { kind: "notFound", tried: [], get: null }, async ({ uri, frame, anew }, token) => {
    if (anew === true) service.sources.forget();
    const document = await documents.find(uri);
    return document === undefined
      ? service.resolveComparedFrame(uri, frame, token)
      : service.resolveFrame(document, frame, token);
  });
  on("compare", NO_COMPARISON, async ({ workDoneToken, ...params }, token) => {
    const request = { title: words(say`Comparing goroutine dumps`), workDoneToken };
    const result = await tasks.answer(request, token, (either, progress) =>
      service.compare(params, (uri) => documents.get(uri), either, progress),
    );
    return result ?? NO_COMPARISON;
  });
  on("callTool", { isError: true, text: "The server failed: see its log." }, (params, token) =>
    service.callTool(params, documents.all(), token),
  );
  on("sourcePlaces", { places: [] }, ({ sourceUri }, token) =>
    service.atSource.places(documents.all(), sourceUri, token),
  );
  on("describeUses", { uses: [] }, ({ places }, token) =>
    service.atSource.describeUses(documents.all(), places, token),
  );
  on(
    "condenseFile",
    { kind: "failed", reason: words(say`The server failed: see its log.`) },
    ({ uri, workDoneToken }, token) =>
      tasks.answer({ title: words(say`Reading a goroutine dump`), workDoneToken }, token, (either, progress) =>
        service.condensed.open(uri, either, progress),
      ),
  );
  on("fullText", null, ({ uri, goroutine, workDoneToken }, token) =>
    tasks.answer({ title: words(say`Reading goroutine ${goroutine}`), workDoneToken }, token, (either) =>
      service.condensed.fullText(uri, goroutine, either),
    ),
  );
  on("closeFile", null, ({ uri }) => {
    service.condensed.close(uri);
    session.releaseMemory();
    return null;
  });
  on("revisionText", null, async ({ uri }) => {
    const text = await service.sources.revisionText(uri);
    return text === undefined ? null : { text };
  });
  on("sameLine", { kind: "unknown", place: null, isMoved: false }, ({ uri, line }) =>
    service.sources.sameLine(uri, line),
  );
  on("chooseRevision", null, ({ uri, revision }) => {
    service.sources.chooseRevision(uri, revision);
    session.refresh();
    return null;
  });
  on("chooseSource", null, ({ file, chosen }) => {
    service.chooseSource(file, chosen);
    return null;
  });
}

function fullReport(items: Diagnostic[]): DocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, items };
}

/** The document changed while its diagnostics were made: the client should ask again for the new version. */
function askAgain(): ResponseError<{ retriggerRequest: boolean }> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, words(say`The document has changed.`), {
    retriggerRequest: true,
  });
}
