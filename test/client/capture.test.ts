import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExtensionContext } from "vscode";
import { activateExtension } from "../../client/src/extension.ts";
import type { CompareParams } from "../../server/src/protocol/index.ts";
import { eventually } from "../support/eventually.ts";
import { comparison } from "../support/comparison.ts";
import { fakeClient, type FakeClient } from "../support/fakeClient.ts";
import { fakeContext } from "../support/fakeContext.ts";
import { CancellationError, editor, state, Uri, workspace } from "../support/vscode/index.ts";

const dump = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:4 +0x1d\n";
let server: FakeClient;
let context: ExtensionContext;
/** What the program answers, by path and query. */
let answer: (url: string, headers: Readonly<Record<string, string>>) => Response;
const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: Date.UTC(2026, 10, 21, 5, 0, 0) });
  editor.reset();
  asked.length = 0;
  answer = () => new Response(dump);
  vi.stubGlobal("fetch", async (url: string, { headers }: { headers: Record<string, string> }) => {
    asked.push(url);
    return answer(url, headers);
  });
  server = fakeClient();
  server.answers.set("goroutineDump/compare", () => comparison);
  context = fakeContext();
  state.workspaceFolders = [{ name: "w", uri: Uri.parse("file:///w") }];
  activateExtension(context, () => server.client);
});

afterEach(() => {
  for (const each of context.subscriptions.splice(0)) {
    each.dispose();
  }
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const run = (command: string, ...args: unknown[]): Promise<unknown> =>
  Promise.resolve(editor.commands.get(`goroutineDump.${command}`)?.(...args));
const saved = (): string[] => [...editor.files.keys()];
const compared = (): CompareParams[] =>
  server.asked
    .filter(({ method }) => method === "goroutineDump/compare")
    .map(({ params }) => {
      const { workDoneToken: _, ...rest } = params as CompareParams;
      return rest;
    });

/** Answers the questions for address and interval: the address is typed, and the last row chosen. */
function choose(url: string, interval: string, otherwise: (text: string) => unknown = () => undefined): void {
  editor.boxShown = () => {
    editor.box.type(url);
    editor.box.accept(editor.box.items.length - 1);
  };
  editor.answer = ({ text, choices }) => {
    if (text === "Capture Goroutine Dump from URL") {
      return choices.length === 0 ? url : choices.at(-1);
    }
    if (text === "How often?") {
      return choices.find((choice) => (choice as { label: string }).label.startsWith(interval));
    }
    return otherwise(text);
  };
}

/** Types into the box for an address and takes a row; gives the address that is captured from then. */
async function answerBox(text: string, row: (labels: readonly string[]) => number): Promise<string | undefined> {
  const before = asked.length;
  choose(text, "Once");
  editor.boxShown = () => {
    editor.box.type(text);
    editor.box.accept(row(editor.box.labels));
  };
  await run("captureUrl");
  return asked.slice(before)[0]?.replace("/debug/pprof/goroutine?debug=2", "");
}

describe("a single capture", () => {
  it("is saved under the time in the workspace, and opened", async () => {
    choose("localhost:6060", "Once");
    await run("captureUrl");

    expect(asked).toEqual(["http://localhost:6060/debug/pprof/goroutine?debug=2"]);
    expect(saved()).toEqual(["file:///w/goroutine-dumps/goroutine-localhost-6060-2026-11-21T05-00-00Z.dump"]);
    expect(editor.opened.map(({ uri }) => uri)).toEqual(saved().map((uri) => uri.replaceAll(":60", "%3A60")));
  });

  it("never takes the place of another", async () => {
    choose("localhost:6060", "Once");
    await run("captureUrl");
    await run("captureUrl");

    expect(saved()).toHaveLength(2);
  });

  it("brings the labels and Go's leak profile along when that is wanted", async () => {
    editor.settings.set("goroutineDump.capture.labels", true);
    editor.settings.set("goroutineDump.capture.leakProfile", true);
    choose("h", "Once");
    await run("captureUrl");

    expect(asked.map((url) => url.split("/").at(-1))).toEqual([
      "goroutine?debug=2",
      "goroutine?debug=1",
      "goroutineleak?debug=2",
    ]);
  });

  it("that fails is explained, and nothing is saved", async () => {
    answer = () => new Response("no", { status: 404 });
    choose("h", "Once");
    await run("captureUrl");

    expect(editor.asked.at(-1)).toMatchObject({ kind: "error", text: expect.stringContaining("net/http/pprof") });
    expect(saved()).toEqual([]);
  });

  it("of a page for people is no dump", async () => {
    answer = () => new Response("<html>Login</html>");
    choose("h", "Once");
    await run("captureUrl");

    expect(editor.asked.at(-1)?.text).toContain("a web page, not a dump");
    expect(saved()).toEqual([]);
  });
});

describe("the box for an address, below which those of before stand", () => {
  beforeEach(async () => {
    for (const host of ["one:6060", "two:6060"]) {
      choose(host, "Once");
      await run("captureUrl");
    }
  });

  it("takes one of them, the latest first", async () => {
    expect(await answerBox("", () => 0)).toBe("http://two:6060");
    expect(editor.box.labels).toEqual(["http://two:6060/debug/pprof", "http://one:6060/debug/pprof"]);
  });

  it("takes one that is typed, also before its row has come", async () => {
    expect(await answerBox("three:1", (labels) => labels.indexOf("three:1"))).toBe("http://three:1");
    expect(await answerBox("four:1", () => 0)).toBe("http://four:1");
  });

  it("completes one that is typed in part, also before the rows fit", async () => {
    expect(await answerBox("one", (labels) => labels.indexOf("http://two:6060/debug/pprof"))).toBe("http://one:6060");
  });

  it("takes one that is a part of another", async () => {
    expect(await answerBox("one", (labels) => labels.indexOf("one"))).toBe("http://one");
  });

  it("asks again for one that cannot be read, which it says in words", async () => {
    expect(await answerBox("ftp://x", () => 2)).toBeUndefined();
    expect(editor.asked.filter(({ kind }) => kind === "input")).toHaveLength(2);
  });

  it("captures nothing when it is left", async () => {
    editor.boxShown = () => editor.box.leave();
    const before = asked.length;
    await run("captureUrl");
    expect(asked).toHaveLength(before);
  });
});

describe("credentials", () => {
  it("are asked for when the server wants them, kept as a secret, and sent", async () => {
    answer = (_, headers) =>
      headers["Authorization"] === `Basic ${btoa("ann:s3cret")}`
        ? new Response(dump)
        : new Response("", { status: 401 });
    choose("h:1", "Once", (text) => {
      const answers: Readonly<Record<string, string>> = {
        "How does h:1 know you?": "User and Password...",
        "User for h:1": "ann",
        "Password of ann for h:1": "s3cret",
      };
      return text.includes("asks for credentials") ? "Enter Credentials..." : answers[text];
    });
    await run("captureUrl");

    expect(saved()).toHaveLength(1);
    expect([...editor.secrets.keys()]).toEqual(["authorization:h:1"]);
    expect(JSON.stringify([editor.written, asked])).not.toContain("s3cret");
  });

  it("in an address are kept as a secret, and not remembered with it", async () => {
    choose("http://ann:s3cret@h", "Once");
    await run("captureUrl");

    expect(editor.secrets.get("authorization:h")).toBe(`Basic ${btoa("ann:s3cret")}`);
    expect(context.workspaceState.get("captureUrls", [])).toEqual(["http://h/debug/pprof"]);
    expect(asked.join()).not.toContain("s3cret");
  });

  it.each(["http://ann:s3cr@t@h/?token=t0ken", "http://ann:s3cr%40t@h/debug/pprof/?token=t0ken"])(
    "and the query of an address (%s) are sent, and neither shown nor kept outside the secrets",
    async (url) => {
      choose(url, "Once");
      await run("captureUrl");
      answer = () => new Response("no", { status: 500 });
      await run("captureUrl");
      answer = () => new Response("", { status: 302, headers: { location: "https://x/login?token=t0ken" } });
      await run("captureUrl");

      expect(asked[0]).toBe("http://h/debug/pprof/goroutine?debug=2&token=t0ken");
      expect(editor.secrets.get("authorization:h")).toBe(`Basic ${btoa("ann:s3cr@t")}`);
      expect(editor.secrets.get("query:http://h/debug/pprof")).toBe("token=t0ken");
      const kept = [context.workspaceState.get("captureUrls", []), saved(), editor.written];
      const shown = editor.asked.filter(({ kind }) => kind === "error").map(({ text }) => text);
      expect(shown).toHaveLength(2);
      expect(JSON.stringify([kept, shown])).not.toMatch(/s3cr|t0ken|ann/);
    },
  );

  it("of the query go with the address that is chosen again", async () => {
    choose("http://h/?token=t0ken", "Once");
    await run("captureUrl");
    choose("http://h", "Once");
    await run("captureUrl");

    expect(asked.at(-1)).toBe("http://h/debug/pprof/goroutine?debug=2&token=t0ken");
  });

  it("are forgotten on request", async () => {
    choose("http://ann:s3cret@h/?token=t0ken", "Once");
    await run("captureUrl");
    choose("http://h", "Once");
    await run("forgetCredentials");

    expect(editor.secrets.size).toBe(0);
  });
});

describe("a series", () => {
  it("captures at the interval, compares all it has, feeds the chart, and stops", async () => {
    choose("h", "Every 10");
    await run("captureUrl");
    await vi.advanceTimersByTimeAsync(20_000);

    expect(compared().map(({ dumps }) => dumps.length)).toEqual([1, 2, 3]);
    editor.panel?.send({ kind: "ready" });
    expect(editor.panel?.posted.at(-1)).toMatchObject({ title: "Capture of h", isCapturing: true });

    editor.panel?.send({ kind: "stop" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved()).toHaveLength(3);
    expect(editor.panel?.posted.at(-1)).toMatchObject({ isCapturing: false });
    expect(editor.context.get("goroutineDump.capturing")).toBe(false);
  });

  it("that fails in the middle keeps what it has, says why, and goes on when told to", async () => {
    choose("h", "Every 10", (text) => (text.includes("failed with status 503") ? "Try Again" : undefined));
    await run("captureUrl");
    let failures = 1;
    answer = () => (failures-- > 0 ? new Response("", { status: 503 }) : new Response(dump));
    await vi.advanceTimersByTimeAsync(10_000);

    expect(editor.asked.map(({ text }) => text).join()).toContain("failed with status 503");
    expect(compared().at(-1)?.dumps).toHaveLength(2);
    expect(editor.context.get("goroutineDump.capturing")).toBe(true);
  });
});

describe("a series in which something goes wrong", () => {
  it("goes on when the user cancels the comparison of the moment", async () => {
    choose("h", "Every 10");
    await run("captureUrl");
    server.answers.set("goroutineDump/compare", () => Promise.reject(new CancellationError()));
    await vi.advanceTimersByTimeAsync(10_000);
    server.answers.set("goroutineDump/compare", () => comparison);
    await vi.advanceTimersByTimeAsync(10_000);

    expect(editor.context.get("goroutineDump.capturing")).toBe(true);
    expect(compared().at(-1)?.dumps).toHaveLength(3);
    expect(editor.asked.filter(({ kind }) => kind === "error")).toEqual([]);
  });

  it.each([
    ["the comparison fails", () => server.answers.set("goroutineDump/compare", () => Promise.reject(new Error("no")))],
    ["the disk is full", () => vi.spyOn(workspace.fs, "writeFile").mockRejectedValueOnce(new Error("no"))],
  ])("ends and says why when %s", async (_, breakIt) => {
    choose("h", "Every 10");
    await run("captureUrl");
    breakIt();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(editor.context.get("goroutineDump.capturing")).toBe(false);
    expect(editor.asked.filter(({ kind }) => kind === "error").map(({ text }) => text)).toEqual(["no"]);
    const count = asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(count);
  });
});

describe("a Go debug session", () => {
  it("that never answers is given up when the user cancels", async () => {
    state.activeDebugSession = { type: "go", name: "Launch", customRequest: () => new Promise(() => {}) };
    const captured = run("captureDebugSession");
    editor.progress.cancel();
    await captured;

    expect(saved()).toEqual([]);
  });

  it("that answers nonsense adds no line of its own to the dump", async () => {
    state.activeDebugSession = {
      type: "go",
      name: "../../etc/\u001b[31mLaunch",
      customRequest: async (command) =>
        command === "threads"
          ? { threads: [{ id: 1, name: "a" }, { id: 1.5 }, { id: -1 }, { id: "2" }, { id: 2 ** 53 }, null, "x"] }
          : {
              stackFrames: [
                { name: "main.a\n\ngoroutine 7 [running]:\nmain.b", line: 4, source: { path: "/a\ngoroutine 8 [x]:" } },
                { name: "x".repeat(1_000_000), line: 1.5, source: { path: "/a" } },
                { name: 7 },
                null,
              ],
            },
    };
    await run("captureDebugSession");

    const [uri = ""] = saved();
    const text = new TextDecoder().decode(editor.files.get(uri));
    expect(text.split("\n").filter((line) => line.startsWith("goroutine "))).toEqual(["goroutine 1 [waiting]:"]);
    expect(text.length).toBeLessThan(10_000);
    expect(uri).toMatch(/^file:\/\/\/w\/goroutine-dumps\/goroutine-debug-[\w.-]+\.dump$/);
  });

  it("is saved as a dump", async () => {
    state.activeDebugSession = {
      type: "go",
      name: "Launch",
      customRequest: async (command) =>
        command === "threads"
          ? { threads: [{ id: 1, name: "[Go 1] main.main" }] }
          : { stackFrames: [{ name: "main.main", line: 4, source: { path: "/src/main.go" } }] },
    };
    await run("captureDebugSession");

    expect(new TextDecoder().decode(editor.files.get(saved()[0] ?? ""))).toBe(
      "goroutine 1 [waiting]:\nmain.main(...)\n\t/src/main.go:4\n",
    );
  });

  it("is asked for when there is none", async () => {
    await run("captureDebugSession");

    expect(editor.asked.at(-1)?.text).toContain("There is no Go debug session");
  });
});

describe("the panel", () => {
  it("may run its own script and load nothing else", async () => {
    choose("h", "Every 10");
    await run("captureUrl");

    const page = editor.panel?.webview.html ?? "";
    const nonce = /script-src 'nonce-([0-9a-f]{32})'/.exec(page)?.[1];
    expect(page).toContain("default-src 'none'");
    expect(page).toContain(`<script nonce="${nonce}" src="file:///extension/dist/webview/page.js"></script>`);
    expect(page.match(/<script/g)).toHaveLength(1);
  });
});

describe("the terminal", () => {
  it("links frames through the source locator", async () => {
    server.answers.set("goroutineDump/resolveFrame", () => ({
      kind: "found",
      place: {
        uri: "file:///w/main.go",
        range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
      },
      how: "",
      warning: null,
    }));
    const [link] = editor.terminalLinks?.provideTerminalLinks({ line: "\t/build/main.go:4 +0x1d" }) ?? [];
    expect(link).toMatchObject({ startIndex: 1, length: 16 });
    if (link !== undefined) editor.terminalLinks?.handleTerminalLink(link);
    await eventually(() => expect(editor.opened).toEqual([{ uri: "file:///w/main.go", line: 3 }]));
    expect(server.asked.at(-1)?.params).toMatchObject({ frame: { file: "/build/main.go", line: 4 } });
  });

  it("gives its selection as a dump, and the clipboard back", async () => {
    editor.clipboard = "mine";
    editor.commands.set("workbench.action.terminal.copySelection", () => void (editor.clipboard = dump));
    await run("openTerminalSelection");

    expect(editor.clipboard).toBe("mine");
    expect(editor.opened).toEqual([{ uri: "untitled:Untitled-1", line: undefined }]);
  });
});

describe("dumps chosen in the explorer", () => {
  it("are compared in natural order, and moved and left out as the user wants", async () => {
    for (const name of ["t10.dump", "t2.dump"]) {
      editor.files.set(`file:///w/${name}`, new Uint8Array());
    }
    const uris = ["file:///w/t10.dump", "file:///w/t2.dump"].map((uri) => Uri.parse(uri));
    await run("compare", uris[0], uris);
    expect(compared()).toEqual([
      {
        dumps: [
          { uri: "file:///w/t2.dump", index: null },
          { uri: "file:///w/t10.dump", index: null },
        ],
        kind: "series",
        sortByTime: true,
        from: 0,
      },
    ]);

    await run("moveDumpUp", { index: 1 });
    expect(
      compared()
        .at(-1)
        ?.dumps.map(({ uri }) => uri),
    ).toEqual(["file:///w/b.dump", "file:///w/a.dump"]);
    await run("removeDump", { index: 0 });
    expect(compared().at(-1)).toMatchObject({ dumps: [{ uri: "file:///w/b.dump", index: 0 }], sortByTime: false });
  });

  it("show more stacks on request", async () => {
    editor.files.set("file:///w/a.dump", new Uint8Array());
    await run("compareFleet", Uri.parse("file:///w/a.dump"), []);
    await run("showMoreChanges");

    expect(compared().at(-1)).toMatchObject({ kind: "fleet", from: 2 });
  });

  it("are a text too", async () => {
    editor.files.set("file:///w/a.dump", new Uint8Array());
    await run("compare", Uri.parse("file:///w/a.dump"), []);

    expect(editor.documents.get("goroutine-dump-changes")?.()).toContain("Grown: 1");
  });
});
