import type {
  InitializeParams,
  TextDocumentClientCapabilities,
  WorkspaceClientCapabilities,
} from "vscode-languageserver";
import type { InitializationOptions } from "../protocol/index.ts";
import { type ClientFeatures, PLAIN_CLIENT } from "../service/host/host.ts";

/** What this server wants to know of a client; the service's part and the connection's. Each is false when not announced. */
export interface ClientInfo {
  readonly features: ClientFeatures;
  /** Symbols may have children. */
  readonly hierarchicalSymbols: boolean;
  /** Definitions may say where they came from. */
  readonly definitionLinks: boolean;
  /** The client asks for diagnostics itself. */
  readonly pullDiagnostics: boolean;
  /** Code actions may be more than a command. */
  readonly codeActionLiterals: boolean;
  /** It can be told to ask for them again. */
  readonly refreshDiagnostics: boolean;
  readonly refreshCodeLenses: boolean;
  /** The server may ask for settings. */
  readonly configuration: boolean;
  /** The server may ask to be told of changed settings. */
  readonly registerConfiguration: boolean;
  /** The server may ask to be told of changed files. */
  readonly registerWatchedFiles: boolean;
  readonly workspaceFolders: boolean;
  readonly options: InitializationOptions;
}

/** Reads what the client announces. */
export function readClientInfo({ capabilities, initializationOptions }: InitializeParams): ClientInfo {
  const options = readOptions(initializationOptions);
  return {
    features: {
      ...readFeatures(capabilities.textDocument ?? {}, options),
      ...readEdits(capabilities.workspace ?? {}),
    },
    ...readDocumentSupport(capabilities.textDocument ?? {}),
    ...readWorkspaceSupport(capabilities.workspace ?? {}),
    options,
  };
}

function readFeatures(
  textDocument: TextDocumentClientCapabilities,
  options: InitializationOptions,
): Omit<ClientFeatures, "editsDocuments" | "createsFiles"> {
  const { hover, foldingRange, publishDiagnostics, diagnostic } = textDocument;
  const format = hover?.contentFormat?.find((one) => one === "markdown" || one === "plaintext");
  return {
    hoverFormat: format ?? PLAIN_CLIENT.hoverFormat,
    foldingLimit: foldingRange?.rangeLimit ?? PLAIN_CLIENT.foldingLimit,
    relatedInformation: [publishDiagnostics, diagnostic].some((one) => one?.relatedInformation === true),
    codeDescription: [publishDiagnostics, diagnostic].some((one) => one?.codeDescriptionSupport === true),
    saveCommand: options.saveCommand ?? null,
    revealCommand: options.revealCommand ?? null,
    findingCommand: options.findingCommand ?? null,
    viewCommand: options.viewCommand ?? null,
    reportCommand: options.reportCommand ?? null,
    revisionScheme: options.revisionScheme ?? null,
    rulePage: options.rulePage ?? PLAIN_CLIENT.rulePage,
  };
}

function readEdits({ workspaceEdit }: WorkspaceClientCapabilities) {
  return {
    editsDocuments: workspaceEdit?.documentChanges === true,
    createsFiles: workspaceEdit?.resourceOperations?.includes("create") === true,
  };
}

function readDocumentSupport({ documentSymbol, definition, diagnostic, codeAction }: TextDocumentClientCapabilities) {
  return {
    hierarchicalSymbols: documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    definitionLinks: definition?.linkSupport === true,
    pullDiagnostics: diagnostic !== undefined,
    codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
  };
}

function readWorkspaceSupport(workspace: WorkspaceClientCapabilities) {
  return {
    refreshDiagnostics: workspace.diagnostics?.refreshSupport === true,
    refreshCodeLenses: workspace.codeLens?.refreshSupport === true,
    configuration: workspace.configuration === true,
    registerConfiguration: workspace.didChangeConfiguration?.dynamicRegistration === true,
    registerWatchedFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace.workspaceFolders === true,
  };
}

/** Options that are single words: commands of the client, a scheme, an address. */
const WORDS = [
  "revealCommand",
  "findingCommand",
  "viewCommand",
  "reportCommand",
  "rulePage",
  "saveCommand",
  "revisionScheme",
] as const satisfies readonly (keyof InitializationOptions)[];

/** Other clients may send anything here. */
function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== "object" || value === null) return {};
  const given = value as Record<string, unknown>;
  const { files, notifications, trusted, chosenSources, chosenRevisions, translations, settings } = given;
  const words = WORDS.flatMap((key) => (typeof given[key] === "string" ? [[key, given[key]] as const] : []));
  return {
    files: files === true,
    notifications: notifications === true,
    trusted: trusted === true,
    chosenSources: readTexts(chosenSources),
    chosenRevisions: readTexts(chosenRevisions),
    ...(translations !== undefined && { translations: readTexts(translations) }),
    ...Object.fromEntries(words),
    settings,
  };
}

function readTexts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
