import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { type RawSession, createRawSession } from "../support/rawSession.ts";
import { didOpenDump, sampleDump, sampleFolder } from "../support/sampleDump.ts";

/**
 * Runs a script as a browser's worker would: it sees the web's globals below and nothing of Node's. Of the workers that
 * it starts within itself, the name is told.
 */
const shim = `
  const { readFileSync } = require("node:fs");
  const { createContext, runInContext } = require("node:vm");
  const { parentPort, Worker: Thread, workerData } = require("node:worker_threads");
  const { shim, script, name, nested } = workerData;
  class Worker {
    constructor(script, { name }) {
      parentPort.postMessage({ jsonrpc: "2.0", method: "test/nested", params: { name } });
      if (nested === "refused") throw new Error("SecurityError");
      this.thread = new Thread(shim, { eval: true, workerData: { shim, script, name, nested } });
      this.thread.on("message", (data) => this.onmessage?.({ data }));
      this.thread.on("error", ({ message }) => this.onerror?.({ message }));
    }
    postMessage(message, transfer) { this.thread.postMessage(message, transfer); }
    terminate() { void this.thread.terminate(); }
  }
  const scope = createContext({
    MessageChannel, TextDecoder, TextEncoder, URL, console, performance, queueMicrotask, setTimeout, clearTimeout, Worker, name,
    location: { href: script },
    addEventListener() {},
    postMessage: (message, transfer) => parentPort.postMessage(message, transfer),
  });
  scope.self = scope;
  runInContext(readFileSync(script, "utf8"), scope, { filename: script });
  parentPort.on("message", (data) => scope.onmessage?.({ data }));
`;

/** @param nested what comes of workers that the worker starts */
function startWorker(nested: "allowed" | "refused" = "allowed"): RawSession {
  const script = join(root, "dist/browser/server.js");
  const worker = new Worker(shim, { eval: true, workerData: { shim, script, name: "server", nested } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const session = createRawSession((message) => {
    worker.postMessage(message, []);
  });
  worker.on("message", session.receive);
  return session;
}

/** A dump that is worth a thread. */
const largeText = Array.from(
  { length: 20_000 },
  (_, index) => `goroutine ${index + 1} [select]:\n${"main.f(0x1)\n\t/src/f.go:3 +0x1d\n".repeat(30)}\n`,
).join("");

describe("the server as a browser's worker", () => {
  it("answers without a module of Node's, and without files", async () => {
    const { request, notify, notification } = startWorker();
    const rootUri = pathToFileURL(sampleFolder).href;
    const textDocument = { uri: sampleDump.uri };

    await request("initialize", { processId: null, rootUri, capabilities: {} });
    notify("initialized", {});
    notify("textDocument/didOpen", didOpenDump);

    expect(await request("textDocument/documentSymbol", { textDocument })).not.toHaveLength(0);
    const position = { line: 0, character: 0 };
    expect(await request("textDocument/hover", { textDocument, position })).toMatchObject({
      contents: expect.anything(),
    });
    // On the place of a frame: no file can be looked for, so that no source is named.
    expect(await request("textDocument/definition", { textDocument, position: { line: 2, character: 8 } })).toEqual([]);
    expect(await notification("textDocument/publishDiagnostics")).toMatchObject({ uri: sampleDump.uri });
    await request("shutdown", undefined);
  });

  it.each(["allowed", "refused"] as const)(
    "parses a large text in a worker of its own, and where that is refused by itself: %s",
    async (nested) => {
      const { request, notify, notification } = startWorker(nested);
      const uri = "untitled:large.dump";
      await request("initialize", { processId: null, rootUri: null, capabilities: {} });
      notify("textDocument/didOpen", {
        textDocument: { uri, languageId: "goroutine-dump", version: 1, text: largeText },
      });
      expect(await request("goroutineDump/summary", { uri })).toMatchObject({ goroutines: 20_000 });
      expect(await notification("test/nested")).toEqual({ name: "goroutine-dump-parse" });
    },
  );
});
