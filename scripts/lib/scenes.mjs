// What the pictures of the extension show. Each scene is a window of its own; no step depends on the language.
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import {
  chooseInExplorer,
  openReport,
  patienceMs,
  rows,
  runCommand,
  shootParts,
  showDump,
  succeeds,
  waitUntil,
  webview,
} from "./sceneSteps.mjs";

/** Steps of the walkthrough, with what is in their pictures alone. */
const walkthrough = { look: "svg", take: "h2", source: "svg path[fill=none]", narrow: "table", time: "ul" };

const fixtures = join(root, "test", "fixtures");

/** @typedef {import("./sceneSteps.mjs").Stage} Stage */

/**
 * @typedef {object} Scene
 * @property {(folder: string) => void} prepare fills the workspace
 * @property {(stage: Stage) => Promise<void>} play
 */

/** @type {Record<string, Scene>} */
export const scenes = {
  /** The first second, then the tree with its finding open, and Problems below the dump, then all of what it says. */
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
      await page.locator(`${rows}[aria-level="3"]`).first().locator(".monaco-tl-twistie").click();
      await page.locator(`${rows}[aria-level="4"]`).first().waitFor();
      await shoot("evidence");
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

  /** What the views say before there is anything to show. */
  welcome: {
    prepare: copySample,
    play: async ({ page, shoot }) => {
      await page.locator('.activitybar [aria-label*="Goroutine"]').first().click();
      await page.locator(".sidebar .pane-header").last().click();
      await page
        .locator(".welcome-view-content", { has: page.locator(".monaco-button") })
        .nth(1)
        .waitFor();
      await shoot("welcome");
    },
  },
  /** A packed profile that was clicked on. */
  click: {
    prepare: copySeries,
    play: async ({ page, shoot }) => {
      await page.getByRole("treeitem", { name: "dumps" }).click();
      await page.getByRole("treeitem", { name: "t1.pb.gz" }).click();
      await page.locator(".codelens-decoration a").first().waitFor({ timeout: patienceMs });
      await page.locator(rows).nth(3).waitFor();
      await shoot("click");
    },
  },
  /** The tree, put together in each way. */
  groupings: {
    prepare: copySample,
    play: async (stage) => {
      const { page, shoot } = stage;
      await showDump(stage);
      for (let index = 0; index < groupings; index++) {
        await runCommand(page, "Goroutine Dump: Group By...");
        const choices = page.locator(".quick-input-list .monaco-list-row");
        await waitUntil(async () => (await choices.count()) === groupings);
        const row = choices.nth(index);
        const name = (await row.locator(".label-name").first().textContent()) ?? "";
        await row.click();
        // What is not the usual way stands beside the name of the view.
        if (index > 0) await page.locator(".pane-header .description", { hasText: name }).waitFor();
        // The rows come a moment after the name.
        await page.waitForTimeout(1500);
        await shoot(`grouping-${index + 1}`);
      }
    },
  },
  /** The box of the filter: what may come next, and what is wrong. */
  filter: {
    prepare: copySample,
    play: async (stage) => {
      const { page, shoot } = stage;
      await showDump(stage);
      const input = page.locator(".quick-input-widget input").first();
      // What takes the focus in the first moments closes the box.
      await waitUntil(async () => {
        await runCommand(page, "Filter Goroutines...");
        return succeeds(input.fill("-", { timeout: 3000 }));
      });
      for (const [name, typed, shown] of filters) {
        await input.fill(typed);
        await page.locator(".quick-input-list .monaco-list-row", { hasText: shown }).first().waitFor();
        await shoot(`filter-${name}`);
      }
      await page.keyboard.press("Enter");
      await page.locator(".tree-explorer-viewlet-tree-view .message", { hasText: "5" }).waitFor();
      await shoot("filter-set");
    },
  },
  /** The source of a frame: who stands there, and what is wrong. */
  source: {
    prepare: copySample,
    play: async (stage) => {
      const { page, shoot } = stage;
      await showDump(stage);
      await page.locator(rows, { hasText: "3× kline" }).locator(".monaco-tl-twistie").click();
      await page.locator(rows, { hasText: "manager.go:214" }).first().click();
      await page.locator(".codelens-decoration a", { hasText: "3" }).first().waitFor();
      await shoot("source");
    },
  },
  /** A frame whose source is not on this machine. */
  missing: {
    prepare: (folder) => {
      copySample(folder);
      rmSync(join(folder, "kline"), { recursive: true });
    },
    play: async (stage) => {
      const { page, shoot } = stage;
      await showDump(stage);
      await page.locator(rows, { hasText: "3× kline" }).locator(".monaco-tl-twistie").click();
      await page.locator(rows, { hasText: "manager.go:214" }).first().click();
      await page.locator(".notification-toast").first().waitFor();
      await shoot("missing");
    },
  },
};

/** How many ways there are to put goroutines together. */
const groupings = 9;

/** What is typed into the filter's box, and what a row says of it; the last one is taken. */
const filters = /** @type {const} */ ([
  ["field", "sta", "state:"],
  ["value", "state:", '"chan send"'],
  ["error", "wait:soon", '"wait:"'],
  ["unknown", "frobnicate:1", "ancestor:"],
  ["whole", "has:finding or wait:>10m", "5"],
]);

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
