import { homedir } from "node:os";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../lsp/startServer.ts";
import type { Platform } from "../lsp/platform.ts";
import { collectGarbage } from "./collectGarbage.ts";
import { encodeText } from "./encodeText.ts";
import { historyOpener } from "./git/openHistory.ts";
import { readGoEnv } from "./goEnv.ts";
import { htmlPage } from "./htmlPage.ts";
import type { Clock } from "../service/base/ports.ts";
import { nodeFileSystem, readNodeText } from "./nodeFileSystem.ts";
import { threadParser } from "../service/parseThread/threadParser.ts";
import { largeFiles, nodeThreads } from "./workerParser.ts";
import { translations } from "./translations.ts";

/** Serves the client that the arguments of this process name, see `hasTransport`, until it says exit. */
export function startNodeServer(): void {
  startServer(createConnection(ProposedFeatures.all), nodePlatform);
}

const clock: Clock = { now: () => Date.now(), yieldTurn: () => new Promise((resolve) => void setImmediate(resolve)) };

const after: Platform["after"] = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

// The server starts this bundle again on another thread for each large parse.
const threads = nodeThreads(import.meta.filename, after);

const nodePlatform: Platform = {
  clock,
  encode: encodeText,
  parse: threadParser(threads, clock),
  largeFiles: largeFiles(threads, clock),
  after,
  fileSystem: nodeFileSystem,
  readText: readNodeText,
  translations,
  collectGarbage,
  reportPage: htmlPage,
  openHistory: historyOpener(nodeFileSystem),
  // Not in the workspace: there a go.mod could make the go command download a toolchain.
  goEnv: () => readGoEnv(homedir()),
  variable: (name) => (name === "userHome" ? homedir() : process.env[name.replace(/^env:/, "")]),
};
