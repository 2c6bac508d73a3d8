import {
  type CodeAction,
  CodeActionRequest,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type PublishDiagnosticsParams,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TreeResult } from "../../server/src/protocol/index.ts";
import { eventually } from "../support/eventually.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";

const dump = "file:///w/a.dump";
const ignoreFile = "file:///w/.goroutine-dump-ignore";
const text = `goroutine 7 [chan send (nil chan)]:
example.com/shop.(*Hub).deliver()
\t/src/shop/hub.go:12 +0x1d
created by example.com/shop.(*Hub).Broadcast in goroutine 1
\t/src/shop/hub.go:30 +0x1d
`;
const deliver = "top-function example.com/shop.(*Hub).deliver";

let files: MemoryFileSystem;
let pair: Pair;
const published = new Map<string, readonly Diagnostic[]>();

beforeEach(async () => {
  files = new MemoryFileSystem();
  published.clear();
  pair = await connectPair({
    params: {
      workspaceFolders: [{ uri: "file:///w", name: "w" }],
      capabilities: {
        workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
        textDocument: {
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
        },
      },
      initializationOptions: { saveCommand: "save" },
    },
    platform: { fileSystem: files },
    prepare: (client) =>
      client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
        published.set(params.uri, params.diagnostics);
      }),
  });
});
afterEach(() => pair.dispose());

/** Opens the dump, and gives what is published of it. */
async function problems(): Promise<readonly Diagnostic[]> {
  await pair.open(dump, text);
  await run();
  return published.get(dump) ?? [];
}

async function run(): Promise<void> {
  published.delete(dump);
  await eventually(() => {
    pair.timers.runAll();
    expect(published.has(dump)).toBe(true);
  });
}

async function quickFixes(diagnostics: readonly Diagnostic[]): Promise<readonly CodeAction[]> {
  const [first] = diagnostics;
  if (first === undefined) throw new Error("There is no diagnostic to fix.");
  const actions = await pair.client.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: dump },
    range: first.range,
    context: { diagnostics: [...diagnostics] },
  });
  return (actions ?? []) as CodeAction[];
}

/** The file behind an edit. */
function edited(edit: WorkspaceEdit | undefined, before: string): string {
  const document = TextDocument.create(ignoreFile, "plaintext", 1, before);
  const edits = (edit?.documentChanges ?? []).flatMap((one) => ("edits" in one ? one.edits : []));
  return TextDocument.applyEdits(document, edits as Parameters<typeof TextDocument.applyEdits>[1]);
}

async function change(content: string | undefined): Promise<void> {
  if (content === undefined) files.delete(ignoreFile);
  else files.write(ignoreFile, content);
  await pair.client.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: ignoreFile, type: FileChangeType.Changed }],
  });
  await run();
}

function tree(): Promise<TreeResult> {
  const params = { uri: dump, parent: null, groupBy: "stack", sortBy: "count", filter: "" };
  return pair.client.sendRequest<TreeResult>("goroutineDump/tree", params);
}

describe("the quick fixes of a finding", () => {
  test("write its stack or its creator into a new ignore file, and have it saved", async () => {
    const actions = await quickFixes(await problems());
    expect(actions.map(({ title }) => title)).toEqual([
      "Expected: ignore goroutines in shop.(*Hub).deliver",
      "Expected: ignore goroutines started by shop.(*Hub).Broadcast",
    ]);
    expect(actions[0]).toMatchObject({ kind: "quickfix", command: { command: "save", arguments: [ignoreFile] } });
    expect(actions[0]?.edit?.documentChanges?.[0]).toEqual({
      kind: "create",
      uri: ignoreFile,
      options: { ignoreIfExists: true },
    });
    const written = edited(actions[0]?.edit, "").split("\n");
    expect(written.slice(-2)).toEqual([deliver, ""]);
    expect(written.slice(0, -2).every((line) => line.startsWith("#"))).toBe(true);
    expect(edited(actions[1]?.edit, "")).toContain("created-by example.com/shop.(*Hub).Broadcast\n");
  });

  test.each([
    ["# mine\n", `${deliver}\n# mine\n`],
    ["# mine", `${deliver}\n# mine`],
    ["# mine\r\n", `${deliver}\r\n# mine\r\n`],
    ["# mine\rtop-function a.b\r", `${deliver}\r# mine\rtop-function a.b\r`],
    ["", `${deliver}\n`],
  ])("keep what is in the file: %j", async (before, after) => {
    files.write(ignoreFile, before);
    const [action] = await quickFixes(await problems());
    expect(action?.edit?.documentChanges).toHaveLength(1);
    expect(edited(action?.edit, before)).toBe(after);
  });
});

test("the quick fixes keep what is in a file that has edits which are not saved", async () => {
  files.write(ignoreFile, "# saved\n# too");
  const [action] = await quickFixes(await problems());

  for (const unsaved of ["", "top-function x.y", "# saved\n# too\n\ntop-function x.y"]) {
    expect(edited(action?.edit, unsaved)).toBe(`${deliver}\n${unsaved}`);
  }
});

test("there are no quick fixes for an ignore file that is too large to be read, and that is told", async () => {
  files.write(ignoreFile, "#".repeat(1024 * 1024 + 1));

  expect(await quickFixes(await problems())).toEqual([]);
  await eventually(() => expect(published.get(ignoreFile)).toMatchObject([{ code: "ignore-limit" }]));
});

describe("what an ignore file expects", () => {
  test("is no problem any more once the file is written, is dimmed in the tree, and counted", async () => {
    const found = await problems();
    expect(found.map(({ code }) => code)).toEqual(["nil-channel"]);
    const [action] = await quickFixes(found);
    await change(edited(action?.edit, ""));
    expect(published.get(dump)).toEqual([]);
    const { nodes } = await tree();
    expect(nodes[0]).toMatchObject({ kind: "findings", description: "0 · 1 expected", hasChildren: false });
    expect(nodes.find(({ kind }) => kind === "group")).toMatchObject({
      dimmed: true,
      description: expect.stringContaining("expected"),
      tooltip: expect.stringContaining(`Expected: ${deliver}`),
    });

    await change(undefined);
    expect(published.get(dump)?.map(({ code }) => code)).toEqual(["nil-channel"]);
    expect((await tree()).nodes.find(({ kind }) => kind === "group")?.dimmed).toBe(false);
  });

  test("is told of the first 500 lines that are wrong, and how many more there are", async () => {
    files.write(ignoreFile, "nonsense\n".repeat(700));
    await problems();
    await eventually(() => expect(published.get(ignoreFile)).toHaveLength(501));
    expect(published.get(ignoreFile)?.at(-1)).toMatchObject({
      code: "ignore-limit",
      message: expect.stringMatching(/^200 /),
    });
  });

  test("is told on the file where an entry means nothing or a line is no entry, as long as a dump is open", async () => {
    files.write(ignoreFile, `${deliver}\ntop-function main.gone\nnonsense\n`);
    expect(await problems()).toEqual([]);
    await eventually(() =>
      expect(published.get(ignoreFile)?.map(({ code, range }) => [code, range.start.line])).toEqual([
        ["ignore-malformed", 2],
        ["ignore-unused", 1],
      ]),
    );
    await pair.client.sendNotification("textDocument/didClose", { textDocument: { uri: dump } });
    await eventually(() => expect(published.get(ignoreFile)).toEqual([]));
  });
});
