import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExtensionContext } from "vscode";
import { activateExtension } from "../../client/src/extension.ts";
import type { SourceFinding, SourcePlace } from "../../server/src/protocol/index.ts";
import { eventually } from "../support/eventually.ts";
import { fakeClient, type FakeClient } from "../support/fakeClient.ts";
import { editor, type FakeDocument, Location, Range, Uri } from "../support/vscode/index.ts";
import { treeNode } from "../support/treeNodes.ts";

const dump = "file:///w/a.dump";
const goFile = "file:///w/main.go";
const goText = "package main\n\nfunc run() {\n\tch <- 1\n}\n";
const header = { uri: dump, range: { start: { line: 4, character: 0 }, end: { line: 4, character: 9 } } };
const place: SourcePlace = {
  line: 3,
  lineText: "\tch <- 1",
  title: "12 goroutines blocked here, at least 38 min: chan send",
  count: 12,
  groups: [{ text: "main.run: 12 goroutines · $(x) [a](b)", place: header }],
  moreGroups: 0,
};
const finding: SourceFinding = {
  sourceUri: goFile,
  line: 3,
  lineText: "\tch <- 1",
  rule: "leak",
  certainty: "strong",
  severity: 2,
  message: "12 goroutines wait here.",
  href: "https://example.com/leak.md",
  related: [{ message: "in the goroutine dump", place: header }],
};

let server: FakeClient;
let context: ExtensionContext;

beforeEach(() => {
  editor.reset();
  editor.diagnostics.clear();
  server = fakeClient();
  server.answers.set("goroutineDump/tree", () => ({ nodes: [], message: null }));
  server.answers.set("goroutineDump/sourcePlaces", () => ({ places: [place] }));
  server.answers.set("goroutineDump/sourceFindings", () => ({ findings: [finding] }));
  const workspaceState = { get: (_key: string, fallback: unknown) => fallback, update: async () => {} };
  context = { subscriptions: [], workspaceState } as unknown as ExtensionContext;
  activateExtension(context, () => server.client);
});

afterEach(() => {
  for (const each of context.subscriptions.splice(0)) each.dispose();
});

const lensLines = async (document: FakeDocument): Promise<number[]> => {
  const lenses = (await editor.codeLenses?.provideCodeLenses(document)) as { range: Range }[];
  return lenses.map(({ range }) => range.start.line);
};
const above = new Range(1, 0, 1, 0);
const changeDump = () => server.send("goroutineDump/dumpChanged", { uri: dump });
/** The findings in the Go file. */
const shown = () => editor.diagnostics.get(goFile)?.map(({ message, range }) => `${range.start.line}: ${message}`);

describe("the goroutines of a dump in the Go source", () => {
  it("stand above their line, and lead to the tree", async () => {
    editor.show(dump, "goroutine-dump");
    const document = editor.show(goFile, "go", goText);
    expect(await editor.codeLenses?.provideCodeLenses(document)).toMatchObject([
      { command: { title: place.title, command: "goroutineDump.revealInTree", arguments: [header] } },
    ]);
  });

  it("are listed in a hover, in which the dump's text is no markup", async () => {
    editor.show(dump, "goroutine-dump");
    const document = editor.show(goFile, "go", goText);
    const hover = await editor.hovers?.provideHover(document, ...([{ line: 3, character: 2 }] as never[]));
    const { contents } = hover as { contents: { value: string; isTrusted: unknown } };
    expect(contents.isTrusted).toEqual({ enabledCommands: ["goroutineDump.revealInTree"] });
    expect(contents.value).toContain(String.raw`\[a\]\(b\)`);
    expect(contents.value).toContain("[Show](command:goroutineDump.revealInTree?");
    expect(await editor.hovers?.provideHover(document, ...([{ line: 2, character: 0 }] as never[]))).toBeUndefined();
  });

  it("are asked for only while a dump is open", async () => {
    const document = editor.show(goFile, "go", goText);
    expect(await lensLines(document)).toEqual([]);
    const opened = editor.show(dump, "goroutine-dump");
    expect(await lensLines(document)).toEqual([3]);
    editor.close(opened);
    expect(await lensLines(document)).toEqual([]);
  });

  it("follow edits, and are gone when their line is edited", async () => {
    editor.show(dump, "goroutine-dump");
    const document = editor.show(goFile, "go", goText);
    expect(await lensLines(document)).toEqual([3]);
    editor.edit(document, above, "import `fmt`\n");
    expect(await lensLines(document)).toEqual([4]);
    editor.edit(document, new Range(4, 1, 4, 3), "other");
    expect(await lensLines(document)).toEqual([]);
  });

  it("are not shown in a text that is not the saved one, nor at another line than the server saw", async () => {
    editor.show(dump, "goroutine-dump");
    const unsaved = editor.show(goFile, "go", goText);
    unsaved.isDirty = true;
    expect(await lensLines(unsaved)).toEqual([]);
    expect(await lensLines(editor.show("file:///w/other.go", "go", `// moved\n${goText}`))).toEqual([]);
  });

  it("follow edits that come before the answer", async () => {
    editor.show(dump, "goroutine-dump");
    const document = editor.show(goFile, "go", goText);
    const asked = lensLines(document);
    editor.edit(document, above, "import `fmt`\n");
    await asked;
    expect(await lensLines(document)).toEqual([4]);
  });

  it("keep following the edits when it is told late that the dump was read", async () => {
    editor.show(dump, "goroutine-dump");
    const document = editor.show(goFile, "go", goText);
    expect(await lensLines(document)).toEqual([3]);
    editor.edit(document, above, "import `fmt`\n");
    changeDump();
    expect(await lensLines(document)).toEqual([4]);
  });

  it("keep following the edits when the dump is only read again, and are asked for anew with a new dump", async () => {
    editor.show(dump, "goroutine-dump");
    changeDump();
    const document = editor.show(goFile, "go", goText);
    expect(await lensLines(document)).toEqual([3]);
    editor.edit(document, above, "import `fmt`\n");
    document.isDirty = false;
    changeDump();
    expect(await lensLines(document)).toEqual([4]);
    const asked = server.asked.length;
    server.send("goroutineDump/dumpChanged", { uri: "file:///w/new.dump" });
    await lensLines(document);
    expect(server.asked.slice(asked).map(({ method }) => method)).toContain("goroutineDump/sourcePlaces");
  });

  it("can be switched off", async () => {
    editor.show(dump, "goroutine-dump");
    const document = editor.show(goFile, "go", goText);
    editor.configure("goroutineDump.sourceLens", false);
    expect(await lensLines(document)).toEqual([]);
  });
});

describe("the findings of a dump in the Go source", () => {
  it("are problems of the line they blame, with a way to the dump, until the dump closes", async () => {
    const opened = editor.show(dump, "goroutine-dump");
    changeDump();
    await eventually(() => expect(shown()).toEqual(["3: 12 goroutines wait here."]));
    expect(editor.diagnostics.get(goFile)?.[0]).toMatchObject({
      severity: 1,
      source: "goroutine-dump",
      code: { value: "leak" },
      relatedInformation: [{ message: "in the goroutine dump", location: { range: { start: { line: 4 } } } }],
    });
    editor.close(opened);
    expect(shown()).toBeUndefined();
  });

  it("follow edits, and are gone when their line is edited", async () => {
    editor.show(dump, "goroutine-dump");
    const document = editor.show(goFile, "go", goText);
    changeDump();
    await eventually(() => expect(shown()).toHaveLength(1));
    editor.edit(document, above, "import `fmt`\n");
    expect(shown()).toEqual(["4: 12 goroutines wait here."]);
    editor.edit(document, new Range(4, 1, 4, 3), "other");
    expect(shown()).toBeUndefined();
  });

  it("keep following the edits when the dump is only read again", async () => {
    editor.show(dump, "goroutine-dump");
    const document = editor.show(goFile, "go", goText);
    changeDump();
    await eventually(() => expect(shown()).toHaveLength(1));
    editor.edit(document, above, "import `fmt`\n");
    const asked = server.asked.length;
    changeDump();
    await eventually(() => expect(server.asked.length).toBeGreaterThan(asked));
    expect(shown()).toEqual(["4: 12 goroutines wait here."]);
  });

  it("are shown from the certainty on that the setting names", async () => {
    editor.show(dump, "goroutine-dump");
    changeDump();
    await eventually(() => expect(shown()).toHaveLength(1));
    editor.configure("goroutineDump.diagnosticsAtSource", "proven");
    expect(shown()).toBeUndefined();
    editor.configure("goroutineDump.diagnosticsAtSource", "suspect");
    expect(shown()).toHaveLength(1);
  });
});

describe("the other end", () => {
  const run = (): unknown => editor.commands.get("goroutineDump.findOtherEnd")?.(treeNode("g", { place: header }));
  const operand = { text: "s.ch", does: "sends to", place: { uri: goFile, range: header.range } };

  it("is a list of the uses that the editor finds, with who stands there", async () => {
    editor.show(dump, "goroutine-dump");
    server.answers.set("goroutineDump/blockedOn", () => ({ kind: "found", operands: [operand] }));
    server.answers.set("goroutineDump/describeUses", () => ({
      uses: [
        { place: operand.place, does: "sends to", lineText: "s.ch <- 1", count: 12, standing: place.title },
        { place: operand.place, does: "closes", lineText: "close(s.ch)", count: 0, standing: "" },
      ],
    }));
    editor.references = [new Location(Uri.parse(goFile), new Range(4, 0, 4, 9))];
    editor.answer = ({ choices }) => choices[1];
    await run();
    expect(editor.asked[0]).toMatchObject({
      text: "Uses of s.ch: a goroutine sends to it",
      choices: [
        { label: "s.ch <- 1", description: "sends to · w/main.go:5", detail: place.title },
        { label: "close(s.ch)" },
        {},
        {},
      ],
    });
    expect(editor.opened.at(-1)).toEqual({ uri: goFile, line: 4 });
  });

  it("is searched as text where nothing knows Go, and the user is told what that means", async () => {
    const searched: unknown[] = [];
    editor.commands.set("workbench.action.findInFiles", (query) => searched.push(query));
    server.answers.set("goroutineDump/blockedOn", () => ({ kind: "found", operands: [operand] }));
    editor.references = [];
    editor.answer = ({ choices }) => choices[0];
    await run();
    expect(editor.asked[0]?.text).toContain("install the Go extension");
    expect(searched).toMatchObject([{ query: "ch", matchWholeWord: true, filesToInclude: "*.go" }]);
  });

  it("is explained where there is nothing to look for", async () => {
    server.answers.set("goroutineDump/blockedOn", () => ({ kind: "none", reason: "No goroutine stands here." }));
    await run();
    expect(editor.asked.map(({ text }) => text)).toEqual(["No goroutine stands here."]);
  });
});
