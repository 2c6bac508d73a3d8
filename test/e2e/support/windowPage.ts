import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, inject, vi } from "vitest";
import { artifactsFolder } from "../../../scripts/lib/paths.mjs";

const patienceMs = inject("patienceMs");

/** The page of a VS Code window, as a user sees it. */
export interface WindowPage {
  readonly page: Page;
  /** Runs a command by its title in the command palette. */
  readonly runCommand: (title: string) => Promise<void>;
  /** Brings the view "Goroutines" to the front. */
  readonly showGoroutines: () => Promise<void>;
  /** Brings the explorer to the front. */
  readonly showExplorer: () => Promise<void>;
  /** Rows of any tree whose accessible name contains the text, or fits the pattern. */
  readonly treeItem: (name: string | RegExp) => Locator;
  /** Clicks a row of a tree and unfolds it, until the child is there: one that is made anew just then stays folded. */
  readonly unfold: (row: Locator, child: Locator) => Promise<void>;
  /** Clicks a row of a tree until the active editor is at that place: one that is made anew just then takes no click. */
  readonly follow: (row: Locator, place: string) => Promise<void>;
  /** Puts the cursor of the active editor; both 1-based, as the status bar counts. */
  readonly goTo: (line: number, column: number) => Promise<void>;
  /** Shows the hover at the cursor, which has that text. */
  readonly showHover: (text: string) => Promise<void>;
  /** File name, line and column of the active editor as VS Code shows them: `manager.go:214:1`. */
  readonly position: () => Promise<string>;
  /** Chooses an entry of the context menu of a tree's row. */
  readonly chooseInMenu: (row: Locator, entry: string) => Promise<void>;
  /** Types the answer to a question at the top of the window, which has that title. */
  readonly answer: (question: string, text: string) => Promise<void>;
  /** Chooses the entry with that very label of the list at the top of the window. */
  readonly choose: (entry: string) => Promise<void>;
  /** Chooses that entry of the list that a command of that title shows: one that closes just then is shown again. */
  readonly chooseOf: (title: string, entry: string) => Promise<void>;
  /** Chooses a file in the dialog at the top of the window, which has that title. */
  readonly chooseFile: (question: string, path: string) => Promise<void>;
  /** Shows all notifications, which a window under test keeps behind its bell, and gives the list of them. */
  readonly notifications: () => Promise<Locator>;
  /** Presses a button of a notification. */
  readonly answerNotification: (button: string) => Promise<void>;
  /** Keeps a picture of the window in `artifacts/screenshots`. */
  readonly screenshot: (name: string) => Promise<void>;
}

export function createWindowPage(page: Page): WindowPage {
  return {
    page,
    runCommand: (title) => runCommand(page, title),
    showGoroutines: () => showContainer(page, /^Goroutine Dump/),
    showExplorer: () => showContainer(page, /^Explorer/),
    treeItem: (name) => page.getByRole("treeitem", { name }),
    unfold: (row, child) => unfold(page, row, child),
    follow: (row, place) => follow(page, row, place),
    goTo: (line, column) => goTo(page, line, column),
    showHover: (text) => showHover(page, text),
    position: () => position(page),
    chooseInMenu: (row, entry) => chooseInMenu(page, row, entry),
    answer: (question, text) => answer(page, question, text),
    choose: (entry) => choose(page, entry),
    chooseOf: (title, entry) => chooseOf(page, title, entry),
    chooseFile: (question, path) => chooseFile(page, question, path),
    notifications: () => notifications(page),
    answerNotification: async (button) => {
      // By key: a click waits for a list that still moves, and for hovers that lie over it.
      await (await notifications(page)).getByRole("button", { name: button, exact: true }).press("Enter");
    },
    screenshot: (name) => screenshot(page, name),
  };
}

async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator(".quick-input-widget input");
  const command = page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
  // An editor that opens just now takes the focus, and the palette closes: then it is opened again.
  await vi.waitFor(
    async () => {
      await page.keyboard.press("F1");
      await input.fill(`>${title}`, { timeout: patienceMs / 8 });
      await command.click({ timeout: patienceMs / 8 });
    },
    { timeout: patienceMs },
  );
}

/** A click on the tab of what is in front already hides it, also of what the extension has brought there just then. */
async function showContainer(page: Page, name: RegExp): Promise<void> {
  const tab = page.getByRole("tab", { name });
  const shown = page.getByRole("tab", { name, expanded: true });
  await vi.waitFor(
    async () => {
      if ((await shown.count()) === 0) await tab.click();
      await shown.waitFor({ timeout: 2000 });
    },
    { timeout: patienceMs },
  );
}

async function chooseInMenu(page: Page, row: Locator, entry: string): Promise<void> {
  await row.click({ button: "right" });
  const item = page.getByRole("menuitem", { name: entry, exact: true });
  // A menu heeds no mouse in its first moments.
  await vi.waitFor(
    async () => {
      await page.mouse.move(0, 0);
      await item.hover();
      expect(await item.evaluate((element) => element.matches(":focus"))).toBe(true);
    },
    { timeout: patienceMs, interval: 100 },
  );
  await page.keyboard.press("Enter");
  await item.waitFor({ state: "hidden" });
}

async function unfold(page: Page, row: Locator, child: Locator): Promise<void> {
  await vi.waitFor(
    async () => {
      // Clicked each time: a tree that is made anew just then moves another row under the mouse.
      if ((await row.getAttribute("aria-expanded", { timeout: patienceMs / 8 })) === "false") {
        await row.click({ timeout: patienceMs / 8 });
        await page.keyboard.press("ArrowRight");
      }
      expect(await child.count()).toBeGreaterThan(0);
    },
    { timeout: patienceMs, interval: 100 },
  );
}

async function follow(page: Page, row: Locator, place: string): Promise<void> {
  await vi.waitFor(
    async () => {
      await row.click({ timeout: patienceMs / 8 });
      await vi.waitFor(async () => expect(await position(page)).toBe(place), { timeout: patienceMs / 8 });
    },
    { timeout: patienceMs },
  );
}

async function goTo(page: Page, line: number, column: number): Promise<void> {
  const input = page.locator(".quick-input-widget input");
  await vi.waitFor(
    async () => {
      await page.keyboard.press("Control+g");
      await input.fill(`:${line}:${column}`, { timeout: patienceMs / 8 });
    },
    { timeout: patienceMs },
  );
  await input.press("Enter");
  await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/** The editor may only just get the focus back. What the mouse rests on may have a hover of its own. */
async function showHover(page: Page, text: string): Promise<void> {
  const hover = page.locator(".monaco-hover-content", { hasText: text });
  await vi.waitFor(
    async () => {
      await runCommand(page, "Show or Focus Hover");
      await hover.waitFor({ timeout: patienceMs / 8 });
    },
    { timeout: patienceMs },
  );
}

async function position(page: Page): Promise<string> {
  const tab = await page.locator(".editor-group-container.active .tab.active").getAttribute("data-resource-name");
  const status = await page.locator("#status\\.editor\\.selection").textContent();
  const [, line, column] = /Ln (\d+), Col (\d+)/.exec(status ?? "") ?? [];
  return `${tab}:${line}:${column}`;
}

/** The box that asks: the palette, in which the command of that name may still stand, has no title. */
function questionBox(page: Page, question: string): Locator {
  const title = page.locator(".quick-input-title", { hasText: question });
  return page.locator(".quick-input-widget").filter({ has: title });
}

async function answer(page: Page, question: string, text: string): Promise<void> {
  const box = questionBox(page, question);
  const input = box.locator("input").first();
  await input.fill(text);
  // In the box: what the editor opens just then may have the focus, and gets what is pressed in the page.
  await vi.waitFor(
    async () => {
      if (await box.isVisible()) await input.press("Enter", { timeout: patienceMs / 8 });
      await box.waitFor({ state: "hidden", timeout: patienceMs / 8 });
    },
    { timeout: patienceMs },
  );
}

/** A list that has only just come takes no click yet, or comes again without it: then it is clicked again. */
async function choose(page: Page, entry: string): Promise<void> {
  const row = choiceOf(page, entry);
  await row.waitFor();
  await vi.waitFor(
    async () => {
      await row.click({ timeout: patienceMs / 8 });
      await row.waitFor({ state: "hidden", timeout: patienceMs / 8 });
    },
    { timeout: patienceMs },
  );
}

async function chooseOf(page: Page, title: string, entry: string): Promise<void> {
  const row = choiceOf(page, entry);
  await vi.waitFor(
    async () => {
      await runCommand(page, title);
      await row.click({ timeout: patienceMs / 8 });
      await row.waitFor({ state: "hidden", timeout: patienceMs / 8 });
    },
    { timeout: patienceMs },
  );
}

function choiceOf(page: Page, entry: string): Locator {
  const rows = page.locator(".quick-input-list .monaco-list-row");
  return rows.filter({ has: page.locator(".label-name").getByText(entry, { exact: true }) });
}

async function chooseFile(page: Page, question: string, path: string): Promise<void> {
  const box = questionBox(page, question);
  const input = box.locator("input").first();
  const file = box.locator(".monaco-list-row").filter({ has: page.getByText(basename(path), { exact: true }) });
  // The dialog first puts a folder there by itself, at times over what was typed already. Of what is typed it looks the
  // path up, and then lists the folder: before that, Enter would choose what was there.
  await expect.poll(() => input.inputValue()).toMatch(/[\\/]$/);
  await vi.waitFor(
    async () => {
      if (await box.isHidden()) return;
      if ((await input.inputValue()) !== path) await input.fill(path);
      await file.waitFor({ timeout: patienceMs / 8 });
      expect(await input.inputValue()).toBe(path);
      await input.press("Enter");
      await box.waitFor({ state: "hidden", timeout: patienceMs / 8 });
    },
    { timeout: patienceMs },
  );
}

async function notifications(page: Page): Promise<Locator> {
  const center = page.locator(".notifications-center.visible");
  if ((await center.count()) === 0) await page.locator("#status\\.notifications").click();
  await center.waitFor();
  return center;
}

async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(artifactsFolder, "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
