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

/** Where the line between the side bar and the editor is, and where it goes: names are long. */
const [sashX, sashTargetX, sashY] = [349, 500, 400];

/**
 * The tree with the finding open, the goroutine that is to blame, and the Problems panel.
 * @param {import("playwright-core").Page} page
 */
async function photograph(page) {
  await page.getByRole("tab", { name: "Goroutine Dump" }).click();
  await page.mouse.move(sashX, sashY);
  await page.mouse.down();
  await page.mouse.move(sashTargetX, sashY, { steps: 10 });
  await page.mouse.up();
  await page.keyboard.press("Control+Shift+KeyM");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor();
  await page
    .getByRole("treeitem", { name: /^(proven|strong), / })
    .first()
    .click();
  await page
    .getByRole("treeitem", { name: /3× kline.*MarketManager\)\.check/ })
    .locator(".monaco-tl-twistie")
    .click();
  await page
    .getByRole("treeitem", { name: /manager\.go:214/ })
    .first()
    .waitFor();
  await page.screenshot({ path: join(root, "images", "screenshot.png") });
}

await runMain(async () => {
  const vsix = await packageExtension();
  const dataFolder = mkdtempSync(join(tmpdir(), "goroutine-dump-screenshots-"));
  const folder = join(dataFolder, "exchange");
  cpSync(join(root, "test", "fixtures", "workspaces", "okx"), folder, { recursive: true });
  const server = await startVscodeServer({ dataFolder, vsix, settings });
  const browser = await chromium.launch(await findBrowser());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(workbenchAddress(server.authority, { folder, files: [join(folder, "deadlock.dump")] }));
    await page.getByText(/12 goroutines/).waitFor({ timeout: 60_000 });
    await photograph(page);
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
