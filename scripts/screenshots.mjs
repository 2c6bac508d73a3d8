// Makes the pictures of README.md from the real thing: VS Code with the packaged extension and the sample dump.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findBrowser } from "./lib/browser.mjs";
import { runMain } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { startVscodeServer } from "./lib/vscodeServer.mjs";
import { packageExtension } from "./lib/vsix.mjs";
import { workbenchAddress } from "./lib/workbenchAddress.mjs";

const settings = {
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "window.commandCenter": false,
  "window.title": "${activeEditorShort}${separator}${rootName}",
  "workbench.colorTheme": "Dark Modern",
};

const images = join(root, "images");

/**
 * The first second: the tree with its finding open, and Problems below the dump. The side bar is as wide as it comes.
 * @param {import("playwright-core").Page} page
 */
async function photographDump(page) {
  await page.keyboard.press("Control+Shift+KeyM");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor();
  const finding = page.getByRole("treeitem", { name: /^(proven|strong), / }).first();
  await finding.click();
  await finding.locator(".monaco-tl-twistie").click();
  await page
    .getByRole("treeitem", { name: /^Took the lock here/ })
    .first()
    .waitFor();
  await page.screenshot({ path: join(images, "screenshot.png") });
}

/**
 * The report beside the dump.
 * @param {import("playwright-core").Page} page
 */
async function photographReport(page) {
  await page.keyboard.press("Control+KeyJ");
  await page.keyboard.press("Control+KeyB");
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(">Goroutine Dump: Open Report");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Open Report" }).first().click();
  const report = page.frameLocator("iframe.webview").frameLocator("#active-frame");
  await report.locator("main > section.findings").waitFor();
  await report.locator("section.stacks canvas").scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(images, "report.png") });
}

await runMain(async () => {
  const vsix = await packageExtension();
  const dataFolder = mkdtempSync(join(tmpdir(), "goroutine-dump-screenshots-"));
  const folder = join(dataFolder, "exchange");
  cpSync(join(root, "test", "fixtures", "workspaces", "okx"), folder, { recursive: true });
  const server = await startVscodeServer({ dataFolder, vsix, settings });
  const browser = await chromium.launch(await findBrowser());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-US" });
    await page.goto(workbenchAddress(server.authority, { folder, files: [join(folder, "deadlock.dump")] }));
    await page.locator(".codelens-decoration a", { hasText: /12 goroutines/ }).waitFor({ timeout: 60_000 });
    await photographDump(page);
    await photographReport(page);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
