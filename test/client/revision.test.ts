import { afterEach, beforeEach, expect, test } from "vitest";
import type { ExtensionContext } from "vscode";
import { activateExtension } from "../../client/src/extension.ts";
import type { RevisionsResult, SameLineResult } from "../../server/src/protocol/index.ts";
import { eventually } from "../support/eventually.ts";
import { fakeClient, type FakeClient } from "../support/fakeClient.ts";
import { editor, Uri } from "../support/vscode/index.ts";

const DUMP = "file:///w/a.dump";
const FILE = `goroutine-dump-revision:/store/store.go%20%28v1.3.0%29?${encodeURIComponent('{"root":"file:///w"}')}`;
const FOUND: RevisionsResult = {
  message: "v1.3.0 fits 6 of 6 frames; the working tree 2.",
  current: "v1.3.0",
  chosen: null,
  offered: [
    { name: "v1.3.0", isFitting: true },
    { name: "v1.20.0", isFitting: false },
  ],
};

let server: FakeClient;
let context: ExtensionContext;
let memory: Map<string, unknown>;

beforeEach(() => {
  editor.reset();
  Object.assign(editor.revisionItem, { text: "", visible: false });
  memory = new Map();
  server = fakeClient();
  server.answers.set("goroutineDump/tree", () => ({ nodes: [], message: null }));
  server.answers.set("goroutineDump/revisions", () => FOUND);
  const workspaceState = {
    get: (key: string, fallback: unknown) => memory.get(key) ?? fallback,
    update: async (key: string, value: unknown) => void memory.set(key, value),
  };
  context = { subscriptions: [], workspaceState } as unknown as ExtensionContext;
  activateExtension(context, () => server.client);
});

afterEach(() => {
  for (const each of context.subscriptions.splice(0)) each.dispose();
});

function asked(method: string): unknown[] {
  return server.asked.filter((one) => one.method === `goroutineDump/${method}`).map(({ params }) => params);
}

function answerSameLine(result: SameLineResult): void {
  server.answers.set("goroutineDump/sameLine", () => result);
}

const today = (line: number): SameLineResult["place"] => ({
  uri: "file:///w/store/store.go",
  range: { start: { line, character: 0 }, end: { line, character: 0 } },
});

test("a file of a revision has the text that the server gives, and reads as Go", async () => {
  server.answers.set("goroutineDump/revisionText", () => ({ text: "package store\n" }));
  expect(await editor.documents.get("goroutine-dump-revision")?.(Uri.parse(FILE))).toBe("package store\n");
  expect(asked("revisionText")).toEqual([{ uri: Uri.parse(FILE).toString() }]);
  const document = editor.show(FILE, "plaintext");
  await eventually(() => expect(document.languageId).toBe("go"));
});

test("a file that the repository does not have any more is no empty one", async () => {
  server.answers.set("goroutineDump/revisionText", () => null);
  const opening = Promise.resolve().then(() => editor.documents.get("goroutine-dump-revision")?.(Uri.parse(FILE)));
  await expect(opening).rejects.toThrow(/does not have this file/);
});

test.each([
  ["same", 51, "Same place in today's file: line 52"],
  ["changed", 51, "The line has changed since: line 52 of today's file"],
  ["gone", 51, "The line is gone: it stood before line 52 of today's file"],
] as const)("a lens above the line that was led to says that it is %s, and goes there", async (kind, line, title) => {
  answerSameLine({ kind, place: today(line), isMoved: false });
  const document = editor.show(FILE, "go", "package store\n\nfunc f() {\n\tg()\n}\n");
  editor.focus(document, 3);
  const lenses = (await editor.revisionLenses?.provideCodeLenses(document)) as {
    range: { start: { line: number } };
    command: { title: string; command: string; arguments: unknown[] };
  }[];
  expect(lenses).toMatchObject([{ range: { start: { line: 3 } }, command: { title, arguments: [3] } }]);
  editor.focus(document, 0);
  await editor.commands.get(lenses[0]!.command.command)?.(...lenses[0]!.command.arguments);
  expect(asked("sameLine").at(-1)).toEqual({ uri: Uri.parse(FILE).toString(), line: 3 });
  expect(editor.opened).toEqual([{ uri: "file:///w/store/store.go", line: 51 }]);
  expect(editor.asked.map(({ text }) => text)).toEqual(kind === "same" ? [] : [title]);
});

test.each([
  ["same", "Moved to drain.go, line 52"],
  ["changed", "Moved to drain.go, where line 52 has taken its place"],
  ["gone", "The line is gone: what stood around it has moved to drain.go, line 52"],
] as const)("a lens above a line whose function has moved says where to, and that it is %s", async (kind, title) => {
  answerSameLine({ kind, place: { ...today(51)!, uri: "file:///w/store/drain.go" }, isMoved: true });
  const document = editor.show(FILE, "go", "package store\n\nfunc f() {}\n");
  editor.focus(document, 2);
  expect(await editor.revisionLenses?.provideCodeLenses(document)).toMatchObject([{ command: { title } }]);
  await editor.commands.get("goroutineDump.openToday")?.(2);
  expect(editor.opened).toEqual([{ uri: "file:///w/store/drain.go", line: 51 }]);
});

test("where today there is no such file the lens says so and leads nowhere", async () => {
  answerSameLine({ kind: "noFile", place: null, isMoved: false });
  const document = editor.show(FILE, "go", "package store\n");
  expect(await editor.revisionLenses?.provideCodeLenses(document)).toMatchObject([
    { command: { title: "Today there is no such file.", command: "" } },
  ]);
});

test("the status bar names the revision as long as the source has gone on", async () => {
  editor.show(DUMP, "goroutine-dump");
  await eventually(() => expect(editor.revisionItem).toMatchObject({ text: "$(git-commit) v1.3.0", visible: true }));
  expect(editor.revisionItem.tooltip).toMatch(/^v1\.3\.0 fits 6 of 6 frames/);
  server.answers.set("goroutineDump/revisions", () => ({ ...FOUND, message: null }));
  server.send("goroutineDump/dumpChanged", { uri: DUMP });
  await eventually(() => expect(editor.revisionItem.visible).toBe(false));
});

test("another revision can be chosen, is remembered for the dump, and can be given up again", async () => {
  editor.show(DUMP, "goroutine-dump");
  editor.answer = ({ choices }) => choices[2];
  await editor.commands.get("goroutineDump.chooseRevision")?.();
  expect(editor.asked[0]?.choices).toMatchObject([
    { label: "Find it out" },
    { label: "v1.3.0", description: "fits all frames" },
    { label: "v1.20.0", description: "" },
  ]);
  expect(asked("chooseRevision")).toEqual([{ uri: DUMP, revision: "v1.20.0" }]);
  expect(memory.get("chosenRevisions")).toEqual({ [DUMP]: "v1.20.0" });
  editor.answer = ({ choices }) => choices[0];
  await editor.commands.get("goroutineDump.chooseRevision")?.();
  expect(asked("chooseRevision").at(-1)).toEqual({ uri: DUMP, revision: null });
  expect(memory.get("chosenRevisions")).toEqual({});
});
