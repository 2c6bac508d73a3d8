import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { neededProgram } from "../support/neededProgram.ts";
import { startLeakServer } from "./support/leakServer.ts";
import type { WindowPage } from "./support/windowPage.ts";
import { sharedWindow } from "./support/workbench.ts";

/** Starts a series with a capture every second. */
async function captureEverySecond(window: WindowPage, address: string): Promise<void> {
  const { runCommand, answer, choose } = window;
  await runCommand("Capture Goroutine Dump from URL...");
  await answer("Capture Goroutine Dump from URL", address);
  await choose("Other Interval...");
  await answer("Seconds from one", "1");
}

function capturesIn(folder: string): number {
  const captures = join(folder, "goroutine-dumps");
  return existsSync(captures) ? readdirSync(captures).length : 0;
}

describe.skipIf(neededProgram("go", "golang-go") === undefined)("a running Go program", () => {
  it("is captured again and again: the chart grows, the finding leads to the line, stop stops", async () => {
    const window = await sharedWindow();
    const { folder, open, page, showGoroutines, runCommand, treeItem, position, screenshot } = window;
    const server = await startLeakServer(folder);
    await open(join(folder, "main.go"));

    await captureEverySecond(window, server.address);
    const chart = page.frameLocator("iframe.webview").frameLocator("#active-frame");
    await expect.poll(() => chart.locator("tbody tr", { hasText: "main.awaitAnswer" }).count()).toBe(1);
    await expect.poll(() => chart.locator("thead th.count").count()).toBeGreaterThanOrEqual(6);
    expect(await chart.locator("canvas").count()).toBe(1);
    await screenshot("growth chart");

    await chart.getByRole("button", { name: "Stop Capturing" }).click();
    await expect.poll(() => chart.getByRole("button", { name: "Stop Capturing" }).count()).toBe(0);
    await expect.poll(() => page.locator("#status\\.bar").getByText("Capturing every").count()).toBe(0);

    await showGoroutines();
    await runCommand("Focus on Changes View");
    await expect.poll(() => treeItem(/Goroutines pile up in main\.awaitAnswer at main\.go:/).count()).toBe(1);
    await screenshot("changes view");
    await treeItem(/Goroutines pile up in main\.awaitAnswer/).click();
    await expect.poll(position).toMatch(/^main\.go:\d+:1$/);
  });

  it("that ends in the middle of a dump is told in clear words, and half a dump is not saved", async () => {
    const { folder, runCommand, answer, choose, notifications } = await sharedWindow();
    const server = await startLeakServer(folder);

    await runCommand("Capture Goroutine Dump from URL...");
    await answer("Capture Goroutine Dump from URL", `${server.address}/stalled`);
    await choose("Once");
    const center = await notifications();
    await expect.poll(() => center.textContent()).toMatch(/Capturing goroutine dump.*KB/);
    server.kill();

    await expect.poll(() => center.textContent()).toContain("broke off in the middle of the dump");
    expect(capturesIn(folder)).toBe(0);
  });

  it("that ends in the middle of a series is told in clear words", async () => {
    const window = await sharedWindow();
    const { folder } = window;
    const server = await startLeakServer(folder);

    await captureEverySecond(window, server.address);
    await expect.poll(() => capturesIn(folder)).toBeGreaterThanOrEqual(1);
    server.kill();

    const center = await window.notifications();
    await expect.poll(() => center.textContent()).toContain("Does the program run, and on this port?");
  });
});
