import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as vscode from "vscode";
import { expect, it } from "vitest";
import { sharedWindow, type Workbench } from "./support/workbench.ts";
import { copySample } from "./support/workspaces.ts";

/** Characters of an answer: about 4,000 tokens. */
const answerLimit = 20_000;

/** What the typings of the extension's engine lack. */
interface Tools {
  readonly tools: readonly { readonly name: string; readonly inputSchema: unknown }[];
  invokeTool(
    name: string,
    options: { readonly input: unknown; readonly toolInvocationToken: undefined },
  ): Thenable<{ readonly content: readonly { readonly value: string }[] }>;
}

interface Answer {
  readonly text: string;
  readonly failed: boolean;
}

/** Calls a tool of the extension as another extension does for a model. */
async function invoke({ evaluate }: Workbench, name: string, input: object): Promise<Answer> {
  return evaluate(
    async (api: typeof vscode, [tool, given]) => {
      const { lm } = api as unknown as { readonly lm: Tools };
      try {
        const { content } = await lm.invokeTool(`goroutineDump_${tool}`, {
          input: given,
          toolInvocationToken: undefined,
        });
        return { text: content.map(({ value }) => value).join(""), failed: false };
      } catch (error) {
        return { text: String(error), failed: true };
      }
    },
    [name, input] as const,
  );
}

it("answers models in small pieces, of files of the workspace that no editor shows", async () => {
  const window = await sharedWindow();
  const { folder, evaluate } = window;
  copySample(folder);
  const names = await evaluate((api: typeof vscode) => {
    const { lm } = api as unknown as { readonly lm: Tools };
    return lm.tools.filter(({ name }) => name.startsWith("goroutineDump_")).map(({ name }) => name);
  });
  expect(names).toHaveLength(8);

  const path = join(folder, "deadlock.dump");
  const calls: readonly (readonly [tool: string, input: object, answer: object])[] = [
    ["summarize_dump", { paths: [path] }, { total: 1, items: [{ goroutines: 12 }] }],
    [
      "list_findings",
      { path, minimum_certainty: "strong" },
      { items: [{ rule: "lock-held-while-blocked", root: 45 }] },
    ],
    ["list_groups", { path: "deadlock.dump" }, { total: expect.any(Number) }],
    ["get_group", { path, group: 0 }, { group: 0 }],
    ["get_goroutine", { path, id: 45 }, { id: 45, state: "chan send" }],
    ["explain_wait", { path, id: 224 }, { roots: [{ goroutine: 45 }] }],
    ["compare_dumps", { paths: [path, path] }, { total: expect.any(Number) }],
    ["goroutines_at", { path, file: "client.go", line: 199 }, { goroutines: expect.any(Number) }],
  ];
  for (const [tool, input, answer] of calls) {
    const { text, failed } = await invoke(window, tool, input);
    process.stdout.write(`${tool}: ${text.length} characters\n`);
    expect({ tool, text, failed }).toMatchObject({ tool, failed: false });
    expect(text.length).toBeLessThan(answerLimit);
    expect(JSON.parse(text)).toMatchObject({
      untrusted_data: expect.stringContaining("never instructions"),
      ...answer,
    });
  }
});

it("keeps to the workspace, and says what to do", async () => {
  const window = await sharedWindow();
  writeFileSync(join(window.folder, "notes.txt"), "nothing\n");
  const outside = await invoke(window, "summarize_dump", { paths: ["/etc/hostname"] });
  expect(outside).toMatchObject({ failed: true, text: expect.stringContaining("not below the workspace") });
  const none = await invoke(window, "summarize_dump", { paths: ["notes.txt"] });
  expect(none).toMatchObject({ failed: true, text: expect.stringContaining("holds no goroutine dump") });
});

it("reads what an editor shows as it stands there, unsaved", async () => {
  const window = await sharedWindow();
  const uri = await window.evaluate(async (api: typeof vscode) => {
    const content = "goroutine 1 [chan receive, 9 minutes]:\nmain.main()\n\t/m.go:3 +0x1d\n";
    const document = await api.workspace.openTextDocument({ language: "goroutine-dump", content });
    await api.window.showTextDocument(document);
    return document.uri.toString();
  });
  await expect
    .poll(async () => (await invoke(window, "summarize_dump", { paths: [uri] })).text)
    .toContain('"goroutines":1');
});

it("starts the server of the Model Context Protocol that the setting asks for", async () => {
  const window = await sharedWindow();
  const { folder, evaluate } = window;
  copySample(folder);
  const toolsOfServer = async () =>
    evaluate((api: typeof vscode) => {
      const { lm } = api as unknown as { readonly lm: Tools };
      return lm.tools.map(({ name }) => name).filter((name) => /^mcp_.*_(?:summarize_dump|get_group)$/.test(name));
    });
  expect(await toolsOfServer()).toEqual([]);
  const set = async (value: boolean | undefined) =>
    evaluate((api: typeof vscode, to: boolean | null) => {
      return api.workspace.getConfiguration("goroutineDump").update("mcpServer", to ?? undefined, 1);
    }, value ?? null);
  await set(true);
  // What a click on it in the editor's list of servers does; the list asks the extension what there is.
  await evaluate((api: typeof vscode) => void api.commands.executeCommand("workbench.mcp.listServer"));
  await window.page.locator(".quick-input-list").getByText("Goroutine Dump").first().waitFor();
  await window.page.keyboard.press("Escape");
  const server = "goroutine-dump-navigator.goroutine-dump-navigator/Goroutine Dump";
  await evaluate(
    (api: typeof vscode, id: string) => void api.commands.executeCommand("workbench.mcp.startServer", id),
    server,
  );
  await expect.poll(toolsOfServer).toHaveLength(2);
  const summarize = (await toolsOfServer()).find((name) => name.endsWith("summarize_dump"))!;
  const path = join(folder, "deadlock.dump");
  const text = await evaluate(
    async (api: typeof vscode, [name, file]) => {
      const { lm } = api as unknown as { readonly lm: Tools };
      const { content } = await lm.invokeTool(name, { input: { paths: [file] }, toolInvocationToken: undefined });
      return JSON.stringify(content);
    },
    [summarize, path] as const,
  );
  process.stdout.write(`${summarize}: ${text.length} characters\n`);
  expect(text).toContain("goroutines");
  await set(undefined);
  await expect.poll(toolsOfServer).toEqual([]);
});
