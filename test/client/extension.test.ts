import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExtensionContext } from "vscode";
import { activateExtension } from "../../client/src/extension.ts";
import type { FrameResolution, Summary, TreeNode, TreeParams } from "../../server/src/protocol/index.ts";
import { eventually } from "../support/eventually.ts";
import { fakeClient, type FakeClient } from "../support/fakeClient.ts";
import { fakeContext } from "../support/fakeContext.ts";
import { editor, state, TabInputText, Uri, window, workspace } from "../support/vscode/index.ts";
import { treeNode } from "../support/treeNodes.ts";

const dump = "file:///w/okx.dump";
const frame = { function: "main.run", file: "/build/x/main.go", line: 12 };
const start = { line: 4, character: 0 };
const group = treeNode("g", { label: "12 × main.run", hasChildren: true, activity: "blocked" });
const frameNode = treeNode("f", { kind: "frame", frame, place: { uri: dump, range: { start, end: start } } });
const summary: Summary = {
  dumps: 1,
  goroutines: 12,
  groups: 7,
  findings: { proven: 0, strong: 1, suspect: 0 },
  worst: null,
  coverage: null,
  isDump: true,
};

let server: FakeClient;
let context: ExtensionContext;

beforeEach(() => {
  editor.reset();
  server = fakeClient();
  server.answers.set("goroutineDump/tree", ({ parent }: TreeParams) => ({
    nodes: parent === null ? [group] : [frameNode],
    message: null,
  }));
  server.answers.set("goroutineDump/summary", () => summary);
  context = fakeContext();
});

afterEach(() => {
  for (const each of context.subscriptions.splice(0)) {
    each.dispose();
  }
});

const activate = (): void => void activateExtension(context, () => server.client);
const run = (command: string, ...args: unknown[]): unknown =>
  editor.commands.get(`goroutineDump.${command}`)?.(...args);
const top = (): Promise<unknown[]> => editor.tree?.provider.getChildren() ?? Promise.resolve([]);
const trees = (): TreeParams[] =>
  server.asked.filter(({ method }) => method === "goroutineDump/tree").map(({ params }) => params as TreeParams);

const resolveTo = (resolution: FrameResolution): void => {
  server.answers.set("goroutineDump/resolveFrame", () => resolution);
};
const resolutions = () => server.asked.filter(({ method }) => method.endsWith("resolveFrame"));

describe("the server", () => {
  it("is not started for plain text that is no dump, and is started with the first dump", async () => {
    editor.show("file:///w/notes.txt", "plaintext", "no dump");
    activate();
    expect(server.running).toBe(false);

    editor.show(dump, "goroutine-dump");
    expect(server.running).toBe(true);
  });

  it("reads files through the editor, within its limit and only where it may", async () => {
    activate();
    editor.files.set("file:///w/main.go", new TextEncoder().encode("package main"));

    expect(await server.send("goroutineDump/files/stat", { uri: "file:///w/main.go" })).toEqual({
      kind: "file",
      size: 12,
      mtime: 7,
    });
    expect(await server.send("goroutineDump/files/readFile", { uri: "file:///w/main.go" })).toEqual({
      base64: Buffer.from("package main").toString("base64"),
    });
    expect(await server.send("goroutineDump/files/readFile", { uri: "file:///w/main.go", maxBytes: 11 })).toBeNull();
    expect(await server.send("goroutineDump/files/stat", { uri: "file:///w/absent.go" })).toBeNull();
    expect(await server.send("goroutineDump/files/stat", { uri: "file://host/share/main.go" })).toBeNull();
    expect(await server.send("goroutineDump/files/readDirectory", { uri: "file:///w" })).toEqual([["link", "other"]]);
  });

  it("gets pieces of a file that the user opens, as long as it is read, and of no other", async () => {
    activate();
    const uri = "memfs://host/large.dump.gz";
    editor.files.set(uri, new TextEncoder().encode("0123456789"));
    const read = (file: string, offset: number, length: number) =>
      server.send("goroutineDump/files/readChunk", { uri: file, offset, length });
    const answers: unknown[] = [];
    server.answers.set("goroutineDump/condenseFile", async () => {
      for (const offset of [0, 6, 12]) answers.push(await read(uri, offset, 6));
      answers.push(await read("memfs://host/other.gz", 0, 6));
      return { kind: "cancelled" };
    });
    await run("openAs", Uri.parse(uri));

    const pieces = ["012345", "6789", ""].map((text) => Buffer.from(text).toString("base64"));
    const refused = { kind: "refused", reason: expect.anything() };
    expect(answers).toEqual([...pieces.map((base64) => ({ kind: "chunk", base64, total: 10 })), refused]);
    expect(await read(uri, 0, 6)).toEqual(refused);
  });
});

describe("the tree", () => {
  it("shows the groups of the active dump, and stays with it while a source is looked at", async () => {
    activate();
    expect(editor.context.get("goroutineDump.hasDump")).toBe(false);
    expect(await top()).toEqual([]);

    editor.show(dump, "goroutine-dump");
    expect(await top()).toEqual([group]);
    editor.show("file:///w/main.go", "go");

    expect(editor.context.get("goroutineDump.hasDump")).toBe(true);
    expect(editor.tree?.description).toBe("okx.dump");
    expect(await top()).toEqual([group]);
  });

  it("is empty again when the dump was closed", async () => {
    activate();
    const document = editor.show(dump, "goroutine-dump");
    editor.close(document);

    expect(editor.context.get("goroutineDump.hasDump")).toBe(false);
    expect(await top()).toEqual([]);
  });

  it("drops an answer that comes after another dump was opened", async () => {
    activate();
    editor.show(dump, "goroutine-dump");
    const late = top();
    editor.show("file:///w/other.dump", "goroutine-dump");

    expect(await late).toEqual([]);
    expect(trees().map(({ uri }) => uri)).toEqual([dump]);
  });

  it("asks anew when the server has parsed the dump anew, and not for another document", async () => {
    activate();
    editor.show(dump, "goroutine-dump");
    const changed = vi.fn<() => void>();
    editor.tree?.provider.onDidChangeTreeData(changed);

    server.send("goroutineDump/dumpChanged", { uri: "file:///w/other.dump" });
    expect(changed).not.toHaveBeenCalled();
    server.send("goroutineDump/dumpChanged", { uri: dump });
    expect(changed).toHaveBeenCalledOnce();
  });

  it("asks with the filter, the grouping and the order the user chose, and remembers them", async () => {
    activate();
    editor.show(dump, "goroutine-dump");
    await run("filter");
    editor.box.type(" chan send ");
    editor.box.accept(0);
    editor.answer = ({ text: title, choices }) => choices[title.startsWith("Group") ? 6 : 2];
    await run("groupBy");
    await run("sortBy");
    await top();

    const shape = { uri: dump, parent: null, groupBy: "state", sortBy: "wait", filter: "chan send" };
    expect(trees().at(-1)).toEqual(shape);
    expect(editor.context.get("goroutineDump.filtered")).toBe(true);
    expect(editor.tree?.message).toBe("Filter: chan send");
    expect(editor.asked.at(-1)?.choices[0]).toMatchObject({ label: "$(check) Interest" });

    await run("groupBy", "tree");
    await top();
    expect(trees().at(-1)).toMatchObject({ groupBy: "tree" });

    await run("clearFilter");
    expect(editor.context.get("goroutineDump.filtered")).toBe(false);
    await run("filter");
    expect(editor.box.labels).toContain("chan send");
  });

  it("takes Enter for what was typed as long as its rows have not come", async () => {
    activate();
    editor.show(dump, "goroutine-dump");
    server.answers.set("goroutineDump/filterHelp", () => new Promise(() => {}));
    await run("filter");
    editor.box.items = [{ row: { kind: "completion", filter: "state:" }, label: "state:" } as never];

    editor.box.type("chan send");
    editor.box.accept(0);
    await eventually(() => expect(editor.context.get("goroutineDump.filtered")).toBe(true));
    await top();
    expect(trees().at(-1)?.filter).toBe("chan send");
  });

  it("completes a filter, says what is wrong with it, and does not take what is wrong", async () => {
    activate();
    editor.show(dump, "goroutine-dump");
    server.answers.set("goroutineDump/filterHelp", ({ filter }: { filter: string }) => ({
      fault: filter === "wait:x" ? "wants a number" : null,
      shown: { goroutines: 3, of: 12 },
      completions: filter === "sta" ? [{ start: 0, text: "state:", meaning: "what it waits for" }] : [],
    }));
    await run("filter");
    editor.box.type("sta");
    await vi.waitFor(() => expect(editor.box.labels).toEqual(["$(filter) Show 3 of 12 goroutines", "state:"]));
    editor.box.accept(1);
    expect(editor.box.value).toBe("state:");

    editor.box.type("wait:x");
    await vi.waitFor(() => expect(editor.box.labels).toEqual(["$(error) wants a number"]));
    editor.box.accept(0);
    expect(editor.context.get("goroutineDump.filtered")).toBe(false);
  });

  it("says what the server says about a dump without goroutines", async () => {
    activate();
    server.answers.set("goroutineDump/tree", () => ({ nodes: [], message: "No goroutines here." }));
    editor.show(dump, "goroutine-dump");
    await top();

    expect(editor.tree?.message).toBe("No goroutines here.");
  });

  it("shows plain text only, and opens the source on a click", () => {
    activate();
    const node = { ...frameNode, label: "$(x) <b>", tooltip: "[a](command:b)", dimmed: true };
    const item = editor.tree?.provider.getTreeItem(node);

    expect(item).toMatchObject({ label: "$(x) <b>", tooltip: "[a](command:b)", contextValue: "frame.source.place" });
    expect(item?.["command"]).toMatchObject({
      command: "goroutineDump.openSource",
      arguments: [node, { keepFocus: true }],
    });
    expect(String(item?.["resourceUri"])).toBe("goroutine-dump-tree:/dimmed");
  });

  it("selects the goroutine at the cursor while the user moves in the dump", async () => {
    activate();
    server.answers.set("goroutineDump/nodePath", () => ({ path: [group, frameNode] }));
    const document = editor.show(dump, "goroutine-dump");
    await eventually(() => expect(editor.tree?.revealed).toHaveLength(1));

    editor.focus(document, 9);
    await eventually(() => expect(editor.tree?.revealed).toHaveLength(2));
    expect(editor.tree?.revealed[1]).toEqual(frameNode);
  });

  it("does not follow the cursor when the user does not want it, or does not see the tree", async () => {
    activate();
    editor.settings.set("goroutineDump.tree.followCursor", false);
    const document = editor.show(dump, "goroutine-dump");
    editor.settings.clear();
    Object.assign(editor.tree ?? {}, { visible: false });
    editor.focus(document, 3);

    expect(server.asked.filter(({ method }) => method === "goroutineDump/nodePath")).toEqual([]);
  });
});

const viewCalls = (): unknown[] => {
  const calls: unknown[] = [];
  editor.commands.set("goroutineDump.goroutines.focus", (options) => calls.push(options));
  return calls;
};

describe("the first dump of a workspace", () => {
  it("brings the view to the front, once, and leaves the focus in the editor", async () => {
    const calls = viewCalls();
    activate();
    Object.assign(editor.tree ?? {}, { visible: false });
    editor.show(dump, "goroutine-dump");
    await eventually(() => expect(calls).toEqual([{ preserveFocus: true }]));

    editor.show("file:///w/other.dump", "goroutine-dump");
    await top();
    expect(calls).toHaveLength(1);
  });

  it("brings nothing to the front where the user does not want it", async () => {
    const calls = viewCalls();
    editor.settings.set("goroutineDump.tree.openAtFirstDump", false);
    activate();
    Object.assign(editor.tree ?? {}, { visible: false });
    editor.show(dump, "goroutine-dump");
    await top();

    expect(calls).toEqual([]);
  });
});

describe("findings", () => {
  const heading = treeNode("p", { kind: "findings", hasChildren: true });
  const finding = treeNode("P", { kind: "finding", rule: "leak" });

  beforeEach(() => {
    activate();
    editor.show(dump, "goroutine-dump");
    const place = { uri: dump, range: { start, end: start } };
    server.answers.set("goroutineDump/findingAt", () => ({ place, path: [heading, finding] }));
  });

  it("are gone through by key, in the dump and in the tree", async () => {
    await run("nextFinding");

    expect(server.asked.find(({ method }) => method === "goroutineDump/findingAt")?.params).toEqual({
      uri: dump,
      position: { line: 0, character: 0 },
      direction: "next",
      groupBy: "stack",
      sortBy: "interest",
      filter: "",
    });
    expect(editor.opened).toEqual([{ uri: dump, line: 4 }]);
    expect(editor.tree?.revealed.at(-1)).toEqual(finding);
  });

  it("are shown in the tree from the lens above the first line", async () => {
    await run("revealFinding", { uri: dump, range: { start, end: start } });

    expect(editor.opened).toEqual([]);
    expect(editor.tree?.revealed.at(-1)).toEqual(finding);
  });

  it("lead to their rule's page, which comes with the extension", async () => {
    const shown: string[] = [];
    editor.commands.set("markdown.showPreview", (uri) => shown.push(String(uri)));
    editor.files.set("file:///extension/docs/rules/leak.md", new Uint8Array());
    await run("openRulePage", "leak");
    await run("openRulePage", "../leak");

    expect(shown).toEqual(["file:///extension/docs/rules/leak.md"]);
  });
});

describe("a click on a frame", () => {
  beforeEach(() => {
    activate();
    editor.show(dump, "goroutine-dump");
  });

  it("opens the source at the line, and pins a dump in a preview tab, which the source would replace", async () => {
    window.tabGroups.all.push({
      activeTab: { isPreview: true, input: new TabInputText(Uri.parse(dump)) },
      viewColumn: 1,
    });
    const line11 = { line: 11, character: 0 };
    const place = { uri: "file:///w/main.go", range: { start: line11, end: line11 } };
    resolveTo({
      kind: "found",
      place,
      how: "path inside the workspace",
      warning: null,
      isOtherVersion: false,
      get: null,
    });
    await run("openSource", frameNode);

    expect(editor.opened).toEqual([
      { uri: dump, line: undefined },
      { uri: "file:///w/main.go", line: 11 },
    ]);
  });

  it("asks which of several files it is, and remembers the answer", async () => {
    const candidates = [
      { uri: "file:///w/a/main.go", line: 12, why: "same end of path" },
      { uri: "file:///w/b/main.go", line: 12, why: "same end of path" },
    ];
    resolveTo({ kind: "ambiguous", candidates });
    editor.answer = ({ choices }) => choices[1];
    await run("openSource", frameNode);

    expect(editor.opened).toEqual([{ uri: "file:///w/b/main.go", line: 11 }]);
    expect(server.asked.at(-1)).toEqual({
      method: "goroutineDump/chooseSource",
      params: { file: frame.file, chosen: "file:///w/b/main.go" },
    });
    expect(context.workspaceState.get("chosenSources", {})).toEqual({ [frame.file]: "file:///w/b/main.go" });
  });

  it("says what was tried, and makes a mapping from the file the user shows", async () => {
    state.workspaceFolders = [{ name: "w", uri: Uri.parse("file:///w") }];
    editor.settings.set("goroutineDump.sourceMap", [{ from: "/old", to: "/new" }]);
    resolveTo({ kind: "notFound", tried: ["/w/x/main.go", "/go/pkg/mod"], get: null });
    editor.answer = ({ kind, choices }) => (kind === "open" ? [Uri.parse("file:///w/src/x/main.go")] : choices[0]);
    await run("openSource", frameNode);

    expect(editor.asked[0]).toEqual({
      kind: "warning",
      text: "main.go was not found on this machine. The log says where it was looked for.",
      choices: ["Find File...", "Map Folder..."],
    });
    expect(editor.written).toEqual([
      {
        key: "goroutineDump.sourceMap",
        value: [
          { from: "/build", to: "${workspaceFolder}/src" },
          { from: "/old", to: "/new" },
        ],
        target: 2,
      },
    ]);
    expect(editor.opened).toEqual([{ uri: "file:///w/src/x/main.go", line: 11 }]);
  });

  const notHere = { kind: "notFound", tried: [], get: "go mod download a.com/b@v1.0.0" } as const;

  it.each([
    ["typed into a terminal, which the user starts", { isTrusted: true, uiKind: 1 }, "Get It in the Terminal"],
    ["copied where nobody vouches for the workspace", { isTrusted: false, uiKind: 1 }, "Copy Command"],
    ["copied on the web, which has no terminal", { isTrusted: true, uiKind: 2 }, "Copy Command"],
  ])("has the command that brings a missing file %s", async (_, where, label) => {
    Object.assign(state, where);
    resolveTo(notHere);
    editor.answer = ({ choices }) => choices[2];
    await run("openSource", frameNode);

    expect(editor.asked[0]).toEqual({
      kind: "warning",
      text: `main.go was not found on this machine. The log says where it was looked for. To get it: ${notHere.get}`,
      choices: ["Find File...", "Map Folder...", label],
    });
    const isTyped = label.startsWith("Get");
    expect(editor.typed).toEqual(isTyped ? [{ text: notHere.get, isRun: false }] : []);
    expect(editor.clipboard).toBe(isTyped ? "" : notHere.get);
  });

  describe("is looked for again", () => {
    const params = { uri: dump, frame };

    it("before it is said to be missing, and opened where it has come in the meantime", async () => {
      const place = { uri: "file:///w/main.go", range: { start, end: start } };
      const found = { kind: "found", place, how: "", warning: null, isOtherVersion: false, get: null };
      server.answers.set("goroutineDump/resolveFrame", ({ anew }: { anew?: boolean }) => (anew ? found : notHere));
      await run("openSource", frameNode);
      expect(resolutions().map((one) => one.params)).toEqual([params, { ...params, anew: true }]);
      expect(editor.asked).toEqual([]);
      expect(editor.opened.map(({ uri }) => uri)).toEqual([place.uri]);
    });

    it("in the version that the user may have fetched since, and for nothing else that was found", async () => {
      const place = { uri: "file:///go/src/main.go", range: { start, end: start } };
      const get = "go mod download a.com/b@v2.0.0";
      resolveTo({ kind: "found", place, how: "", warning: "Another one.", isOtherVersion: true, get });
      await run("openSource", frameNode);
      editor.answer = ({ choices }) => choices[0];
      resolveTo({ kind: "found", place, how: "", warning: "Yet another one.", isOtherVersion: true, get });
      await run("openSource", frameNode);
      await eventually(() => expect(editor.typed).toEqual([{ text: get, isRun: false }]));
      await run("openSource", frameNode);
      expect(resolutions().map((one) => one.params)).toEqual([params, params, params, { ...params, anew: true }]);
    });

    it("not where the dump names no file", async () => {
      resolveTo({ ...notHere, get: null });
      await run("openSource", { ...frameNode, frame: { ...frame, file: null } });
      expect(resolutions()).toHaveLength(1);
    });
  });

  it("says once, for all its files, that a version is another one, and how to get the right one", async () => {
    const warning = "The program was built with Go 1.22.3; here is Go 1.19.8.";
    const get = "go run golang.org/dl/go1.22.3@latest download";
    const open = async (file: string) => {
      const place = { uri: `file:///go/src/${file}`, range: { start, end: start } };
      resolveTo({ kind: "found", place, how: "GOROOT", warning, isOtherVersion: true, get });
      await run("openSource", frameNode);
    };
    editor.answer = ({ choices }) => choices[0];
    await open("runtime/proc.go");
    await open("net/http/server.go");

    expect(editor.asked).toEqual([
      { kind: "warning", text: `${warning} To get the right one: ${get}`, choices: ["Get It in the Terminal"] },
    ]);
    await eventually(() => expect(editor.typed).toEqual([{ text: get, isRun: false }]));
  });

  it("says it too of a Go file that was come to in another way", async () => {
    const warning = "The program was built with a.com/b@v1.0.0; here is a.com/b@v1.1.0.";
    server.answers.set("goroutineDump/sourceVersion", () => ({ warning, get: null }));
    editor.focus(editor.show("file:///cache/a.com/b@v1.1.0/b.go", "go"));
    await eventually(() => expect(editor.asked).toEqual([{ kind: "warning", text: warning, choices: [] }]));
    const sourceUri = Uri.parse("file:///cache/a.com/b@v1.1.0/b.go").toString();
    expect(server.asked).toContainEqual({ method: "goroutineDump/sourceVersion", params: { uri: dump, sourceUri } });
  });

  it("writes no mapping from a file of another name", async () => {
    resolveTo({ kind: "notFound", tried: [], get: null });
    editor.answer = ({ kind, choices }) => (kind === "open" ? [Uri.parse("file:///w/other.go")] : choices[0]);
    await run("openSource", frameNode);

    expect(editor.written).toEqual([]);
    expect(editor.opened).toEqual([]);
  });

  it("says why a generated file cannot be opened", async () => {
    resolveTo({ kind: "generated", reason: "The compiler made this function." });
    await run("openSource", frameNode);

    expect(editor.asked).toEqual([{ kind: "information", text: "The compiler made this function.", choices: [] }]);
  });

  it("is not opened any more when another place was gone to in the meantime", async () => {
    activate();
    editor.show(dump, "goroutine-dump");
    let answer: ((resolution: FrameResolution) => void) | undefined;
    server.answers.set("goroutineDump/resolveFrame", () => new Promise<FrameResolution>((done) => (answer = done)));

    const slow = run("openSource", frameNode);
    await eventually(() => expect(server.asked.some(({ method }) => method.endsWith("resolveFrame"))).toBe(true));
    await run("openInDump", frameNode);
    const place = { uri: "file:///w/late.go", range: { start, end: start } };
    answer?.({
      kind: "found",
      place,
      how: "path inside the workspace",
      warning: null,
      isOtherVersion: false,
      get: null,
    });
    await slow;

    expect(editor.opened.map(({ uri }) => uri)).toEqual([dump]);
  });

  it("shows a failure of the server, since the user started it", async () => {
    server.answers.set("goroutineDump/resolveFrame", () => {
      throw new Error("the server is gone");
    });
    await run("openSource", frameNode);

    expect(editor.asked[0]).toMatchObject({ kind: "error", text: "the server is gone" });
  });
});

describe("a dump without a telling name", () => {
  const text = "panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n";

  it("is offered in plain text, once, and shown as a dump on yes", async () => {
    activate();
    editor.answer = ({ choices }) => choices[0];
    const document = editor.show("untitled:Untitled-1", "plaintext", text);
    await eventually(() => expect(document.languageId).toBe("goroutine-dump"));
    document.languageId = "plaintext";
    editor.focus(document);

    expect(editor.asked).toHaveLength(1);
  });

  it("is offered when it is pasted", () => {
    activate();
    const document = editor.show("untitled:Untitled-1", "plaintext", "");
    document.lines.push("goroutine 1 [running]:");
    editor.paste(document, "g");
    expect(editor.asked).toHaveLength(0);

    editor.paste(document, text);
    expect(editor.asked).toHaveLength(1);
  });

  it("is not offered again in a workspace where the user never wants it", async () => {
    state.workspaceFolders = [{ name: "w", uri: Uri.parse("file:///w") }];
    activate();
    editor.answer = ({ choices }) => choices[2];
    editor.show("file:///w/a.log", "log", text);
    await eventually(() => expect(editor.written).toHaveLength(1));
    expect(editor.written[0]).toEqual({ key: "goroutineDump.offerLanguage", value: false, target: 2 });

    editor.settings.set("goroutineDump.offerLanguage", false);
    editor.show("file:///w/b.log", "log", text);
    expect(editor.asked).toHaveLength(1);
  });

  it("is left alone in other languages, in output channels, and when the text holds none", () => {
    activate();
    editor.show("file:///w/a.go", "go", text);
    editor.show("output:extension-output", "log", text);
    editor.show("file:///w/a.txt", "plaintext", "hello");

    expect(editor.asked).toEqual([]);
  });

  it("is opened from the clipboard, whatever its text", async () => {
    activate();
    editor.clipboard = text;
    await run("openClipboard");
    expect(workspace.textDocuments[0]?.languageId).toBe("goroutine-dump");

    editor.clipboard = " \n";
    await run("openClipboard");
    expect(editor.asked[0]?.text).toContain("holds no text");
  });

  it("comes with the extension as a sample that cannot be changed", async () => {
    activate();
    editor.files.set("file:///extension/samples/deadlock.goroutines", new TextEncoder().encode(text));
    await run("openSample");

    expect(editor.opened.map(({ uri }) => uri)).toEqual(["goroutine-dump-sample:/sample.goroutines"]);
    expect(await editor.documents.get("goroutine-dump-sample")?.()).toBe(text);
  });

  it("is opened from a file of any name", async () => {
    activate();
    editor.answer = () => [Uri.parse("file:///w/crash")];
    await run("openFile");

    expect(workspace.textDocuments.map(({ uri, languageId }) => [uri.toString(), languageId])).toEqual([
      ["file:///w/crash", "goroutine-dump"],
    ]);
  });
});

describe("the rest", () => {
  it("shows the totals in the status bar as long as there is a dump", async () => {
    activate();
    const document = editor.show(dump, "goroutine-dump");
    await eventually(() => expect(editor.statusBar).toMatchObject({ text: "$(warning) 12 goroutines, 1 finding" }));
    expect(editor.statusBar.visible).toBe(true);

    editor.close(document);
    await eventually(() => expect(editor.statusBar.visible).toBe(false));
  });

  it("goes to the next goroutine of the group", async () => {
    activate();
    server.answers.set("goroutineDump/sibling", () => ({ uri: dump, range: { start, end: start } }));
    editor.show(dump, "goroutine-dump");
    await run("nextInGroup");

    expect(server.asked.at(-1)?.params).toEqual({ uri: dump, position: { line: 0, character: 0 }, direction: "next" });
    expect(editor.opened).toEqual([{ uri: dump, line: 4 }]);
  });

  it("copies the text of a node of the tree, and of the goroutine at the cursor", async () => {
    activate();
    server.answers.set("goroutineDump/nodePath", () => ({ path: [group] }));
    server.answers.set("goroutineDump/nodeText", ({ id }: { id: string }) => ({ text: `text of ${id}` }));
    editor.show(dump, "goroutine-dump");

    await run("copyStack", frameNode);
    expect(editor.clipboard).toBe("text of f");
    await run("copyStack");
    expect(editor.clipboard).toBe("text of g");
  });

  it("copies all that is selected, as Markdown too, and saves it as a dump that is not the dump itself", async () => {
    activate();
    server.answers.set("goroutineDump/nodeText", ({ id, format }: { id: string; format: string }) => ({
      text: `${format} of ${id}`,
    }));
    editor.show(dump, "goroutine-dump");
    await run("copyAsMarkdown", group, [group, frameNode]);
    expect(editor.clipboard).toBe("markdown of g\n\nmarkdown of f");
    await run("copyStack", frameNode, [group]);
    expect(editor.clipboard).toBe("text of f");

    editor.answer = () => Uri.parse("file:///w/part.goroutines");
    await run("saveAsDump", group, [group, frameNode]);
    expect(new TextDecoder().decode(editor.files.get("file:///w/part.goroutines"))).toBe("dump of g\ndump of f");
    editor.answer = () => Uri.parse(dump);
    await run("saveAsDump", group);
    expect(editor.files.has(dump)).toBe(false);
  });

  it("copies nothing where there is no stack", async () => {
    activate();
    editor.clipboard = "kept";
    await run("copyStack", treeNode("h", { kind: "notes" }) satisfies TreeNode);

    expect(editor.clipboard).toBe("kept");
    expect(editor.asked[0]?.text).toBe("There is no stack to copy here.");
  });
});
