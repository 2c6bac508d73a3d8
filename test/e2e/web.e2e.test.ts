import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { generateDump } from "../bench/generate.mjs";
import { openPage } from "./support/workbench.ts";
import { startWebServer } from "./support/webServer.ts";
import { fixtures, sampleWorkspace } from "./support/workspaces.ts";

describe("VS Code for the Web, with no machine behind it", () => {
  it("shows a dump of a virtual workspace, what is wrong with it, and the source of a frame", async () => {
    const { address, stop } = await startWebServer(sampleWorkspace());
    onTestFinished(stop);
    const { page, showGoroutines, treeItem, unfold, position, screenshot } = await openPage(address);

    await treeItem("deadlock.dump").dblclick();
    await expect.poll(() => page.locator("#status\\.editor\\.mode").textContent()).toBe("Goroutine Dump");
    await showGoroutines();
    await expect.poll(() => treeItem(/^strong, client\.go:199, RWMutex held while sending/).count()).toBe(1);
    await unfold(treeItem(/3× kline.*MarketManager\)\.check/), treeItem(/manager\.go:214/));
    await treeItem(/manager\.go:214/).click();
    await expect.poll(position).toBe("manager.go:214:1");
    await screenshot("web");
  });

  it("shows files condensed that are too large for the editor, or packed, and a goroutine of them in full", async () => {
    const folder = sampleWorkspace();
    generateDump({ path: join(folder, "large.txt"), goroutines: 45_000 });
    cpSync(join(fixtures, "corpus/leak/relay-gather-go1.26.pb.gz"), join(folder, "leak.pb.gz"));
    const { address, stop } = await startWebServer(folder);
    onTestFinished(stop);
    const { page, showGoroutines, showExplorer, treeItem, chooseInMenu, choose, screenshot } = await openPage(address);
    const activeTab = page.locator(".editor-group-container.active .tab.active");
    const lines = page.locator(".editor-group-container.active .view-lines");
    const activeName = () => activeTab.getAttribute("data-resource-name");
    const workers: string[] = [];
    page.on("worker", (worker) => workers.push(worker.url()));

    await chooseInMenu(treeItem("large.txt"), "Open as Goroutine Dump");
    await expect.poll(activeName).toBe("large.txt.goroutines");
    const again = workers.filter((script, index) => workers.indexOf(script) < index);
    expect(again, "workers that run the server's own script again, to parse").toHaveLength(1);
    await page.locator(".codelens-decoration a", { hasText: "full text" }).first().click();
    await expect.poll(activeName).toBe("1.goroutine");
    await expect.poll(() => lines.textContent()).toMatch(/goroutine\s1\s\[running\]:.*\(0xc[0-9a-f]{9}/);
    await page.getByRole("tab", { name: "large.txt.goroutines" }).click();
    await showGoroutines();
    await treeItem(/^suspect, [^,]*, \d,\d{3} goroutines/)
      .first()
      .waitFor();
    await screenshot("web condensed view");

    await showExplorer();
    await chooseInMenu(treeItem("leak.pb.gz"), "Open With...");
    await choose("Goroutine Dump (Condensed)");
    await expect.poll(activeName).toBe("leak.pb.gz.goroutines");
    await expect.poll(() => lines.textContent()).toMatch(/goroutine\sprofile:\stotal\s283/);
  });
});
