import { chmodSync, cpSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it, vi } from "vitest";
import { openWindow, sharedWindow } from "./support/workbench.ts";
import { fixtures, sampleWorkspace, temporaryFolder } from "./support/workspaces.ts";

const sampleText = readFileSync(join(fixtures, "field", "okx-deadlock.dump"), "utf8");
const sampleGroup = /3× kline.*MarketManager\)\.check/;

describe("a dump is shown", () => {
  it("from the clipboard, in a document that is saved nowhere", async () => {
    const { evaluate, runCommand, showGoroutines, treeItem } = await sharedWindow();
    await evaluate((vscode, text) => vscode.env.clipboard.writeText(text), sampleText);

    await runCommand("Open Goroutine Dump from Clipboard");
    await showGoroutines();

    await expect.poll(() => treeItem(sampleGroup).count()).toBe(1);
  });

  it("without a workspace, from a file that cannot be written", async () => {
    const dump = join(temporaryFolder(), "app.dump");
    writeFileSync(dump, sampleText);
    chmodSync(dump, 0o444);
    const { showGoroutines, treeItem, unfold, position } = await openWindow({ files: [dump] });
    await showGoroutines();

    await unfold(treeItem(sampleGroup), treeItem(/^3 goroutines/));
    await unfold(treeItem(/^3 goroutines/), treeItem(/goroutine 248/));
    await treeItem(/goroutine 248/).click();

    await expect.poll(position).toMatch(/^app\.dump:\d+:1$/);
  });

  it("with its sources in a second folder, which joins the workspace later", async () => {
    const exchange = sampleWorkspace();
    const folder = temporaryFolder();
    const dump = join(folder, "app.dump");
    writeFileSync(dump, sampleText);
    const workspaceFile = join(folder, "both.code-workspace");
    writeFileSync(workspaceFile, JSON.stringify({ folders: [{ path: folder }] }));
    const { evaluate, showGoroutines, treeItem, unfold, position } = await openWindow({ workspaceFile, files: [dump] });
    await showGoroutines();
    await unfold(treeItem(sampleGroup), treeItem(/manager\.go:214/));

    // A file in its place is never seen half written; and again, should the window have missed it.
    const addFolder = async (): Promise<void> => {
      writeFileSync(`${workspaceFile}.new`, JSON.stringify({ folders: [{ path: folder }, { path: exchange }] }));
      renameSync(`${workspaceFile}.new`, workspaceFile);
      expect(await evaluate((vscode) => vscode.workspace.workspaceFolders?.length)).toBe(2);
    };
    await vi.waitFor(addFolder, { timeout: inject("patienceMs"), interval: 1000 });
    // The server hears of the folder behind the editor: until then the source is not found.
    const clickOnFrame = async (): Promise<string> => {
      await treeItem(/manager\.go:214/).click();
      return await position();
    };
    await expect.poll(clickOnFrame).toBe("manager.go:214:1");
  });

  it("after the offer to show plain text as one is taken", async () => {
    const { folder, open, answerNotification, showGoroutines, treeItem } = await sharedWindow();
    const file = join(folder, "notes.txt");
    writeFileSync(file, `It hung again, this is what kill -QUIT printed:\n\n${sampleText}`);
    await open(file);

    await answerNotification("Yes");
    await showGoroutines();

    await expect.poll(() => treeItem(sampleGroup).count()).toBe(1);
  });
});

describe("a file with the name of a dump that holds something else", () => {
  it("has no problems, and the tree says that it holds no goroutines", async () => {
    const { folder, open, page, evaluate, showGoroutines, treeItem } = await sharedWindow();
    const file = join(folder, "backup.dump");
    writeFileSync(file, "-- PostgreSQL database dump\nCREATE TABLE goroutine (id integer, state text);\n");
    await open(file);
    await showGoroutines();

    await page
      .getByText(/no goroutine/i)
      .first()
      .waitFor();
    expect(await treeItem(/./).count()).toBe(0);
    expect(await evaluate((vscode) => vscode.languages.getDiagnostics().flatMap(([, problems]) => problems))).toEqual(
      [],
    );
  });
});

describe("a dump with a panic", () => {
  it("has a problem at the goroutine that panicked, also in the panel", async () => {
    const { folder, open, page, evaluate, runCommand, screenshot } = await sharedWindow();
    const file = join(folder, "panic.dump");
    cpSync(join(fixtures, "corpus/cgo/callback-panic-go1.27.txt"), file);
    await open(file);

    const codes = () =>
      evaluate(
        (vscode, path) =>
          vscode.languages
            .getDiagnostics(vscode.Uri.file(path))
            .map(({ code }) => (typeof code === "object" ? code.value : code)),
        file,
      );
    await expect.poll(codes).toContain("panic");
    await runCommand("Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row", { hasText: "panic" }).first().waitFor();
    await screenshot("problems");
  });
});
