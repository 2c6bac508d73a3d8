// The steps of the scenes, as a user does them.
import { basename, join } from "node:path";
import { manifestTexts } from "./translatable.mjs";

/** How long a step is tried. */
export const patienceMs = 120_000;

/** Rows of the extension's views; what is wrong is on top. */
export const rows = '[id="workbench.view.extension.goroutineDump"] .monaco-list-row';

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").FrameLocator} FrameLocator
 *
 * @typedef {object} Stage where a scene plays
 * @property {Page} page
 * @property {string} folder the workspace
 * @property {string | undefined} dump shown in place of the scene's own
 * @property {string} language
 * @property {(name: string) => Promise<void>} shoot takes a picture of the window
 */

/** Opens the dump as a user does, and waits until the tree and the line above the dump say what is wrong. @param {Stage} stage */
export async function showDump({ page, folder, dump = join(folder, "deadlock.dump") }) {
  await runCommand(page, "Open Goroutine Dump File...");
  const box = page.locator(".quick-input-widget");
  const input = box.locator("input").first();
  const file = box.locator(".monaco-list-row").filter({ has: page.getByText(basename(dump), { exact: true }) });
  // The dialog puts a folder there by itself, and lists a folder before it takes a file of it.
  await waitUntil(async () => /[\\/]$/.test(await input.inputValue()));
  await waitUntil(async () => {
    if (await box.isHidden()) return true;
    if ((await input.inputValue()) !== dump) await succeeds(input.fill(dump, { timeout: 3000 }));
    // By a click: a key may come when the dialog has gone, and would change the dump.
    await succeeds(file.click({ timeout: 3000 }));
    return false;
  });
  await page.locator(".codelens-decoration a").first().waitFor({ timeout: patienceMs });
  await page.locator(rows).nth(3).waitFor();
}

/** By its English title, which the palette takes in every language. @param {Page} page @param {string} title */
export async function runCommand(page, title) {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
  // A window that has only just opened does not know the extension's commands yet, and may close the palette again.
  await waitUntil(async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("F1");
    const typed = page.locator(".quick-input-widget input").fill(`>${title}`, { timeout: 3000 });
    return succeeds(typed.then(() => row.click({ timeout: 3000 })));
  });
}

/** @param {Stage} stage @param {string} file @param {string} command key of its title */
export async function chooseInExplorer({ page, language }, file, command) {
  const item = page.getByRole("menuitem", { name: manifestTexts(language)[command] ?? command, exact: true });
  // A menu heeds no mouse in its first moments; that of a new window lacks the extension's commands.
  await waitUntil(async () => {
    if ((await item.count()) === 0) await page.getByRole("treeitem", { name: file }).click({ button: "right" });
    await page.mouse.move(0, 0);
    if (!(await succeeds(item.hover({ timeout: 3000 })))) await page.keyboard.press("Escape");
    return (await item.count()) > 0 && item.evaluate((element) => element.matches(":focus"));
  });
  await page.keyboard.press("Enter");
}

/** The page within a panel of the editor. @param {Page} page */
export function webview(page) {
  return page.frameLocator("iframe.webview").frameLocator("#active-frame");
}

/** @param {Page} page */
export async function openReport(page) {
  await runCommand(page, "Open Report");
  const report = webview(page);
  await report.locator("main > section.findings").waitFor();
  return report;
}

/** A picture of each section, at the top of the window. @param {Stage} stage @param {FrameLocator} report */
export async function shootParts({ page, shoot }, report) {
  await page.locator(".editor-group-container .tab").last().click();
  await runCommand(page, "Toggle Maximize Editor Group");
  const sections = report.locator("main > section");
  for (let index = 0; index < (await sections.count()); index++) {
    const section = sections.nth(index);
    await section.evaluate((element) => element.scrollIntoView());
    await shoot(`report-${await section.getAttribute("class")}`);
  }
}

/** @param {Promise<unknown>} step @returns {Promise<boolean>} */
export function succeeds(step) {
  return step.then(
    () => true,
    () => false,
  );
}

/** @param {() => Promise<boolean>} holds */
export async function waitUntil(holds) {
  for (const end = Date.now() + patienceMs; !(await holds());) {
    if (Date.now() > end) throw new Error("The window does not do what it should.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
