import { PassThrough } from "node:stream";
import {
  createConnection,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  MessageType,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Platform } from "../../server/src/lsp/platform.ts";
import { startServer } from "../../server/src/lsp/startServer.ts";
import { MemoryFileSystem } from "./memoryFileSystem.ts";

/** Timers that run when a test says so: no test waits for a clock. */
export class ManualTimers {
  readonly #waiting = new Set<() => void>();

  readonly after = (_milliseconds: number, run: () => void): (() => void) => {
    this.#waiting.add(run);
    return () => void this.#waiting.delete(run);
  };

  /** Runs all that is due later, now. */
  runAll(): void {
    const due = [...this.#waiting];
    this.#waiting.clear();
    for (const run of due) run();
  }
}

/** A client and the real server, connected in memory. */
export interface Pair {
  readonly client: ProtocolConnection;
  readonly timers: ManualTimers;
  readonly initialized: InitializeResult;
  /** What the server logged as warning or error. */
  readonly log: readonly string[];
  /** Opens a document as version 1. */
  open(uri: string, text: string): Promise<void>;
  /** Ends the session as a client does. */
  dispose(): Promise<void>;
}

/** What a test says of its client; the rest is not announced. */
export interface PairOptions {
  readonly params?: Partial<InitializeParams>;
  readonly platform?: Partial<Platform>;
  /** Puts handlers on the client before it initializes. */
  readonly prepare?: (client: ProtocolConnection) => void;
}

/** Starts a server and initializes it; by default with a client that announces nothing. */
export async function connectPair({ params, platform, prepare }: PairOptions = {}): Promise<Pair> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const timers = new ManualTimers();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, {
    clock: { now: () => 0, yieldTurn: () => new Promise((resolve) => void setImmediate(resolve)) },
    after: timers.after,
    fileSystem: new MemoryFileSystem(),
    ...platform,
  });
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const log: string[] = [];
  client.onNotification(LogMessageNotification.type, ({ type, message }) => {
    if (type <= MessageType.Warning) log.push(message);
  });
  prepare?.(client);
  client.listen();
  const initialized = await client.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities: {},
    workspaceFolders: null,
    ...params,
  });
  await client.sendNotification(InitializedNotification.type, {});
  return {
    client,
    timers,
    initialized,
    log,
    open: (uri, text) =>
      client.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: "goroutine-dump", version: 1, text },
      }),
    dispose: async () => {
      await client.sendRequest(ShutdownRequest.type);
      client.dispose();
      server.dispose();
      toServer.destroy();
      toClient.destroy();
    },
  };
}
