import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { idsFrom, tracebackOf } from "../support/series.ts";
import { sharedWindow } from "./support/workbench.ts";
import { fixtures } from "./support/workspaces.ts";

/** A workspace with the source of the corpus' growing program, and its dumps in three forms. */
function copyGrowingProgram(folder: string): void {
  cpSync(join(fixtures, "corpus", "src", "shop"), folder, { recursive: true });
  mkdirSync(join(folder, "dumps"));
  for (const name of ["t0.debug1.txt", "t1.pb.gz", "t2.debug2.txt.gz"]) {
    cpSync(join(fixtures, "corpus", "leak", `growth-go1.24-${name}`), join(folder, "dumps", name));
  }
}

describe("dumps of one program", () => {
  it("show in three forms what grows, with a way to its line, a chart and a text", async () => {
    const { folder, page, chooseInMenu, treeItem, position, screenshot, evaluate } = await sharedWindow();
    copyGrowingProgram(folder);

    await chooseInMenu(treeItem("dumps"), "Compare Goroutine Dumps...");

    await expect.poll(() => treeItem(/ws\.\(\*Hub\)\.deliver.*1,500 → 2,400 → 5,000/).count()).toBe(1);
    const pane = page.locator(".sidebar .pane", { has: treeItem(/ws\.\(\*Hub\)\.deliver.*1,500/) });
    expect((await pane.boundingBox())?.height).toBeGreaterThan(200);
    await evaluate((vscode) => vscode.commands.executeCommand("goroutineDump.openChart"));
    const chart = page.frameLocator("iframe.webview").frameLocator("#active-frame");
    await expect.poll(() => chart.locator("tbody tr").first().textContent()).toContain("1,5002,4005,000");
    await screenshot("changes, light");
    await evaluate((vscode) => vscode.workspace.getConfiguration("workbench").update("colorTheme", "Dark 2026", 1));
    await expect.poll(() => chart.locator("body.vscode-dark").count()).toBe(1);
    await screenshot("changes, dark");

    await treeItem(/Goroutines pile up in ws\.\(\*Hub\)\.deliver at hub\.go:58/).click();
    await expect.poll(position).toBe("hub.go:58:1");
    await evaluate((vscode) => vscode.commands.executeCommand("goroutineDump.openChanges"));
    await expect.poll(() => page.locator(".view-lines").textContent()).toContain("Grown:");
    await screenshot("changes as a text");
    await evaluate((vscode) => vscode.workspace.getConfiguration("workbench").update("colorTheme", undefined, 1));
  });

  it("are in the report of one of them, packed as it may be, under the name of its file", async () => {
    const { folder, page, showExplorer, treeItem, evaluate, chooseInMenu } = await sharedWindow();
    copyGrowingProgram(folder);
    await chooseInMenu(treeItem("dumps"), "Compare Goroutine Dumps...");
    await treeItem(/ws\.\(\*Hub\)\.deliver.*1,500 → 2,400 → 5,000/).waitFor();
    await showExplorer();
    const file = join(folder, "dumps", "t2.debug2.txt.gz");
    await evaluate((vscode, path) => vscode.commands.executeCommand("vscode.open", vscode.Uri.file(path)), file);
    await expect
      .poll(() => evaluate((vscode) => vscode.window.activeTextEditor?.document.lineCount))
      .toBeGreaterThan(9);

    await evaluate((vscode) => vscode.commands.executeCommand("goroutineDump.openReport"));

    const report = page.frameLocator("iframe.webview").frameLocator("#active-frame");
    await expect
      .poll(() => report.locator("section.growth tbody tr").first().textContent())
      .toContain("1,5002,4005,000");
    expect(await report.locator("h1").textContent()).toBe("t2.debug2.txt.gz");
    await page.locator(".tab", { hasText: /^Report: t2\.debug2\.txt\.gz$/ }).waitFor();
  });

  it("show of a fleet the host that stands out first", async () => {
    const { folder, page, treeItem, screenshot, evaluate } = await sharedWindow();
    for (const [index, count] of [4, 5, 260, 4, 6].entries()) {
      const host = join(folder, `web-0${index + 1}`);
      mkdirSync(host);
      const stacks = [
        { ids: [1], state: "IO wait", function: "main.main" },
        { ids: idsFrom(10, 120 + index), state: "IO wait", function: "main.serve" },
        { ids: idsFrom(1000, count), state: "chan send, 7 minutes", function: "main.publish" },
      ];
      writeFileSync(join(host, "goroutine.txt"), tracebackOf(stacks));
    }

    const compare = "goroutineDump.compareFleet";
    await evaluate((vscode, id, at) => vscode.commands.executeCommand(id, vscode.Uri.file(at)), compare, folder);

    await expect.poll(() => treeItem(/main\.publish.*web-03: 260, usually 5/).count()).toBe(1);
    await evaluate((vscode) => vscode.commands.executeCommand("goroutineDump.openChart"));
    const chart = page.frameLocator("iframe.webview").frameLocator("#active-frame");
    await expect.poll(() => chart.locator("thead").textContent()).toContain("web-03");
    await screenshot("fleet");
  });
});
