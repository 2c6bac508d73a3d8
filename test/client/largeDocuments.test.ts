import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TextDocument } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { largeDocuments } from "../../client/src/largeDocuments.ts";
import type { OpenFileParams, OpenFileResult } from "../../server/src/protocol/index.ts";
import { Uri } from "../support/vscode/index.ts";

const file = "file:///w/large.dump";

/** As much of a document as is looked at: three lines, said to be 40 MB long. */
function document(change: Partial<TextDocument> = {}): TextDocument {
  const lines = ["goroutine 1 [running]:", "main.main()", ""];
  return {
    uri: Uri.parse(file),
    languageId: "goroutine-dump",
    version: 7,
    eol: 1,
    isDirty: false,
    lineCount: lines.length,
    lineAt: (line: number) => ({ text: lines[line], range: { start: line * 10, end: 40_000_000 } }),
    offsetAt: (place: unknown) => place,
    ...change,
  } as unknown as TextDocument;
}

let announced: OpenFileParams[];
let answer: (result: OpenFileResult) => void;
let capabilities: { experimental?: unknown };
const pulled = vi.fn<() => void>();
const sent = vi.fn<(document: TextDocument) => Promise<void>>(() => Promise.resolve());

const client = {
  get initializeResult() {
    return { capabilities };
  },
  code2ProtocolConverter: { asUri: String },
  sendRequest: (_: string, params: OpenFileParams) => {
    announced.push(params);
    return new Promise((resolve) => (answer = resolve));
  },
  getFeature: () => ({ getProvider: () => ({ onDidChangeDiagnosticsEmitter: { fire: pulled } }) }),
} as unknown as BaseLanguageClient;

const middleware = largeDocuments(() => client);
const open = (one: TextDocument): Promise<void> => middleware.didOpen?.(one, sent) ?? Promise.resolve();
const close = (one: TextDocument): Promise<void> => middleware.didClose?.(one, sent) ?? Promise.resolve();

beforeEach(() => {
  announced = [];
  capabilities = { experimental: { goroutineDumpReadsFiles: true } };
  pulled.mockClear();
  sent.mockClear();
});

describe("a large document", () => {
  it("is announced without its text, and its diagnostics are asked for when the server has it", async () => {
    const opening = open(document());
    expect(announced).toMatchObject([
      { uri: file, languageId: "goroutine-dump", version: 7, text: { length: 40_000_000, lines: 3, lineEnd: "\n" } },
    ]);
    expect(pulled).not.toHaveBeenCalled();
    answer({ isOpen: true });
    await opening;
    expect(pulled).toHaveBeenCalledOnce();
    expect(sent).not.toHaveBeenCalled();
  });

  it("is sent when the server finds another text in its file", async () => {
    const opening = open(document());
    answer({ isOpen: false });
    await opening;
    expect(sent).toHaveBeenCalledOnce();
  });

  it("is not sent when it was closed while the server read it", async () => {
    const opening = open(document());
    await close(document());
    sent.mockClear();
    answer({ isOpen: false });
    await opening;
    expect(sent).not.toHaveBeenCalled();
  });

  it("is sent once when it was closed and opened again meanwhile", async () => {
    const first = open(document());
    const answerFirst = answer;
    await close(document());
    sent.mockClear();
    const second = open(document());
    answerFirst({ isOpen: false });
    answer({ isOpen: false });
    await Promise.all([first, second]);
    expect(sent).toHaveBeenCalledOnce();
  });

  it.each([
    ["has changes that are in no file", { isDirty: true }, { goroutineDumpReadsFiles: true }],
    ["is of another file system", { uri: Uri.parse("memfs:/large.dump") }, { goroutineDumpReadsFiles: true }],
    ["belongs to a server that sees no files", {}, undefined],
  ])("is sent at once when it %s", async (_, change, experimental) => {
    capabilities = { experimental };
    await open(document(change));
    expect(announced).toEqual([]);
    expect(sent).toHaveBeenCalledOnce();
  });
});
