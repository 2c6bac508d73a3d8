import type { GroupBy, SortBy } from "../../server/src/protocol/index.ts";

/** The identifiers this extension shares with its manifest. A test holds them against package.json. */

/** Language of a document that holds a goroutine dump. */
export const languageId = "goroutine-dump";

/** Language of Go source, as the editor itself declares it. */
export const goLanguageId = "go";

/** Scheme of files as they were at a revision. */
export const revisionScheme = "goroutine-dump-revision";

/** Prefix of all settings, and the section the server asks for. */
export const settingsSection = "goroutineDump";

/** Settings the client itself reads or writes, without the section's name. */
export const Settings = {
  sourceMap: "sourceMap",
  groupBy: "groupBy",
  sortBy: "sortBy",
  followCursor: "tree.followCursor",
  openAtFirstDump: "tree.openAtFirstDump",
  offerLanguage: "offerLanguage",
  captureFolder: "capture.folder",
  captureTimeout: "capture.timeout",
  captureMaxSize: "capture.maxSize",
  captureLabels: "capture.labels",
  captureLeakProfile: "capture.leakProfile",
  sourceLens: "sourceLens",
  diagnosticsAtSource: "diagnosticsAtSource",
  mcpServer: "mcpServer",
} as const;

export const Views = {
  goroutines: "goroutineDump.goroutines",
  changes: "goroutineDump.changes",
  /** In its place while there is nothing to compare: folded, where the other one takes its part of the side bar. */
  noChanges: "goroutineDump.noChanges",
} as const;

export const Commands = {
  openFile: "goroutineDump.openFile",
  /** In the explorer's menu: like `openFile` for the file there. */
  openAs: "goroutineDump.openAs",
  openClipboard: "goroutineDump.openClipboard",
  openSample: "goroutineDump.openSample",
  openWalkthrough: "goroutineDump.openWalkthrough",
  showAsDump: "goroutineDump.showAsDump",
  filter: "goroutineDump.filter",
  clearFilter: "goroutineDump.clearFilter",
  groupBy: "goroutineDump.groupBy",
  sortBy: "goroutineDump.sortBy",
  refresh: "goroutineDump.refresh",
  nextInGroup: "goroutineDump.nextInGroup",
  previousInGroup: "goroutineDump.previousInGroup",
  nextFinding: "goroutineDump.nextFinding",
  previousFinding: "goroutineDump.previousFinding",
  openRulePage: "goroutineDump.openRulePage",
  copyStack: "goroutineDump.copyStack",
  copyAsMarkdown: "goroutineDump.copyAsMarkdown",
  saveAsDump: "goroutineDump.saveAsDump",
  revealInTree: "goroutineDump.revealInTree",
  openSource: "goroutineDump.openSource",
  openInDump: "goroutineDump.openInDump",
  showMore: "goroutineDump.showMore",
  addPathMapping: "goroutineDump.addPathMapping",
  compare: "goroutineDump.compare",
  compareFleet: "goroutineDump.compareFleet",
  /** All dumps of the active document. */
  compareWithin: "goroutineDump.compareWithin",
  openChart: "goroutineDump.openChart",
  /** The comparison as a text. */
  openChanges: "goroutineDump.openChanges",
  clearChanges: "goroutineDump.clearChanges",
  showMoreChanges: "goroutineDump.showMoreChanges",
  moveDumpUp: "goroutineDump.moveDumpUp",
  moveDumpDown: "goroutineDump.moveDumpDown",
  removeDump: "goroutineDump.removeDump",
  openChangedSource: "goroutineDump.openChangedSource",
  captureUrl: "goroutineDump.captureUrl",
  stopCapture: "goroutineDump.stopCapture",
  forgetCredentials: "goroutineDump.forgetCredentials",
  captureDebugSession: "goroutineDump.captureDebugSession",
  openTerminalSelection: "goroutineDump.openTerminalSelection",
  findOtherEnd: "goroutineDump.findOtherEnd",
  chooseRevision: "goroutineDump.chooseRevision",
  /** From a file of a revision to the same line of today's. */
  openToday: "goroutineDump.openToday",
  openReport: "goroutineDump.openReport",
  exportReport: "goroutineDump.exportReport",
  copyRedacted: "goroutineDump.copyRedacted",
  saveRedacted: "goroutineDump.saveRedacted",
} as const;

/** For the server's quick fixes: saves the document that they edit. Not in the manifest. */
export const saveDocument = "goroutineDump.saveDocument";

/** Context keys that the manifest's `when` clauses look at. */
export const ContextKeys = {
  /** There is a dump to show. */
  hasDump: "goroutineDump.hasDump",
  /** The tree is filtered. */
  filtered: "goroutineDump.filtered",
  /** Dumps are compared. */
  hasComparison: "goroutineDump.hasComparison",
  /** A series is being captured. */
  capturing: "goroutineDump.capturing",
} as const;

/** Commands that only this extension starts; they are not in the manifest. */
export const InternalCommands = {
  /** Opens a file that the editor cannot. */
  openCondensed: "goroutineDump.openCondensed",
  /** Started by the lens above the first line: shows a finding in the tree. */
  revealFinding: "goroutineDump.revealFinding",
  /** Started by a row of the tree: opens a place of the dump and leaves the focus where it is. */
  lookAtPlace: "goroutineDump.lookAtPlace",
  /** Started by the lens above a goroutine of the condensed view. */
  showFullText: "goroutineDump.showFullText",
} as const;

/** Walkthroughs of the manifest. */
export const Walkthroughs = {
  start: "start",
} as const;

/** Types of custom editors. */
export const Editors = {
  /** Of files that are most likely goroutine profiles: opened by a click. */
  profile: "goroutineDump.profile",
  /** Of other packed files: one of several to choose from. */
  packed: "goroutineDump.packed",
} as const;

/** Types of webviews. */
export const Panels = {
  chart: "goroutineDump.chart",
  report: "goroutineDump.report",
} as const;

/** Tools for models, by the names that the server knows, in the order in which a model wants them. */
export const assistantTools = [
  "summarize_dump",
  "list_findings",
  "list_groups",
  "get_group",
  "get_goroutine",
  "explain_wait",
  "compare_dumps",
  "goroutines_at",
] as const;

/** The name of a tool in the manifest: names are of all extensions together. */
export function toolId(name: string): string {
  return `goroutineDump_${name}`;
}

/** The provider of the server for assistants, in the manifest. */
export const mcpProvider = "goroutineDump.mcp";

/** Beginnings of the keys in the editor's secret storage. */
export const Secrets = {
  authorization: "authorization",
  query: "query",
} as const;

/** Keys of what is remembered for a workspace. */
export const Memory = {
  groupBy: "groupBy",
  sortBy: "sortBy",
  /** Filters that were used, the latest first. */
  filters: "filters",
  /** The view was opened for the first dump. */
  viewOpened: "viewOpened",
  chosenSources: "chosenSources",
  chosenRevisions: "chosenRevisions",
  captureUrls: "captureUrls",
} as const;

/** The command that brings a view to the front; the editor makes it for every view. */
export function focusCommand(view: string): string {
  return `${view}.focus`;
}

/** All ways of grouping, in the order of the list. */
export const groupings: readonly GroupBy[] = [
  "stack",
  "functions",
  "user",
  "place",
  "creator",
  "tree",
  "state",
  "label",
  "package",
];

/** All ways of sorting, in the order of the list. */
export const sortings: readonly SortBy[] = ["interest", "count", "wait", "name"];
