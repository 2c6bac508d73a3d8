import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

const CLI = resolve("dist/node/cli.js");
const FIXTURES = resolve("test/fixtures");
const LEAK = join(FIXTURES, "corpus/leak/leak-go1.27.debug2.txt");
const OKX = join(FIXTURES, "field/okx-deadlock.dump");
/** Characters of an answer: about 4,000 tokens. */
const ANSWER_LIMIT = 20_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mcp-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Era = "legacy" | "auto";

/** The official client, connected to the server over its standard input and output. */
async function connect(roots: readonly string[] = [FIXTURES], era: Era = "legacy"): Promise<Client> {
  return connectTo([CLI, "mcp", ...roots.flatMap((root) => ["--root", root])], era);
}

async function connectTo(args: string[], era: Era): Promise<Client> {
  const client = new Client(
    { name: "test", version: "1" },
    era === "auto" ? { versionNegotiation: { mode: "auto" } } : {},
  );
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: "pipe" }));
  onTestFinished(() => client.close());
  return client;
}

interface Answer {
  readonly isError: boolean;
  readonly text: string;
  // What a tool answers is plain JSON of a shape of its own.
  readonly value: Record<string, never>;
}

async function call(client: Client, name: string, args: Record<string, unknown>): Promise<Answer> {
  const result = await client.callTool({ name, arguments: args });
  const [content] = result.content as readonly { readonly text?: string }[];
  return {
    isError: result.isError === true,
    text: content?.text ?? "",
    value: result.structuredContent as Record<string, never>,
  };
}

describe("the server for assistants", () => {
  it.each<Era>(["legacy", "auto"])(
    "offers eight tools that only read, and a prompt, to a client of the era %s",
    async (era) => {
      const client = await connect([FIXTURES], era);
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toEqual([
        "summarize_dump",
        "list_findings",
        "list_groups",
        "get_group",
        "get_goroutine",
        "explain_wait",
        "compare_dumps",
        "goroutines_at",
      ]);
      expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
      const { messages } = await client.getPrompt({ name: "diagnose_hang", arguments: { path: OKX } });
      expect(JSON.stringify(messages)).toContain(OKX);
      const { value, text } = await call(client, "summarize_dump", { paths: [OKX] });
      expect(value).toMatchObject({ total: 1, items: [{ goroutines: 12, form: "traceback" }] });
      expect(JSON.parse(text)).toEqual(value);
    },
  );

  it("is in the extension as well, where its bundle takes what it shares with the browser's from there", async () => {
    const client = await connectTo([resolve("dist/node/server.js"), "mcp", FIXTURES], "legacy");
    expect(client.getServerVersion()).toMatchObject({
      name: "goroutine-dump",
      version: expect.stringMatching(/^\d+\./),
    });
    const { value } = await call(client, "list_findings", { path: OKX, minimum_certainty: "strong" });
    expect(value).toMatchObject({ items: [{ rule: "lock-held-while-blocked", root: 45 }] });
  });

  it("takes a relative path from a root as well, and leads out of none", async () => {
    const client = await connect([join(FIXTURES, "field")]);
    const path = "okx-deadlock.dump";
    expect((await call(client, "summarize_dump", { paths: [path] })).value).toMatchObject({
      items: [{ path, goroutines: 12 }],
    });
    const out = await call(client, "summarize_dump", { paths: ["../corpus/leak/leak-go1.27.debug2.txt"] });
    expect(out.text).toContain("is not there, or not below");
  });

  it.skipIf(!existsSync("/proc/self/mem"))("says of a file that the system does not give", async () => {
    const client = await connect(["/proc/self"]);
    const { isError, text } = await call(client, "list_findings", { path: "/proc/self/mem" });
    expect({ isError, text }).toEqual({ isError: true, text: expect.stringMatching(/ cannot be read: i\/o error\.$/) });
  });

  it("leads from the finding to the root of a wait", async () => {
    const client = await connect();
    const found = await call(client, "list_findings", { path: OKX, minimum_certainty: "strong" });
    expect(found.value).toMatchObject({ items: [{ rule: "lock-held-while-blocked", root: 45 }] });
    const wait = await call(client, "explain_wait", { path: OKX, id: 224 });
    expect(wait.value).toMatchObject({ goroutine: 224, roots: [{ goroutine: 45, state: "chan send" }] });
    const one = await call(client, "get_goroutine", { path: OKX, id: 45 });
    expect(one.value).toMatchObject({ id: 45, state: "chan send" });
  });

  it("tells of groups, of one of them, and of a place in the source", async () => {
    const client = await connect();
    const groups = await call(client, "list_groups", { path: LEAK, contains: "Hub" });
    expect(groups.value).toMatchObject({ total: 1, items: [{ count: 400 }] });
    const [{ group }] = groups.value["items"] as unknown as readonly [{ group: number }];
    expect((await call(client, "get_group", { path: LEAK, group })).value).toMatchObject({
      count: 400,
      state: "chan send",
    });
    expect((await call(client, "goroutines_at", { path: LEAK, file: "ws/hub.go", line: 58 })).value).toMatchObject({
      goroutines: 400,
    });
  });

  it("compares dumps", async () => {
    const client = await connect([folder]);
    const paths = [10, 40].map((count) => {
      const file = join(folder, `${count}.txt`);
      const blocks = Array.from(
        { length: count },
        (_, id) => `goroutine ${id + 1} [select]:\nmain.f()\n\t/a.go:3 +0x1\n`,
      );
      writeFileSync(file, blocks.join("\n"));
      return file;
    });
    const { value } = await call(client, "compare_dumps", { paths });
    expect(value).toMatchObject({ items: [{ change: "grown", counts: [10, 40] }] });
  });

  it("keeps every answer small, says the total, and goes on at a cursor", async () => {
    const client = await connect([folder]);
    const file = join(folder, "many.txt");
    const name = "very".repeat(50);
    const block = (id: number): string => `goroutine ${id} [chan send]:\nmain.${name}${id}()\n\t/a.go:${id} +0x1\n`;
    writeFileSync(file, Array.from({ length: 5000 }, (_, id) => block(id + 1)).join("\n"));
    const first = await call(client, "list_groups", { path: file });
    expect(first.text.length).toBeLessThan(ANSWER_LIMIT);
    expect(first.value).toMatchObject({ total: 5000 });
    const next = await call(client, "list_groups", { path: file, cursor: first.value["next_cursor"] });
    const [one, other] = [first, next].map(({ value }) => value["items"] as unknown as readonly { group: number }[]);
    expect(other![0]!.group).toBe(one!.at(-1)!.group + 1);
    for (const [tool, args] of [
      ["summarize_dump", { paths: [file] }],
      ["list_findings", { path: file }],
      ["goroutines_at", { path: file, file: "a.go" }],
    ] as const) {
      expect((await call(client, tool, args)).text.length).toBeLessThan(ANSWER_LIMIT);
    }
  });

  it("reads nothing outside of its folders, also behind a link, and says what to do", async () => {
    const client = await connect([folder]);
    symlinkSync(OKX, join(folder, "link.txt"));
    for (const path of [OKX, join(folder, "link.txt"), join(folder, "../nothing"), "/etc/hostname"]) {
      const { isError, text } = await call(client, "summarize_dump", { paths: [path] });
      expect(isError).toBe(true);
      expect(text).toContain("--root");
    }
  });

  it("tells a mistake as a result that says what to do", async () => {
    const client = await connect();
    expect(await call(client, "get_goroutine", { path: OKX, id: 999 })).toMatchObject({
      isError: true,
      text: expect.stringContaining("no goroutine 999"),
    });
    expect(await call(client, "get_group", { path: OKX, group: "x" })).toMatchObject({
      isError: true,
      text: "group must be a whole number from 0 on.",
    });
    expect((await call(client, "get_group", { path: OKX, group: 999 })).text).toContain("list_groups names");
    expect((await call(client, "list_findings", { path: OKX, dump: 3 })).text).toContain("1 dumps");
  });
});
