import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { READS_FILES } from "../protocol/index.ts";
import { IGNORE_FILE } from "../service/findings/ignoreFiles.ts";
import { createLanguageService } from "../service/languageService.ts";
import { parseInTurns } from "../service/host/parseDumps.ts";
import type { Logger } from "../service/base/ports.ts";
import { inBackground } from "./answer.ts";
import { type ClientInfo, readClientInfo } from "./clientFeatures.ts";
import { clientFileSystem, combinedFileSystem } from "./clientFileSystem.ts";
import { clientLargeFiles, combinedLargeFiles } from "./clientLargeFiles.ts";
import { Configuration } from "./configuration.ts";
import { DocumentUpdates } from "./documentUpdates.ts";
import { commandsOf, registerCommands } from "./commands.ts";
import { registerHandlers } from "./handlers.ts";
import { LongTasks } from "./longTasks.ts";
import { memoryRelease } from "./memoryRelease.ts";
import { OpenDocuments } from "./openDocuments.ts";
import type { Platform } from "./platform.ts";
import type { Session } from "./session.ts";
import { WorkspaceFolders } from "./workspaceFolders.ts";
import { visible } from "../core/text/visible.ts";
import { speak } from "../service/base/words.ts";

/** Files whose change may change where a frame's source is, or which findings are expected. */
const WATCHED = `**/{*.go,go.mod,go.work,${IGNORE_FILE}}`;

/** UTF-16 units of a document that is worth giving its memory back. */
const LARGE = 2 * 1024 * 1024;

/** Serves one client, from `initialize` to `exit`. */
export function startServer(connection: Connection, platform: Platform): void {
  const documents = new OpenDocuments(platform, connectionLogger(connection));
  connection.onInitialize((params) => {
    const client = readClientInfo(params);
    speak(new Map(Object.entries(languageOf(params, client, platform))));
    const server = assemble(connection, platform, documents, client, params);
    connection.onInitialized(() => inBackground("registration", server.session, () => register(server)));
    return initializeResult(client, platform);
  });
  documents.listen(connection);
  connection.listen();
}

/** What the client brings, else what comes with this server for the locale that it names. */
function languageOf({ locale }: InitializeParams, { options }: ClientInfo, { translations }: Platform) {
  return options.translations ?? translations?.((locale ?? "en").toLowerCase()) ?? {};
}

interface Server {
  readonly session: Session;
  readonly configuration: Configuration;
}

/** Puts the parts together and binds them to the connection. */
function assemble(
  connection: Connection,
  platform: Platform,
  documents: OpenDocuments,
  client: ClientInfo,
  params: InitializeParams,
): Server {
  const { clock, goEnv, variable, openHistory } = platform;
  const logger = connectionLogger(connection);
  const configuration = new Configuration(connection, client, logger);
  const folders = new WorkspaceFolders(params);
  const { files, trusted, chosenSources, chosenRevisions } = client.options;
  const remote = files === true ? clientFileSystem(connection, logger) : undefined;
  const parse = platform.parse ?? parseInTurns(clock);
  const lent = files === true ? clientLargeFiles(connection, parse, clock) : undefined;
  const largeFiles = combinedLargeFiles(platform.largeFiles, lent);
  const tasks = new LongTasks(connection, platform, logger);
  const service = createLanguageService({
    fileSystem: combinedFileSystem(platform.fileSystem, remote),
    logger,
    clock,
    parse,
    ...(platform.encode && { encode: platform.encode }),
    ...(largeFiles && { largeFiles }),
    lineStarts: documents.lineStarts,
    runLong: tasks.run,
    client: client.features,
    settings: (uri) => configuration.of(uri),
    folders: () => folders.list,
    trusted: trusted === true,
    ...(goEnv && { goEnv }),
    ...(variable && { variable }),
    chosenSources: chosenSources ?? {},
    chosenRevisions: chosenRevisions ?? {},
    // A stranger's repository is not asked.
    ...(openHistory && trusted === true && { openHistory }),
  });
  const memory = memoryRelease(platform, logger);
  let isShutDown = false;
  const hasEnded = (): boolean => isShutDown;
  const refresh = (): void => updates.refresh();
  const session: Session = {
    connection,
    client,
    documents,
    service,
    logger,
    clock,
    tasks,
    releaseMemory: () => memory.closed(),
    refresh,
    hasEnded,
  };
  const updates = new DocumentUpdates(session, platform);

  registerHandlers(session);
  registerCommands(session, platform);
  configuration.listen(() => updates.refresh());
  folders.listen(connection, client, () => {
    service.foldersChanged();
    updates.refresh();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) service.fileChanged(uri);
    updates.refresh();
  });
  connection.onShutdown(() => {
    isShutDown = true;
    updates.stop();
  });
  documents.onDidChangeContent(({ document }) => {
    memory.opened();
    updates.changed(document);
  });
  documents.onDidClose(({ document }) => {
    const { uri } = document;
    updates.closed(uri);
    service.close(uri);
    configuration.close(uri);
    if (document.getText().length >= LARGE) memory.closed();
  });
  return { session, configuration };
}

/** Asks the client for the notifications that it gives on request only. */
async function register({ session: { connection, client }, configuration }: Server): Promise<void> {
  await configuration.register();
  if (!client.registerWatchedFiles) return;
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: WATCHED }],
  });
}

function initializeResult(client: ClientInfo, platform: Platform): InitializeResult {
  return {
    serverInfo: { name: "goroutine-dump" },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      documentSymbolProvider: { label: "Goroutines" },
      foldingRangeProvider: true,
      hoverProvider: true,
      inlayHintProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentLinkProvider: { resolveProvider: true },
      codeLensProvider: {},
      // A client with a report of its own has views for all that they print.
      ...(client.features.reportCommand === null && {
        executeCommandProvider: { commands: [...commandsOf(platform).keys()] },
      }),
      ...(client.codeActionLiterals && { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } }),
      ...(client.pullDiagnostics && {
        diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
      }),
      ...(client.workspaceFolders && {
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      }),
      ...(platform.readText && { experimental: { [READS_FILES]: true } }),
    },
  };
}

/** Lines of one message: a stack trace has some dozen. */
const LOG_LINES = 100;

/** What is logged may quote a dump or a path. */
function logText(message: string): string {
  return message
    .split("\n", LOG_LINES)
    .map((line) => visible(line))
    .join("\n");
}

/** Logs through the connection: standard output belongs to the protocol. */
function connectionLogger({ console: output }: Connection): Logger {
  return {
    error: (message) => output.error(logText(message)),
    warn: (message) => output.warn(logText(message)),
    info: (message) => output.info(logText(message)),
    debug: (message) => output.log(logText(message)),
  };
}
