import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { startServer } from "../lsp/startServer.ts";
import type { Platform } from "../lsp/platform.ts";
import { serveParse } from "../service/parseThread/serveParse.ts";
import { threadParser } from "../service/parseThread/threadParser.ts";
import type { Clock } from "../service/base/ports.ts";
import { isParseThread, webThreads } from "./webThreads.ts";

declare const self: DedicatedWorkerGlobalScope;

const after: Platform["after"] = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** Turns by messages to itself: behind some timers in a row a browser waits 4 ms for each, almost as long as a turn. */
function messageTurns(): Clock["yieldTurn"] {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}

/** Entry point in a browser: a worker of the page, which talks by messages, or one that this one starts for a parse. */
function main(): void {
  if (isParseThread(self)) {
    const parse = serveParse((answer, transfer = []) => self.postMessage(answer, transfer));
    self.onmessage = ({ data }) => parse(data);
    return;
  }
  const clock: Clock = { now: () => Date.now(), yieldTurn: messageTurns() };
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
