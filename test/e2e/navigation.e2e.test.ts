import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedWindow } from "./support/workbench.ts";
import { copySample } from "./support/workspaces.ts";

async function openSample() {
  const window = await sharedWindow();
  copySample(window.folder);
  await window.open(join(window.folder, "deadlock.dump"));
  await window.showGoroutines();
  await expect.poll(() => window.treeItem(/3× kline.*MarketManager\)\.check/).count()).toBe(1);
  return window;
}

describe("the tree in the real VS Code", () => {
  it("shows what a filter leaves, and all of it again", async () => {
    const { answer, runCommand, treeItem } = await openSample();

    await runCommand("Filter Goroutines...");
    await answer("Filter Goroutines", 'state:"chan send"');
    await expect.poll(() => treeItem(/websocket\.\(\*Conn\)\.read/).count()).toBe(0);
    expect(await treeItem(/1× ws\.\(\*ClientWs\)\.Send/).count()).toBe(1);

    await runCommand("Clear Filter");
    await expect.poll(() => treeItem(/websocket\.\(\*Conn\)\.read/).count()).toBe(1);
  });

  it("groups by state when asked", async () => {
    const { chooseOf, treeItem } = await openSample();

    await chooseOf("Group By...", "State");

    await expect.poll(() => treeItem(/3× semacquire/).count()).toBe(1);
    await expect.poll(() => treeItem(/6× IO wait/).count()).toBe(1);
  });

  it("goes with the keyboard alone from the dump to the tree, and on to the source", async () => {
    const { page, goTo, runCommand, treeItem, position } = await openSample();

    await goTo(190, 1);
    await runCommand("Reveal in Goroutines View");
    const frame = treeItem(/ClientWs\)\.Send.*client\.go:199/);
    await expect.poll(() => frame.getAttribute("aria-selected")).toBe("true");
    await page.locator("[role=tree]:focus").waitFor();
    await page.keyboard.press("Enter");

    await expect.poll(position).toBe("client.go:199:1");
    expect(await page.locator(".tab", { hasText: "deadlock.dump" }).count()).toBe(1);
  });
});

describe("the dump in the real VS Code", () => {
  it("goes from one goroutine of a group to the next, and around", async () => {
    const { goTo, runCommand, position } = await openSample();
    await goTo(171, 1);

    for (const line of [204, 222, 170]) {
      await runCommand("Go to Next Goroutine of This Group");
      await expect.poll(position).toBe(`deadlock.dump:${line}:1`);
    }
  });

  it("gives the stack at the cursor to the clipboard", async () => {
    const { evaluate, goTo, runCommand } = await openSample();
    await goTo(23, 1);

    await runCommand("Copy Stack");

    await expect.poll(() => evaluate((vscode) => vscode.env.clipboard.readText())).toMatch(/^goroutine 1 \[select, 78/);
  });
});
