import { DidChangeTextDocumentNotification, DidCloseTextDocumentNotification } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";
import type { Random } from "./random.ts";

const EDITED = "file:///w/edited.dump";
const FRESH = "file:///w/fresh.dump";
const EDITS = 12;
const PUT = [
  "",
  "\n",
  "x",
  "goroutine 9 [select]:\nmain.f()\n\t/x/a.go:1 +0x1\n\n",
  "\u{1f600}",
  "\r",
  "panic: y\n",
  "\t",
];
/** Messages of LSP and our own, whose parameters are made up. */
const METHODS = [
  "textDocument/documentSymbol",
  "textDocument/foldingRange",
  "textDocument/inlayHint",
  "textDocument/codeLens",
  "textDocument/documentLink",
  "textDocument/hover",
  "textDocument/definition",
  "textDocument/references",
  "textDocument/documentHighlight",
  "textDocument/codeAction",
  "goroutineDump/tree",
  "goroutineDump/summary",
  "goroutineDump/nodePath",
  "goroutineDump/sibling",
  "goroutineDump/nodeText",
  "goroutineDump/resolveFrame",
  "goroutineDump/compare",
  "goroutineDump/fullText",
  "goroutineDump/sourcePlaces",
];
/** What is compared of the edited document and of a fresh one with the same text. */
const COMPARED = METHODS.slice(0, 9);

/**
 * Edits a document at random, asks anything about it, and compares what a fresh document with the same text is said to
 * hold. Gives what is wrong, or null.
 */
export async function serverFault(seed: string, random: Random): Promise<string | null> {
  const pair = await connectPair({ platform: { fileSystem: new MemoryFileSystem() } });
  try {
    await pair.open(EDITED, seed);
    let document = TextDocument.create(EDITED, "goroutine-dump", 1, seed);
    let isWellFormed = true;
    for (let version = 2; version < 2 + EDITS; version++) {
      document = await edit(pair, document, version, random);
      if (random.next() < 0.5) isWellFormed = (await askAnything(pair, document, random)) && isWellFormed;
    }
    // What fails of a wrong type is logged, and is no fault.
    const logged = isWellFormed ? pair.log[0] : undefined;
    return (await compare(pair, document, random)) ?? (logged === undefined ? null : `logged: ${logged}`);
  } catch (error) {
    return `throws: ${String(error)}`;
  } finally {
    await pair.dispose();
  }
}

async function edit(pair: Pair, document: TextDocument, version: number, random: Random): Promise<TextDocument> {
  const length = document.getText().length;
  const start = random.below(length + 1);
  const end = Math.min(length, start + random.below(random.next() < 0.8 ? 40 : 2000));
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  const change = { range, text: random.pick(PUT) };
  await pair.client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: EDITED, version },
    contentChanges: [change],
  });
  if (random.next() < 0.3) pair.timers.runAll();
  return TextDocument.update(document, [change], version);
}

/** A request with parameters of the right form, or of any; whether they were of the right one. */
async function askAnything(pair: Pair, document: TextDocument, random: Random): Promise<boolean> {
  const position = document.positionAt(random.below(document.getText().length + 1));
  const params: Record<string, unknown> = {
    textDocument: { uri: EDITED },
    uri: EDITED,
    position,
    range: { start: position, end: position },
    context: { diagnostics: [], includeDeclaration: true },
    node: random.pick(["", "x", "0/0", null, 7]),
    id: random.pick(["", "group:0", "dump:0"]),
    parent: random.pick([null, "dump:0", "group:0", "nonsense"]),
    groupBy: random.pick(["stack", "state", "creator", "package", "toString"]),
    filter: random.pick(["", "chan", "__proto__:x", '"', "wait:>5"]),
    goroutine: random.below(100),
    dumps: [{ uri: EDITED, index: null }],
    kind: "series",
    sortByTime: true,
    from: 0,
    frame: { function: "main.f", file: random.pick(["/x/a.go", "../../etc/passwd", "\\\\host\\share\\a.go"]), line: 1 },
  };
  const key = random.pick(Object.keys(params));
  const isWellFormed = random.next() < 0.7;
  if (!isWellFormed) params[key] = random.pick([undefined, null, 7, "", [], {}]);
  // Wrong parameters are answered with an error, which is an answer.
  await pair.client.sendRequest(random.pick(METHODS), params).catch(() => {});
  return isWellFormed;
}

async function compare(pair: Pair, document: TextDocument, random: Random): Promise<string | null> {
  await pair.open(FRESH, document.getText());
  const position = document.positionAt(random.below(document.getText().length + 1));
  for (const method of COMPARED) {
    const [edited, fresh] = await Promise.all([EDITED, FRESH].map((uri) => ask(pair, method, uri, position)));
    if (edited !== fresh?.replaceAll(FRESH, EDITED)) return `edits: ${method} differs behind edits`;
  }
  for (const uri of [EDITED, FRESH]) {
    await pair.client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }
  return null;
}

async function ask(pair: Pair, method: string, uri: string, position: unknown): Promise<string> {
  const range = { start: position, end: position };
  const params = { textDocument: { uri }, position, range, context: { includeDeclaration: true } };
  return JSON.stringify(await pair.client.sendRequest(method, params));
}
