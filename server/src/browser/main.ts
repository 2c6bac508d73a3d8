import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { startServer } from "../lsp/startServer.ts";
import type { Platform } from "../lsp/platform.ts";

declare const self: DedicatedWorkerGlobalScope;

const platform: Platform = {
  clock: { now: () => Date.now(), yieldTurn: () => new Promise((resolve) => void setTimeout(resolve)) },
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

// Entry point in a browser: a worker of the page, which talks by messages. Node loads this bundle for its modules only.
if (typeof self !== "undefined")
  startServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), platform);
