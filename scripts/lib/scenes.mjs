// What the pictures of the extension show. Each scene is a window of its own; no step depends on the language.
import { cpSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { manifestTexts } from "./translatable.mjs";
import { root } from "./paths.mjs";

/** How long a step is tried. */
const patienceMs = 120_000;

/** Steps of the walkthrough, with what is in their pictures alone. */
const walkthrough = { look: "svg", take: "h2", source: "svg path[fill=none]", narrow: "table", time: "ul" };

const fixtures = join(root, "test", "fixtures");

/** Rows of the extension's views; what is wrong is on top. */
const rows = '[id="workbench.view.extension.goroutineDump"] .monaco-list-row';

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
 *
 * @typedef {object} Scene
 * @property {(folder: string) => void} prepare fills the workspace
 * @property {(stage: Stage) => Promise<void>} play
 */

/** @type {Record<string, Scene>} */
export const scenes = {
  /** The first second, then the tree with its finding open, and Problems below the dump. */
  dump: {
    prepare: copySample,
    play: async (stage) => {
      const { page, shoot } = stage;
      await showDump(stage);
      await shoot("first");
      await page.keyboard.press("Control+Shift+KeyM");
      await page.locator(".markers-panel .monaco-list-row").first().waitFor();
      const finding = page.locator(`${rows}[aria-level="2"]`).first();
      await finding.click();
      await finding.locator(".monaco-tl-twistie").click();
      await page.locator(`${rows}[aria-level="3"]`).nth(3).waitFor();
      await shoot("screenshot");
    },
  },
  /** The report beside the dump, at its icicle. */
  report: {
    prepare: copySample,
    play: async (stage) => {
      await showDump(stage);
      const report = await openReport(stage.page);
      await stage.page.keyboard.press("Control+KeyB");
      await report.locator("section.stacks canvas").scrollIntoViewIfNeeded();
      await stage.shoot("report");
    },
  },
  /** The report in the whole editor, part by part. */
  parts: {
    prepare: copySample,
    play: async (stage) => {
      await showDump(stage);
      await shootParts(stage, await openReport(stage.page));
    },
  },
  walkthrough: {
    prepare: copySample,
    play: async ({ page, shoot }) => {
      await runCommand(page, "Get Started with Goroutine Dumps");
      // A step has its picture where there is room for it.
      await page.keyboard.press("Control+KeyB");
      for (const [step, shown] of Object.entries(walkthrough)) {
        await page.locator(`.getting-started-step[data-step-id$="#${step}"]`).click();
        await webview(page).locator(shown).first().waitFor();
        await shoot(`walkthrough-${step}`);
      }
    },
  },
  /** A series: what has changed, the chart of it, and the report of its last dump. */
  changes: {
    prepare: copySeries,
    play: async (stage) => {
      const { page, shoot } = stage;
      await chooseInExplorer(stage, "dumps", "command.compare");
      await page.locator(rows, { hasText: "2,400" }).first().waitFor();
      await shoot("changes");
      await runCommand(page, "Show Growth Chart");
      await webview(page).locator("tbody tr").first().waitFor();
      await shoot("chart");
      await showDump({ ...stage, dump: join(stage.folder, "dumps", "t2.debug2.txt.gz") });
      await shootParts(stage, await openReport(page));
    },
  },
};

/** @param {string} folder */
function copySample(folder) {
  cpSync(join(fixtures, "workspaces", "okx"), folder, { recursive: true });
}

/** @param {string} folder */
function copySeries(folder) {
  cpSync(join(fixtures, "corpus", "src", "shop"), folder, { recursive: true });
  mkdirSync(join(folder, "dumps"));
  for (const name of ["t0.debug1.txt", "t1.pb.gz", "t2.debug2.txt.gz"]) {
    cpSync(join(fixtures, "corpus", "leak", `growth-go1.24-${name}`), join(folder, "dumps", name));
  }
}

/** Opens the dump as a user does, and waits until the tree and the line above the dump say what is wrong. @param {Stage} stage */
async function showDump({ page, folder, dump = join(folder, "deadlock.dump") }) {
  await runCommand(page, "Open Goroutine Dump File...");
  const box = page.locator(".quick-input-widget");
  const input = box.locator("input").first();
  const file = box.locator(".monaco-list-row").filter({ has: page.getByText(basename(dump), { exact: true }) });
  // The dialog puts a folder there by itself, and lists a folder before it takes a file of it.
  await waitUntil(async () => /[\\/]$/.test(await input.inputValue()));
  await waitUntil(async () => {
    if (await box.isHidden()) return true;
    if ((await input.inputValue()) !== dump) await input.fill(dump);
    // By a click: a key may come when the dialog has gone, and would change the dump.
    await succeeds(file.click({ timeout: 3000 }));
    return false;
  });
  await page.locator(".codelens-decoration a").first().waitFor({ timeout: patienceMs });
  await page.locator(rows).nth(3).waitFor();
}

/** By its English title, which the palette takes in every language. @param {Page} page @param {string} title */
async function runCommand(page, title) {
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
async function chooseInExplorer({ page, language }, file, command) {
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
function webview(page) {
  return page.frameLocator("iframe.webview").frameLocator("#active-frame");
}

/** @param {Page} page */
async function openReport(page) {
  await runCommand(page, "Open Report");
  const report = webview(page);
  await report.locator("main > section.findings").waitFor();
  return report;
}

/** A picture of each section, at the top of the window. @param {Stage} stage @param {FrameLocator} report */
async function shootParts({ page, shoot }, report) {
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
function succeeds(step) {
  return step.then(
    () => true,
    () => false,
  );
}

/** @param {() => Promise<boolean>} holds */
async function waitUntil(holds) {
  for (const end = Date.now() + patienceMs; !(await holds());) {
    if (Date.now() > end) throw new Error("The window does not do what it should.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
