import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { type RawSession, createRawSession } from "../support/rawSession.ts";
import { didOpenDump, sampleDump, sampleFolder } from "../support/sampleDump.ts";

/** Runs a script as a browser's worker would: it sees the web's globals below and nothing of Node's. */
const shim = `
  const { readFileSync } = require("node:fs");
  const { createContext, runInContext } = require("node:vm");
  const { parentPort, workerData } = require("node:worker_threads");
  const scope = createContext({
    TextDecoder, TextEncoder, URL, console, performance, queueMicrotask, setTimeout, clearTimeout,
    addEventListener() {},
    postMessage: (message) => parentPort.postMessage(message),
  });
  scope.self = scope;
  runInContext(readFileSync(workerData, "utf8"), scope, { filename: workerData });
  parentPort.on("message", (data) => scope.onmessage?.({ data }));
`;

function startWorker(): RawSession {
  const worker = new Worker(shim, { eval: true, workerData: join(root, "dist/browser/server.js") });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const session = createRawSession((message) => {
    worker.postMessage(message, []);
  });
  worker.on("message", session.receive);
  return session;
}

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
    expect([await request("textDocument/definition", { textDocument, position })].flat()).toBeDefined();
    expect(await notification("textDocument/publishDiagnostics")).toMatchObject({ uri: sampleDump.uri });
    await request("shutdown", undefined);
  });
});
