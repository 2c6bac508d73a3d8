import type { CallToolParams, CallToolResult } from "./assistants.ts";
import type { CompareParams, CompareResult } from "./compare.ts";
import type { CondensedResult, CondenseFileParams, FullTextParams, FullTextResult } from "./condensed.ts";
import type { OpenFileParams, OpenFileResult } from "./documents.ts";
import type {
  ChooseSourceParams,
  FrameResolution,
  ResolveFrameParams,
  SourceVersionParams,
  SourceVersionResult,
} from "./frames.ts";
import type {
  ChooseRevisionParams,
  RevisionsParams,
  RevisionsResult,
  RevisionTextParams,
  RevisionTextResult,
  SameLineParams,
  SameLineResult,
} from "./revision.ts";
import type {
  FilterHelp,
  FilterHelpParams,
  FindingAtParams,
  FindingAtResult,
  NodePathParams,
  NodePathResult,
  NodeTextParams,
  NodeTextResult,
  SiblingParams,
  SiblingResult,
  Summary,
  SummaryParams,
  TreeParams,
  TreeResult,
} from "./tree.ts";
import type { RedactParams, RedactResult, ReportMarkdownResult, ReportParams, ReportResult } from "./report.ts";
import type {
  BlockedOnParams,
  BlockedOnResult,
  DescribeUsesParams,
  DescribeUsesResult,
  SourceFindingsParams,
  SourceFindingsResult,
  SourcePlacesParams,
  SourcePlacesResult,
} from "./source.ts";

/**
 * The requests beyond LSP: their names, parameters and results. This folder is all of the server that the client imports.
 * All of it is plain data. A client that knows none of them still gets every standard feature.
 */
export type * from "./base.ts";
export type * from "./frames.ts";
export type * from "./tree.ts";
export * from "./condensed.ts";
export * from "./documents.ts";
export * from "./files.ts";
export * from "./report.ts";
export * from "./reportFile.ts";
export type * from "./assistants.ts";
export type * from "./compare.ts";
export type * from "./revision.ts";
export type * from "./source.ts";

/** Names of the requests the client sends. */
export const Requests = {
  openFile: "goroutineDump/openFile",
  tree: "goroutineDump/tree",
  summary: "goroutineDump/summary",
  nodePath: "goroutineDump/nodePath",
  sibling: "goroutineDump/sibling",
  findingAt: "goroutineDump/findingAt",
  nodeText: "goroutineDump/nodeText",
  filterHelp: "goroutineDump/filterHelp",
  resolveFrame: "goroutineDump/resolveFrame",
  sourceVersion: "goroutineDump/sourceVersion",
  chooseSource: "goroutineDump/chooseSource",
  compare: "goroutineDump/compare",
  condenseFile: "goroutineDump/condenseFile",
  fullText: "goroutineDump/fullText",
  closeFile: "goroutineDump/closeFile",
  sourcePlaces: "goroutineDump/sourcePlaces",
  sourceFindings: "goroutineDump/sourceFindings",
  blockedOn: "goroutineDump/blockedOn",
  describeUses: "goroutineDump/describeUses",
  report: "goroutineDump/report",
  reportMarkdown: "goroutineDump/reportMarkdown",
  redact: "goroutineDump/redact",
  callTool: "goroutineDump/callTool",
  revisions: "goroutineDump/revisions",
  chooseRevision: "goroutineDump/chooseRevision",
  revisionText: "goroutineDump/revisionText",
  sameLine: "goroutineDump/sameLine",
} as const;

/** Parameters and result of each of {@link Requests}, so that both halves can type one function for all of them. */
export interface RequestTypes {
  readonly openFile: { readonly params: OpenFileParams; readonly result: OpenFileResult };
  readonly tree: { readonly params: TreeParams; readonly result: TreeResult };
  readonly summary: { readonly params: SummaryParams; readonly result: Summary };
  readonly nodePath: { readonly params: NodePathParams; readonly result: NodePathResult };
  readonly sibling: { readonly params: SiblingParams; readonly result: SiblingResult };
  readonly findingAt: { readonly params: FindingAtParams; readonly result: FindingAtResult };
  readonly filterHelp: { readonly params: FilterHelpParams; readonly result: FilterHelp };
  readonly nodeText: { readonly params: NodeTextParams; readonly result: NodeTextResult };
  readonly resolveFrame: { readonly params: ResolveFrameParams; readonly result: FrameResolution };
  readonly sourceVersion: { readonly params: SourceVersionParams; readonly result: SourceVersionResult };
  readonly sourcePlaces: { readonly params: SourcePlacesParams; readonly result: SourcePlacesResult };
  readonly sourceFindings: { readonly params: SourceFindingsParams; readonly result: SourceFindingsResult };
  readonly blockedOn: { readonly params: BlockedOnParams; readonly result: BlockedOnResult };
  readonly describeUses: { readonly params: DescribeUsesParams; readonly result: DescribeUsesResult };
  readonly report: { readonly params: ReportParams; readonly result: ReportResult };
  readonly redact: { readonly params: RedactParams; readonly result: RedactResult };
  readonly reportMarkdown: { readonly params: ReportParams; readonly result: ReportMarkdownResult };
  readonly revisions: { readonly params: RevisionsParams; readonly result: RevisionsResult };
  /** Answers null. */
  readonly chooseRevision: { readonly params: ChooseRevisionParams; readonly result: null };
  readonly revisionText: { readonly params: RevisionTextParams; readonly result: RevisionTextResult };
  readonly sameLine: { readonly params: SameLineParams; readonly result: SameLineResult };
  /** Answers null. */
  readonly chooseSource: { readonly params: ChooseSourceParams; readonly result: null };
  readonly callTool: { readonly params: CallToolParams; readonly result: CallToolResult };
  readonly compare: { readonly params: CompareParams; readonly result: CompareResult };
  readonly condenseFile: { readonly params: CondenseFileParams; readonly result: CondensedResult };
  readonly fullText: { readonly params: FullTextParams; readonly result: FullTextResult };
  /** Forgets a condensed file. Answers null. */
  readonly closeFile: { readonly params: CondenseFileParams; readonly result: null };
}

/** Names of the notifications the server sends: `dumpChanged` when a document was parsed anew. */
export const Notifications = {
  dumpChanged: "goroutineDump/dumpChanged",
} as const;

export interface DumpChangedParams {
  readonly uri: string;
}

/** What the client of this project announces in `initializationOptions`. All of it is optional. */
export interface InitializationOptions {
  /** The client answers `FileRequests`. */
  readonly files?: boolean;
  /** The client wants {@link Notifications}. */
  readonly notifications?: boolean;
  /** Workspace is trusted: `go env` may be run. Absence means not trusted. */
  readonly trusted?: boolean;
  /** Remembered answers to ambiguous frames: path in the dump to URI. */
  readonly chosenSources?: Readonly<Record<string, string>>;
  /** Remembered choices of revisions: address of a dump to the revision's name. */
  readonly chosenRevisions?: Readonly<Record<string, string>>;
  /** Scheme of the addresses whose texts the client asks of `revisionText`. Absent: it opens files of today only. */
  readonly revisionScheme?: string;
  /** Command of the client that shows a place of a dump in its tree; its argument is a {@link Place}. */
  readonly revealCommand?: string;
  /** Command of the client that shows a finding in its tree; its argument is a {@link Place}. */
  readonly findingCommand?: string;
  /** Command of the client that brings its tree of goroutines to the front. */
  readonly viewCommand?: string;
  /** Command of the client that shows the report of a document; its argument is the document's address. */
  readonly reportCommand?: string;
  /** The client's language: translations by the English text, `{0}` standing for what is put in. Absent: English. */
  readonly translations?: Readonly<Record<string, string>>;
  /** Address of a rule's page, with `{rule}` where its name goes; absent: the page in the project's repository. */
  readonly rulePage?: string;
  /** Command of the client that saves a document; its argument is the document's address. */
  readonly saveCommand?: string;
  /** Settings of a client that cannot be asked for them: what is below `goroutineDump`. */
  readonly settings?: unknown;
}
