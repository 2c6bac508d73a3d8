// Runs functions that a test sends, inside the extension host. Only whoever can open the socket beside this file,
// in a private folder of the test's, gets in.
const { rmSync } = require("node:fs");
const { createServer } = require("node:http");
const path = require("node:path");
const { text } = require("node:stream/consumers");
const { runInThisContext } = require("node:vm");
const vscode = require("vscode");

/** Where the test and this extension meet; `extensionHost.ts` says the same. */
const socket =
  process.platform === "win32" ? `\\\\.\\pipe\\${path.basename(__dirname)}` : path.join(__dirname, "host.sock");

/** What a test has registered, until it ends. */
const kept = [];

async function answer(request) {
  try {
    const { source, args } = JSON.parse(await text(request));
    if (source === undefined) {
      for (const each of kept.splice(0)) each.dispose();
      return {};
    }
    const value = await runInThisContext(`(${source})`)(vscode, ...args);
    if (typeof value?.dispose !== "function") return { value };
    kept.push(value);
    return {};
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

exports.activate = (context) => {
  const server = createServer((request, response) => {
    void answer(request).then((result) => response.end(JSON.stringify(result)));
  });
  // A reloaded window finds the socket of the host before it.
  rmSync(socket, { force: true });
  server.listen(socket);
  context.subscriptions.push({ dispose: () => server.close() });
};
