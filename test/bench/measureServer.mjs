// What an editor waits for: measured in a server that runs already.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { median } from "./measure.mjs";
import { startSession } from "./serverSession.mjs";

const LANGUAGE = "goroutine-dump";
/** Documents that are opened before one is measured, until the server's code is compiled. */
const WARM_UP = 5;

/**
 * Milliseconds from `didOpen` to diagnostics and the top of the tree; the median of some documents in a warm server.
 * With `byServer` the server reads the file itself, as it does for an editor whose files it sees.
 */
export async function measureOpening(server, path, runs, { byServer = false } = {}) {
  const session = await startSession(server);
  const text = readFileSync(path, "utf8");
  const check = { length: text.length, lines: text.split("\n").length, lineEnd: "\n", samples: [] };
  const times = [];
  for (let run = 0; run < WARM_UP + runs; run++) {
    const uri = byServer ? pathToFileURL(path).href : `untitled:${run}.dump`;
    const start = performance.now();
    const published = session.next("textDocument/publishDiagnostics", (params) => params.uri === uri);
    if (byServer) await openFile(session, uri, check);
    else session.notify("textDocument/didOpen", { textDocument: { uri, languageId: LANGUAGE, version: 1, text } });
    await Promise.all([published, requestTree(session, uri)]);
    times.push(performance.now() - start);
    const cleared = session.next("textDocument/publishDiagnostics", (params) => params.uri === uri);
    session.notify("textDocument/didClose", { textDocument: { uri } });
    await cleared;
  }
  session.stop();
  return median(times.slice(WARM_UP));
}

async function openFile(session, uri, text) {
  const params = { uri, languageId: LANGUAGE, version: 1, text };
  const { isOpen } = await session.request("goroutineDump/openFile", params);
  if (!isOpen) throw new Error("the server has not read the file");
}

/**
 * Milliseconds to the report of a dump that has been read, and the bytes of it that go to its page. With `isCondensed` the
 * file is shown as the editor shows those that are too large for it.
 */
export async function measureReport(server, path, { isCondensed = false } = {}) {
  const session = await startSession(server);
  const file = pathToFileURL(path).href;
  const text = isCondensed
    ? (await session.request("goroutineDump/condenseFile", { uri: file })).text
    : readFileSync(path, "utf8");
  const uri = isCondensed ? `goroutine-dump-condensed:${path}.goroutines?${encodeURIComponent(file)}` : file;
  const published = session.next("textDocument/publishDiagnostics", (params) => params.uri === uri);
  session.notify("textDocument/didOpen", { textDocument: { uri, languageId: LANGUAGE, version: 1, text } });
  await published;
  const start = performance.now();
  const page = await session.request("goroutineDump/report", { uri, index: 0, filter: "" });
  const milliseconds = performance.now() - start;
  session.stop();
  return { milliseconds, bytes: Buffer.byteLength(JSON.stringify(page)), goroutines: page.total };
}

/** The longest time, in milliseconds, that a small request waits while the server reads a large file. */
export async function measureBlocking(server, path) {
  const session = await startSession(server);
  const reading = { isOver: false };
  const answer = session
    .request("goroutineDump/condenseFile", { uri: pathToFileURL(path).href })
    .finally(() => (reading.isOver = true));
  let worst = 0;
  while (!reading.isOver) {
    const start = performance.now();
    await requestTree(session, "untitled:none");
    worst = Math.max(worst, performance.now() - start);
  }
  await answer;
  session.stop();
  return worst;
}

/** Milliseconds until a server that has nothing to do has given its memory back. */
const SETTLING = 3000;

/**
 * Megabytes of the server's process with each of two dumps open and after it was closed, above what it had before: a
 * document, and a larger file that is shown condensed.
 */
export async function measureMemory(server, documentPath, filePath) {
  const session = await startSession(server);
  await delay(SETTLING);
  const before = residentMegabytes(session);
  const above = async (open, close) => {
    await open();
    const whileOpen = residentMegabytes(session) - before;
    await close();
    await delay(SETTLING);
    return { open: whileOpen, closed: residentMegabytes(session) - before };
  };
  const uri = pathToFileURL(documentPath).href;
  const asDocument = await above(
    async () => {
      const published = session.next("textDocument/publishDiagnostics", (params) => params.uri === uri);
      const text = readFileSync(documentPath, "utf8");
      session.notify("textDocument/didOpen", { textDocument: { uri, languageId: LANGUAGE, version: 1, text } });
      await Promise.all([published, requestTree(session, uri)]);
    },
    () => session.notify("textDocument/didClose", { textDocument: { uri } }),
  );
  const file = { uri: pathToFileURL(filePath).href };
  const condensed = await above(
    () => session.request("goroutineDump/condenseFile", file),
    () => session.request("goroutineDump/closeFile", file),
  );
  session.stop();
  return { document: asDocument, condensed };
}

function residentMegabytes({ pid }) {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

function requestTree(session, uri) {
  return session.request("goroutineDump/tree", { uri, parent: null, groupBy: "stack", filter: "" });
}
