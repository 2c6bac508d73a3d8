import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DocumentSymbolRequest,
  HoverRequest,
} from "vscode-languageserver/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkOf } from "../../client/src/model/serverRead.ts";
import type { OpenFileParams, OpenFileResult, Summary, TextCheck } from "../../server/src/protocol/index.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { editedText } from "../support/editedText.ts";

const uri = "file:///ws/app.dump";
const textDocument = { uri };
const DUMP = `goroutine 7 [chan receive (nil chan)]:
example.com/app.work()
	/build/app/work.go:4 +0x1

goroutine 8 [running]:
main.main()
	/build/app/main.go:4 +0x1
`;

type Answer = (text: string | undefined) => void;

/** A file that is being read until a test says what was in it. */
class SlowFile {
  readonly asked: { readonly uri: string; readonly maxBytes: number }[] = [];
  readonly #reads: Answer[] = [];
  #waiting: ((answer: Answer) => void) | undefined;

  readonly readText = (address: string, maxBytes: number): Promise<string | undefined> => {
    this.asked.push({ uri: address, maxBytes });
    return new Promise((resolve) => {
      if (this.#waiting === undefined) this.#reads.push(resolve);
      else this.#waiting(resolve);
      this.#waiting = undefined;
    });
  };

  /** Answers the server's next read, or the one that waits. */
  async holds(text: string | undefined): Promise<void> {
    const answer = this.#reads.shift() ?? (await new Promise<Answer>((resolve) => (this.#waiting = resolve)));
    answer(text);
  }
}

let pair: Pair;
let file: SlowFile;
beforeEach(async () => {
  file = new SlowFile();
  pair = await connectPair({ platform: { readText: file.readText } });
});
afterEach(() => pair.dispose());

/** Announces the document as an editor that shows this text. */
function announce(text: string, check: Partial<TextCheck> = {}): Promise<OpenFileResult> {
  const params: OpenFileParams = {
    uri,
    languageId: "goroutine-dump",
    version: 1,
    text: { ...checkOf(editedText(text)), ...check },
  };
  return pair.client.sendRequest<OpenFileResult>("goroutineDump/openFile", params);
}

const goroutines = async () => (await pair.client.sendRequest<Summary>("goroutineDump/summary", { uri })).goroutines;

const hover = async (line: number) =>
  JSON.stringify(await pair.client.sendRequest(HoverRequest.type, { textDocument, position: { line, character: 3 } }));

const change = (version: number, text: string, line: number) =>
  pair.client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version },
    contentChanges: [{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, text }],
  });

test("a server that sees its client's files says so, and one that does not says nothing", async () => {
  expect(pair.initialized.capabilities.experimental).toEqual({ goroutineDumpReadsFiles: true });
  const blind = await connectPair();
  expect(blind.initialized.capabilities.experimental).toBeUndefined();
  await blind.dispose();
});

describe("a document whose file the server reads", () => {
  test("is as one whose text was sent", async () => {
    const answer = announce(DUMP);
    await file.holds(DUMP);
    expect(await answer).toEqual({ isOpen: true });
    expect(file.asked).toEqual([{ uri, maxBytes: DUMP.length * 3 + 3 }]);
    expect(await goroutines()).toBe(2);
    expect(await pair.client.sendRequest(DocumentSymbolRequest.type, { textDocument })).not.toHaveLength(0);
  });

  test("answers what was asked while it was read, and follows what was told", async () => {
    const answer = announce(DUMP);
    const first = hover(0);
    await change(2, "goroutine 9 [sleep]:\nmain.nap()\n\t/build/nap.go:1 +0x1\n\n", 0);
    const second = hover(0);
    await file.holds(DUMP);
    expect(await answer).toEqual({ isOpen: true });
    expect(await first).toContain("goroutine 7");
    expect(await second).toContain("goroutine 9");
    expect(await goroutines()).toBe(3);
    await change(3, "goroutine 10 [sleep]:\nmain.nap()\n\t/build/nap.go:1 +0x1\n\n", 4);
    expect(await goroutines()).toBe(4);
  });

  test("is closed when that was told while it was read, and can be opened again", async () => {
    const answer = announce(DUMP);
    await pair.client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
    const other = announce("");
    await file.holds(DUMP);
    expect(await answer).toEqual({ isOpen: true });
    await file.holds("");
    expect(await other).toEqual({ isOpen: true });
    expect(await goroutines()).toBe(0);
    await pair.client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
    await pair.open(uri, DUMP);
    expect(await goroutines()).toBe(2);
  });
});

describe("a document whose file holds another text", () => {
  test.each([
    ["is absent, or no UTF-8", undefined],
    ["is longer", `${DUMP}\n`],
    ["has the same length and other goroutines", DUMP.replace("goroutine 8", "goroutine 9")],
    ["has the same length and other line ends", DUMP.replace("\n\n", "\n\r")],
  ])("is not open when the file %s, and is when its text is sent", async (_, held) => {
    const answer = announce(DUMP);
    await change(2, "lost\n", 0);
    await file.holds(held);
    expect(await answer).toEqual({ isOpen: false });
    expect(await goroutines()).toBe(0);
    await pair.open(uri, DUMP);
    expect(await goroutines()).toBe(2);
    expect(pair.log).toEqual([]);
  });

  test("is not open when the announcement makes no sense, which is logged", async () => {
    const answer = announce(DUMP, { samples: null as never });
    await file.holds(DUMP);
    expect(await answer).toEqual({ isOpen: false });
    await expect.poll(() => pair.log).toEqual([expect.stringContaining("opening file:///ws/app.dump failed")]);
  });
});
