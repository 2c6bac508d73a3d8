import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { startServer } from "../lsp/startServer.ts";
import type { Platform } from "../lsp/platform.ts";
import { serveParse } from "../service/parseThread/serveParse.ts";
import { threadParser } from "../service/parseThread/threadParser.ts";
import type { Clock } from "../service/ports.ts";
import { isParseThread, webThreads } from "./webThreads.ts";

declare const self: DedicatedWorkerGlobalScope;

const clock: Clock = { now: () => Date.now(), yieldTurn: () => new Promise((resolve) => void setTimeout(resolve)) };

const after: Platform["after"] = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** Entry point in a browser: a worker of the page, which talks by messages, or one that this one starts for a parse. */
function main(): void {
  if (isParseThread(self)) {
    const parse = serveParse((answer, transfer = []) => self.postMessage(answer, transfer));
    self.onmessage = ({ data }) => parse(data);
    return;
  }
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
  const encoder = new TextEncoder();
  startServer(connection, {
    clock,
    encode: (text) => encoder.encode(text),
    after,
    parse: threadParser(webThreads(self, after), clock),
  });
}

// Node loads this bundle for its modules only.
if (typeof self !== "undefined") main();
