import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { closeBrowser, openWindow } from "./support/workbench.ts";
import { sampleWorkspace } from "./support/workspaces.ts";

afterAll(closeBrowser);

describe("the real VS Code", () => {
  it("opens a dump in its language", async () => {
    const folder = sampleWorkspace();
    const { page, evaluate, goTo, position, screenshot } = await openWindow({
      folder,
      files: [join(folder, "deadlock.dump")],
    });

    const language = page.locator("#status\\.editor\\.mode");
    await expect.poll(() => language.textContent()).toBe("Goroutine Dump");
    await goTo(23, 11);
    await expect.poll(position).toBe("deadlock.dump:23:11");
    expect(await evaluate((vscode) => vscode.version)).toBe("1.139.1");
    await screenshot("dump");
  });
});
