import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { closeBrowser, openPage } from "./support/workbench.ts";
import { startWebServer } from "./support/webServer.ts";
import { sampleWorkspace } from "./support/workspaces.ts";

afterAll(closeBrowser);

describe("VS Code for the Web, with no machine behind it", () => {
  it("shows a dump of a virtual workspace, what is wrong with it, and the source of a frame", async () => {
    const { address, stop } = await startWebServer(sampleWorkspace());
    onTestFinished(stop);
    const { page, showGoroutines, treeItem, position, screenshot } = await openPage(address);

    await treeItem("deadlock.dump").dblclick();
    await expect.poll(() => page.locator("#status\\.editor\\.mode").textContent()).toBe("Goroutine Dump");
    await showGoroutines();
    await expect.poll(() => treeItem(/^strong, Goroutine 45 holds/).count()).toBe(1);
    await treeItem(/MarketManager\)\.check.*3 goroutines/).click();
    await treeItem(/manager\.go:214/).click();
    await expect.poll(position).toBe("manager.go:214:1");
    await screenshot("web");
  });
});
