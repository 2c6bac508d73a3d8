import {
  CodeLensRefreshRequest,
  ConfigurationRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentLinkRequest,
  DocumentLinkResolveRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  LSPErrorCodes,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  PublishDiagnosticsNotification,
  RegistrationRequest,
} from "vscode-languageserver/node";
import { afterEach, describe, expect, test } from "vitest";
import { goFile } from "../support/locatorBench.ts";
import { connectPair, type Pair, type PairOptions } from "../support/connectionPair.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";

const uri = "file:///ws/app.dump";
const textDocument = { uri };
const DUMP = `goroutine 7 [chan receive (nil chan)]:
example.com/app.work()
	/build/app/work.go:4 +0x1
`;
const SOURCE = { "/ws/go.mod": "module example.com/app", "/ws/work.go": goFile("app", "work()") };

let pair: Pair;
afterEach(() => pair.dispose());

/** A handler, and what it hears first. */
function heard(): { readonly hear: (params: unknown) => void; readonly params: Promise<unknown> } {
  let hear!: (params: unknown) => void;
  const params = new Promise<unknown>((resolve) => (hear = resolve));
  return { hear, params };
}

/** The next notification of published diagnostics, each time it is asked for. */
function publishedOn(client: ProtocolConnection): () => Promise<PublishDiagnosticsParams> {
  const queue: PublishDiagnosticsParams[] = [];
  const waiting: ((params: PublishDiagnosticsParams) => void)[] = [];
  client.onNotification(PublishDiagnosticsNotification.type, (params) => {
    const next = waiting.shift();
    if (next === undefined) queue.push(params);
    else next(params);
  });
  return () => {
    const params = queue.shift();
    return params === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(params);
  };
}

async function connect(options: PairOptions = {}): Promise<() => Promise<PublishDiagnosticsParams>> {
  let published: (() => Promise<PublishDiagnosticsParams>) | undefined;
  pair = await connectPair({
    ...options,
    prepare: (client) => {
      published = publishedOn(client);
      options.prepare?.(client);
    },
  });
  return published!;
}

/** Opens the dump and lets the server look at it. A request in between makes sure that it has come. */
async function open(text = DUMP): Promise<void> {
  await pair.open(uri, text);
  await pair.client.sendRequest(FoldingRangeRequest.type, { textDocument });
  pair.timers.runAll();
}

async function change(text: string, version: number): Promise<void> {
  await pair.client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version },
    contentChanges: [{ text }],
  });
  await pair.client.sendRequest(FoldingRangeRequest.type, { textDocument });
  pair.timers.runAll();
}

describe("diagnostics for a client that does not ask", () => {
  test("are published when a document opens, with its version", async () => {
    const published = await connect();
    await open();
    expect(await published()).toMatchObject({ uri, version: 1, diagnostics: [{ code: "nil-channel" }] });
  });

  test("follow the document, and go when it closes", async () => {
    const published = await connect();
    await open();
    await published();
    await change("nothing any more", 2);
    expect(await published()).toEqual({ uri, version: 2, diagnostics: [] });
    await change(DUMP, 3);
    expect((await published()).diagnostics).toHaveLength(1);
    await pair.client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
    expect(await published()).toEqual({ uri, diagnostics: [] });
  });

  test("of an older version are not published", async () => {
    const published = await connect();
    await pair.open(uri, DUMP);
    await change("nothing", 2);
    expect(await published()).toEqual({ uri, version: 2, diagnostics: [] });
  });
});

describe("diagnostics for a client that asks", () => {
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true }, codeLens: { refreshSupport: true } },
  };

  test("are given when it asks, and not published", async () => {
    const published = await connect({ params: { capabilities } });
    expect(pair.initialized.capabilities.diagnosticProvider).toBeDefined();
    await open();
    const report = await pair.client.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    expect(report).toMatchObject({ kind: "full", items: [{ code: "nil-channel" }] });
    const first = await Promise.race([published(), Promise.resolve("nothing")]);
    expect(first).toBe("nothing");
  });

  test("are asked for again when settings change", async () => {
    const refreshed: string[] = [];
    const both = new Promise<void>((resolve) => {
      const count = (what: string) => {
        refreshed.push(what);
        if (refreshed.length === 2) resolve();
      };
      void connect({
        params: { capabilities },
        prepare: (client) => {
          client.onRequest(DiagnosticRefreshRequest.type, () => count("diagnostics"));
          client.onRequest(CodeLensRefreshRequest.type, () => count("lenses"));
        },
      }).then(() => pair.client.sendNotification(DidChangeConfigurationNotification.type, { settings: {} }));
    });
    await both;
    expect(refreshed.sort()).toEqual(["diagnostics", "lenses"]);
  });
});

describe("settings", () => {
  const off = { rules: { "nil-channel": "off" } };

  test("come with initialize from a client that cannot be asked", async () => {
    const published = await connect({ params: { initializationOptions: { settings: off } } });
    await open();
    expect((await published()).diagnostics).toEqual([]);
  });

  test.each([
    ["all settings", { goroutineDump: off }],
    ["the section alone", off],
  ])("come with a notification that holds %s", async (_, settings) => {
    const published = await connect();
    await open();
    expect((await published()).diagnostics).toHaveLength(1);
    await pair.client.sendNotification(DidChangeConfigurationNotification.type, { settings });
    await pair.client.sendRequest(FoldingRangeRequest.type, { textDocument });
    pair.timers.runAll();
    expect((await published()).diagnostics).toEqual([]);
  });

  test("are asked for where the client answers, per document, and asked again when they change", async () => {
    const asked: unknown[] = [];
    let section: unknown = off;
    const published = await connect({
      params: {
        capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
      },
      prepare: (client) => {
        client.onRequest(RegistrationRequest.type, () => {});
        client.onRequest(ConfigurationRequest.type, ({ items }) => {
          asked.push(...items);
          return items.map(() => section);
        });
      },
    });
    await open();
    expect((await published()).diagnostics).toEqual([]);
    expect(asked).toEqual([{ scopeUri: uri, section: "goroutineDump" }]);
    section = null;
    await pair.client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await pair.client.sendRequest(FoldingRangeRequest.type, { textDocument });
    pair.timers.runAll();
    expect((await published()).diagnostics).toHaveLength(1);
  });

  test("that are wrong are logged once, and their defaults stand", async () => {
    const published = await connect({ params: { initializationOptions: { settings: { outlineLimit: "many" } } } });
    await open();
    await published();
    expect(pair.log).toEqual([expect.stringContaining("goroutineDump.outlineLimit")]);
  });
});

describe("a request", () => {
  test("that is cancelled says so", async () => {
    await connect();
    await pair.open(uri, DUMP);
    const { CancellationTokenSource } = await import("vscode-languageserver/node");
    const source = new CancellationTokenSource();
    const answer = pair.client.sendRequest(DocumentSymbolRequest.type, { textDocument }, source.token);
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  });

  test("about a document that is not open gets the empty answer", async () => {
    await connect();
    const params = { textDocument, position: { line: 0, character: 0 } };
    expect(await pair.client.sendRequest(HoverRequest.type, params)).toBeNull();
    const tree = { uri, parent: null, groupBy: "stack", sortBy: "count", filter: "" };
    expect(await pair.client.sendRequest("goroutineDump/tree", tree)).toEqual({ nodes: [], message: null });
    expect(await pair.client.sendRequest("goroutineDump/summary", { uri })).toMatchObject({ isDump: false });
  });

  test("with parameters that make no sense is logged, and gets the empty answer", async () => {
    await connect();
    await pair.open(uri, DUMP);
    expect(await pair.client.sendRequest("goroutineDump/tree", { uri })).toEqual({ nodes: [], message: null });
    expect(await pair.client.sendRequest("goroutineDump/nodeText", { uri, id: 7 })).toBeNull();
    expect(pair.log.length).toBeGreaterThan(0);
    expect(await pair.client.sendRequest("goroutineDump/summary", { uri })).toMatchObject({ goroutines: 1 });
  });
});

describe("files", () => {
  test("come from the machine the server runs on, in the folders the client names", async () => {
    await connect({
      params: { workspaceFolders: [{ uri: "file:///ws", name: "ws" }] },
      platform: { fileSystem: new MemoryFileSystem(SOURCE) },
    });
    await pair.open(uri, DUMP);
    const [link] = (await pair.client.sendRequest(DocumentLinkRequest.type, { textDocument })) ?? [];
    const resolved = await pair.client.sendRequest(DocumentLinkResolveRequest.type, link!);
    expect(resolved.target).toBe("file:///ws/work.go#L4");
  });

  test("come through the client where it offers that", async () => {
    const files = new MemoryFileSystem({
      "memfs://host/ws/go.mod": SOURCE["/ws/go.mod"],
      "memfs://host/ws/work.go": SOURCE["/ws/work.go"],
    });
    await connect({
      params: {
        workspaceFolders: [{ uri: "memfs://host/ws", name: "ws" }],
        initializationOptions: { files: true },
      },
      prepare: (client) => {
        client.onRequest(
          "goroutineDump/files/stat",
          async (params: { uri: string }) => (await files.stat(params.uri)) ?? null,
        );
        client.onRequest("goroutineDump/files/readFile", async (params: { uri: string }) => {
          const bytes = await files.readFile(params.uri, 1e6);
          return bytes === undefined ? null : { base64: Buffer.from(bytes).toString("base64") };
        });
        client.onRequest("goroutineDump/files/readDirectory", (params: { uri: string }) =>
          files.readDirectory(params.uri),
        );
      },
    });
    await pair.open(uri, DUMP);
    const frame = { function: "example.com/app.work", file: "/build/app/work.go", line: 4 };
    expect(await pair.client.sendRequest("goroutineDump/resolveFrame", { uri, frame })).toMatchObject({
      kind: "found",
      place: { uri: "memfs://host/ws/work.go", range: { start: { line: 3 } } },
    });
  });

  test("that change are looked at again", async () => {
    const files = new MemoryFileSystem({ "/ws/go.mod": SOURCE["/ws/go.mod"] });
    await connect({
      params: { workspaceFolders: [{ uri: "file:///ws", name: "ws" }] },
      platform: { fileSystem: files },
    });
    await pair.open(uri, DUMP);
    const frame = { function: "example.com/app.work", file: "/build/app/work.go", line: 4 };
    const resolve = () => pair.client.sendRequest("goroutineDump/resolveFrame", { uri, frame });
    expect(await resolve()).toMatchObject({ kind: "notFound" });
    files.write("/ws/work.go", SOURCE["/ws/work.go"]);
    await pair.client.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: "file:///ws/work.go", type: 1 }],
    });
    expect(await resolve()).toMatchObject({ kind: "found" });
  });
});

test("a client that wants it is told when a dump was read", async () => {
  const told = heard();
  await connect({
    params: { initializationOptions: { notifications: true } },
    prepare: (client) => client.onNotification("goroutineDump/dumpChanged", told.hear),
  });
  await open();
  expect(await told.params).toEqual({ uri });
});

test("a client that watches files is asked to", async () => {
  const registered = heard();
  await connect({
    params: { capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } },
    prepare: (client) => client.onRequest(RegistrationRequest.type, registered.hear),
  });
  expect(JSON.stringify(await registered.params)).toContain("go.mod");
});

test("behind shutdown a request is an error, as LSP wants", async () => {
  pair = await connectPair({ platform: { fileSystem: new MemoryFileSystem(SOURCE) } });
  await pair.open(uri, DUMP);
  await pair.client.sendRequest("shutdown");

  await expect(pair.client.sendRequest("textDocument/documentSymbol", { textDocument })).rejects.toMatchObject({
    code: -32600,
  });
});
