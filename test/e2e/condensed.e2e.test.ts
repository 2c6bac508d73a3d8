import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packSlowly, repeatDump } from "../support/largeDumps.ts";
import { type SharedWorkbench, sharedWindow } from "./support/workbench.ts";
import { copySample } from "./support/workspaces.ts";

/** Waits until the explorer has all files: those that come later move the row that is to be clicked. */
async function showFiles({ folder, page }: SharedWorkbench): Promise<void> {
  for (const file of readdirSync(folder)) await page.getByRole("treeitem", { name: file, exact: true }).waitFor();
}

describe("a dump too large for the editor, in the real VS Code", () => {
  it("opens from the explorer, with all goroutines in the tree, the source of a frame, and one goroutine in full", async () => {
    const window = await sharedWindow();
    const { folder, evaluate, page, chooseInMenu, position, showGoroutines, treeItem, unfold, screenshot } = window;
    copySample(folder);
    repeatDump(join(folder, "deadlock.dump"), join(folder, "large.dump"), 200);
    const activeText = () => evaluate((vscode) => vscode.window.activeTextEditor?.document.getText() ?? "");

    await showFiles(window);
    await chooseInMenu(treeItem("large.dump"), "Open as Goroutine Dump");
    await expect.poll(activeText).toMatch(/^\.\.\. and \d{4,} more goroutines with this stack$/m);
    await showGoroutines();
    const group = treeItem(/\d,\d{3}× kline.*MarketManager\)\.check/);
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
    const window = await sharedWindow();
    const { folder, evaluate, notifications, chooseInMenu, showGoroutines, showExplorer, treeItem, screenshot } =
      window;
    copySample(folder);
    // Long enough to be cancelled on a machine that does much else. Nobody waits for its end.
    packSlowly(join(folder, "slow.dump.gz"), 100);
    const small = gzipSync(readFileSync(join(folder, "deadlock.dump")));
    writeFileSync(join(folder, "small.dump.gz"), small);
    const activeName = () => evaluate((vscode) => vscode.window.activeTextEditor?.document.uri.path ?? "");
    const open = (file: string) => chooseInMenu(treeItem(file), "Open as Goroutine Dump");
    await showFiles(window);

    await open("slow.dump.gz");
    const progress = (await notifications()).locator(".notification-list-item", { hasText: "slow.dump.gz" });
    await expect.poll(() => progress.textContent()).toMatch(/Reading .*slow\.dump\.gz: \d+ %/);
    await screenshot("progress");
    await progress.getByRole("button", { name: "Cancel" }).press("Enter");
    await progress.waitFor({ state: "detached" });
    expect(await activeName()).toBe("");

    await open("small.dump.gz");
    await expect.poll(activeName).toBe(join(folder, "small.dump.gz.goroutines"));
    await showGoroutines();
    await treeItem(/^strong, client\.go:199, RWMutex held while sending/).waitFor();
    await screenshot("condensed findings");
    await showExplorer();
    writeFileSync(join(folder, "slow.dump.gz"), small);
    await open("slow.dump.gz");
    await expect.poll(activeName).toBe(join(folder, "slow.dump.gz.goroutines"));
    await screenshot("after cancelling");
  });
});
