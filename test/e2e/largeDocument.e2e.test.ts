import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type * as vscode from "vscode";
import { generateDump } from "../bench/generate.mjs";
import { sharedWindow } from "./support/workbench.ts";

const NIL_CHANNEL = "goroutine 5000001 [chan send (nil chan)]:\nmain.first()\n\t/src/first.go:1 +0x1\n\n";
const SLEEP = "goroutine 5000002 [sleep]:\nmain.second()\n\t/src/second.go:1 +0x1\n\n";

/** Writes a dump of some 40 MB: less than what the editor keeps from extensions, more than it colours. */
function largeDump(folder: string): string {
  const dump = join(folder, "large.dump");
  generateDump({ path: dump, goroutines: 28_000 });
  expect(statSync(dump).size).toBeGreaterThan(35e6);
  expect(statSync(dump).size).toBeLessThan(50e6);
  return dump;
}

/** In the extension host: the first lines of the document, its hover at the top, and counts of what it shows else. */
async function look(api: typeof vscode, file: string) {
  const uri = api.Uri.file(file);
  const [symbols, hovers] = await Promise.all([
    api.commands.executeCommand<unknown[]>("vscode.executeDocumentSymbolProvider", uri),
    api.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, new api.Position(0, 3)),
  ]);
  return {
    symbols: symbols.length,
    hover: hovers.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value)).join("\n"),
    codes: api.languages.getDiagnostics(uri).map(({ code }) => (typeof code === "object" ? code.value : code)),
  };
}

describe("a dump of 40 MB, opened as text in the real VS Code", () => {
  it("has symbols, hovers, problems and a tree, also when it was edited, saved and written by another program", async () => {
    const { folder, page, evaluate, showGoroutines, treeItem, screenshot } = await sharedWindow();
    const dump = largeDump(folder);
    await evaluate((api, file) => void api.commands.executeCommand("vscode.open", api.Uri.file(file)), dump);
    // A window in a browser asks at 10 MB; one on the desktop hardly ever.
    await page.getByRole("button", { name: "Open Anyway" }).click();

    const looked = () => evaluate(look, dump);
    await expect.poll(async () => (await looked()).codes).toContain("leak");
    const { symbols, hover } = await looked();
    expect(symbols).toBeGreaterThan(40);
    expect(hover).toContain("goroutine 1**");
    await showGoroutines();
    await treeItem(/^suspect, /)
      .first()
      .waitFor();
    await screenshot("large document");

    await evaluate(
      async (api, file, text) => {
        const edit = new api.WorkspaceEdit();
        edit.insert(api.Uri.file(file), new api.Position(0, 0), text);
        await api.workspace.applyEdit(edit);
      },
      dump,
      NIL_CHANNEL,
    );
    await expect.poll(async () => (await looked()).hover).toContain("goroutine 5000001");
    await expect.poll(async () => (await looked()).codes).toContain("nil-channel");

    await evaluate((api) => api.workspace.saveAll());
    writeFileSync(dump, SLEEP + readFileSync(dump, "utf8"));
    await expect.poll(async () => (await looked()).hover).toContain("goroutine 5000002");
  });
});
