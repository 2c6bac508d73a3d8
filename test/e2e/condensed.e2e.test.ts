import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { packSlowly, repeatDump } from "../support/largeDumps.ts";
import { closeBrowser, openWindow } from "./support/workbench.ts";
import { sampleWorkspace } from "./support/workspaces.ts";

afterAll(closeBrowser);

describe("a dump too large for the editor, in the real VS Code", () => {
  it("opens from the explorer, with all goroutines in the tree, the source of a frame, and one goroutine in full", async () => {
    const folder = sampleWorkspace();
    repeatDump(join(folder, "deadlock.dump"), join(folder, "large.dump"), 200);
    const { evaluate, page, chooseInMenu, position, showGoroutines, treeItem, unfold, screenshot } = await openWindow({
      folder,
    });
    const activeText = () => evaluate((vscode) => vscode.window.activeTextEditor?.document.getText() ?? "");

    await chooseInMenu(treeItem("large.dump"), "Open as Goroutine Dump");
    await expect.poll(activeText).toMatch(/^\.\.\. and \d{4,} more goroutines with this stack$/m);
    await showGoroutines();
    const group = treeItem(/MarketManager\)\.check.*\d\d,\d{3} goroutines/);
    await group.waitFor();
    await screenshot("condensed view");

    const frame = treeItem(/^kline.*check, manager\.go:214/);
    await unfold(group, frame);
    await frame.click();
    await expect.poll(position).toBe("manager.go:214:1");
    await screenshot("source of a condensed frame");

    await page.getByRole("tab", { name: "large.dump.goroutines" }).click();
    const fullText = page.locator(".codelens-decoration a", { hasText: "full text" }).filter({ visible: true });
    await fullText.first().click();
    await expect
      .poll(activeText)
      .toMatch(/^goroutine 224 \[semacquire, 2 minutes\]:\nsync\.runtime_SemacquireMutex\(0x/);
    await screenshot("full text");
  });

  it("shows how far its reading has come, stops when that is cancelled, and is read again", async () => {
    const folder = sampleWorkspace();
    packSlowly(join(folder, "slow.dump.gz"), 20);
    writeFileSync(join(folder, "small.dump.gz"), gzipSync(readFileSync(join(folder, "deadlock.dump"))));
    const { evaluate, page, chooseInMenu, showGoroutines, treeItem, screenshot } = await openWindow({ folder });
    const activeName = () => evaluate((vscode) => vscode.window.activeTextEditor?.document.uri.path ?? "");
    const open = (file: string) => chooseInMenu(treeItem(file), "Open as Goroutine Dump");
    const progress = page.locator(".notifications-center .notification-list-item", { hasText: "slow.dump.gz" });

    await open("slow.dump.gz");
    await page.locator("#status\\.notifications").click();
    await expect.poll(() => progress.textContent()).toMatch(/Reading .*slow\.dump\.gz: \d+ %/);
    await screenshot("progress");
    await progress.getByRole("button", { name: "Cancel" }).click();
    await progress.waitFor({ state: "detached" });
    expect(await activeName()).toBe("");

    await open("small.dump.gz");
    await expect.poll(activeName).toBe(join(folder, "small.dump.gz.goroutines"));
    await showGoroutines();
    await treeItem(/^strong, Goroutine 45 holds/).waitFor();
    await screenshot("condensed findings");
    await page.getByRole("tab", { name: /^Explorer/ }).click();
    await open("slow.dump.gz");
    await expect.poll(activeName, { timeout: 60_000 }).toBe(join(folder, "slow.dump.gz.goroutines"));
    await screenshot("after cancelling");
  });
});
