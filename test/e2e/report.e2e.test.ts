import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";
import { sharedWindow, type Workbench } from "./support/workbench.ts";
import { copySample } from "./support/workspaces.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const themes = [
  ["light", "Default Light Modern", "vscode-light"],
  ["dark", "Default Dark Modern", "vscode-dark"],
  ["high contrast", "Default High Contrast", "vscode-high-contrast"],
] as const;

/** The page within the report's panel, once it shows a dump. */
async function reportPage({ page }: Workbench): Promise<Frame> {
  await page.frameLocator("iframe.webview").frameLocator("#active-frame").locator("main").waitFor();
  for (const frame of page.frames()) {
    if ((await frame.locator("main > section.findings").count()) > 0) return frame;
  }
  throw new Error("the report is in no frame");
}

/** What axe finds wrong with the page, in a few words each. */
async function violations(frame: Frame): Promise<string[]> {
  // Read by the page's own script engine, not put into the page: its policy lets no other script in.
  await frame.evaluate(axeSource);
  const { violations: found } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("the report of a dump", () => {
  it("opens beside it, is accessible in every theme, and its places open the source in the dump's column", async () => {
    const window = await sharedWindow();
    const { folder, page, evaluate, position, screenshot } = window;
    copySample(folder);
    await window.open(join(folder, "deadlock.dump"));
    await page.getByRole("button", { name: "Open Report" }).first().click();
    const report = await reportPage(window);

    expect(await report.locator("header").textContent()).toContain("12 goroutines");
    for (const [name, theme, mark] of themes) {
      await evaluate(
        (vscode, to) => vscode.workspace.getConfiguration("workbench").update("colorTheme", to, 1),
        theme as string,
      );
      await report.locator(`body.${mark}`).waitFor();
      await report.locator("section.stacks canvas").scrollIntoViewIfNeeded();
      await screenshot(`report, ${name}`);
      expect({ name, violations: await violations(report) }).toEqual({ name, violations: [] });
    }
    await evaluate((vscode) => vscode.workspace.getConfiguration("workbench").update("colorTheme", undefined, 1));

    await report.locator(".card").getByRole("button", { name: "client.go:199" }).click();
    await expect.poll(position).toBe("client.go:199:1");
    expect(await report.locator("main").count()).toBe(1);
    await report.getByRole("treeitem").first().focus();
    for (const key of ["ArrowDown", "Enter"]) await page.keyboard.press(key);
    await expect.poll(position).toBe("server.go:233:1");

    await report.getByRole("searchbox", { name: "Filter goroutines" }).fill("state:select");
    await page.keyboard.press("Enter");
    await expect.poll(() => report.locator("header").textContent()).toContain("1 of 12 goroutines");
  });
});
