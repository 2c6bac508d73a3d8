import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedWindow } from "./support/workbench.ts";
import { copySample } from "./support/workspaces.ts";

describe("the real VS Code", () => {
  it("opens a dump in its language", async () => {
    const { folder, open, page, evaluate, goTo, position, screenshot } = await sharedWindow();
    copySample(folder);
    await open(join(folder, "deadlock.dump"));

    const language = page.locator("#status\\.editor\\.mode");
    await expect.poll(() => language.textContent()).toBe("Goroutine Dump");
    await goTo(23, 11);
    await expect.poll(position).toBe("deadlock.dump:23:11");
    expect(await evaluate((vscode) => vscode.version)).toBe("1.139.1");
    await screenshot("dump");
  });
});
