import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { closeBrowser, openPage } from "./support/workbench.ts";
import { startWebServer } from "./support/webServer.ts";
import { sampleWorkspace } from "./support/workspaces.ts";

afterAll(closeBrowser);

describe("VS Code for the Web, with no machine behind it", () => {
  it("shows a dump of a virtual workspace", async () => {
    const { address, stop } = await startWebServer(sampleWorkspace());
    onTestFinished(stop);
    const { page, treeItem, screenshot } = await openPage(address);

    await treeItem("deadlock.dump").dblclick();
    await expect.poll(() => page.locator("#status\\.editor\\.mode").textContent()).toBe("Goroutine Dump");
    await screenshot("web");
  });
});
