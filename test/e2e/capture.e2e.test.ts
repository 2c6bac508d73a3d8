import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { neededProgram } from "../support/neededProgram.ts";
import { startLeakServer } from "./support/leakServer.ts";
import { closeBrowser, openWindow } from "./support/workbench.ts";

afterAll(closeBrowser);

/** Answers the question that the window asks at the top: types, or chooses what has that text. */
async function answer(page: Page, title: RegExp, text: string): Promise<void> {
  const box = page.locator(".quick-input-widget", { hasText: title });
  await box.locator("input").first().fill(text);
  await page.keyboard.press("Enter");
}

/** Starts a series with a capture every second. */
async function captureEverySecond(page: Page, address: string): Promise<void> {
  await answer(page, /Capture Goroutine Dump from URL/, address);
  await answer(page, /How often/, "Other Interval");
  await answer(page, /Seconds from one/, "1");
}

function capturesIn(folder: string): number {
  const captures = join(folder, "goroutine-dumps");
  return existsSync(captures) ? readdirSync(captures).length : 0;
}

describe.skipIf(neededProgram("go", "golang-go") === undefined)("a running Go program", () => {
  it("is captured again and again: the chart grows, the finding leads to the line, stop stops", async () => {
    const server = await startLeakServer();
    const { folder } = server;
    const { page, runCommand, treeItem, position, screenshot } = await openWindow({
      folder,
      files: [join(folder, "main.go")],
    });

    await runCommand("Capture Goroutine Dump from URL...");
    await captureEverySecond(page, server.address);
    const chart = page.frameLocator("iframe.webview").frameLocator("#active-frame");
    for (let captures = 1; captures <= 5; captures++) {
      await expect.poll(() => capturesIn(folder)).toBeGreaterThanOrEqual(captures);
      await server.leak(40);
    }
    await expect.poll(() => chart.locator("tbody tr", { hasText: "main.awaitAnswer" }).count()).toBe(1);
    await expect.poll(() => chart.locator("thead th.count").count()).toBeGreaterThanOrEqual(6);
    expect(await chart.locator("canvas").count()).toBe(1);
    await screenshot("growth chart");

    await chart.getByRole("button", { name: "Stop Capturing" }).click();
    await expect.poll(() => chart.getByRole("button", { name: "Stop Capturing" }).count()).toBe(0);
    await expect.poll(() => page.locator("#status\\.bar").getByText("Capturing every").count()).toBe(0);

    await page.getByRole("tab", { name: "Goroutine Dump" }).click();
    await runCommand("Focus on Changes View");
    await expect.poll(() => treeItem(/Goroutines pile up in main\.awaitAnswer at main\.go:/).count()).toBe(1);
    await screenshot("changes view");
    await treeItem(/Goroutines pile up in main\.awaitAnswer/).click();
    await expect.poll(position).toMatch(/^main\.go:\d+:1$/);
  });

  it("that ends in the middle of a dump is told in clear words, and half a dump is not saved", async () => {
    const server = await startLeakServer();
    const { page, runCommand } = await openWindow({ folder: server.folder });

    await runCommand("Capture Goroutine Dump from URL...");
    await answer(page, /Capture Goroutine Dump from URL/, `${server.address}/stalled`);
    await answer(page, /How often/, "Once");
    await page.locator("#status\\.notifications").click();
    const center = page.locator(".notifications-center");
    await expect.poll(() => center.textContent()).toMatch(/Capturing goroutine dump.*KB/);
    server.kill();

    await expect.poll(() => center.textContent()).toContain("broke off in the middle of the dump");
    expect(capturesIn(server.folder)).toBe(0);
  });

  it("that ends in the middle of a series is told in clear words", async () => {
    const server = await startLeakServer();
    const { page, runCommand } = await openWindow({ folder: server.folder });

    await runCommand("Capture Goroutine Dump from URL...");
    await captureEverySecond(page, server.address);
    await expect.poll(() => capturesIn(server.folder)).toBeGreaterThanOrEqual(1);
    server.kill();

    await page.locator("#status\\.notifications").click();
    const center = page.locator(".notifications-center");
    await expect.poll(() => center.textContent()).toContain("Does the program run, and on this port?");
  });
});
