import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type Locator, type Page, chromium } from "playwright-core";
import type * as vscode from "vscode";
import { inject, onTestFinished, vi } from "vitest";
import { findBrowser } from "../../../scripts/lib/browser.mjs";
import { artifactsFolder } from "../../../scripts/lib/paths.mjs";
import { workbenchAddress } from "../../../scripts/lib/workbenchAddress.mjs";
import { type ExtensionHost, createExtensionHost } from "./extensionHost.ts";

/** How long the first start of a window may take on a slow machine. */
const startTimeoutMs = 60_000;

/** What a window is opened with; with neither folder nor workspace file it has no workspace. */
export interface WindowOptions {
  readonly folder?: string;
  readonly workspaceFile?: string;
  /** Opened in editors, the last one in front. */
  readonly files?: readonly string[];
}

/** The page of a VS Code window, as a user sees it. */
export interface WindowPage {
  readonly page: Page;
  /** Runs a command by its title in the command palette. */
  readonly runCommand: (title: string) => Promise<void>;
  /** Brings the view "Goroutines" to the front. */
  readonly showGoroutines: () => Promise<void>;
  /** Rows of any tree whose accessible name contains the text, or fits the pattern. */
  readonly treeItem: (name: string | RegExp) => Locator;
  /** Clicks a row of a tree and unfolds it, until the child is there: one that is made anew just then stays folded. */
  readonly unfold: (row: Locator, child: Locator) => Promise<void>;
  /** Puts the cursor of the active editor; both 1-based, as the status bar counts. */
  readonly goTo: (line: number, column: number) => Promise<void>;
  /** File name, line and column of the active editor as VS Code shows them: `manager.go:214:1`. */
  readonly position: () => Promise<string>;
  /** Chooses an entry of the context menu of a tree's row. */
  readonly chooseInMenu: (row: Locator, entry: string) => Promise<void>;
  /** Presses a button of a notification. */
  readonly answerNotification: (button: string) => Promise<void>;
  /** Keeps a picture of the window in `artifacts/screenshots`. */
  readonly screenshot: (name: string) => Promise<void>;
}

/** One VS Code window: its page, and its extension host, as an extension sees it. */
export interface Workbench extends WindowPage {
  /** Runs a function inside the extension host, with the whole `vscode` API. */
  readonly evaluate: ExtensionHost["evaluate"];
}

let browser: Promise<Browser> | undefined;

/** Closes the browser that the windows of a test file share. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Opens a window of the real VS Code, with the packaged extension. It closes with the test. */
export async function openWindow(options: WindowOptions): Promise<Workbench> {
  const host = createExtensionHost();
  onTestFinished(host.dispose);
  const address = workbenchAddress(inject("vscodeServer"), { ...options, developedExtension: host.driverFolder });
  const opened = await openPage(address);
  await host.evaluate(waitForEditor, options.files?.at(-1) ?? null);
  return { ...opened, evaluate: host.evaluate };
}

/** In the extension host: waits until a file is in the active editor. */
async function waitForEditor(api: typeof vscode, file: string | null): Promise<void> {
  const isThere = () => file === null || api.window.activeTextEditor?.document.uri.path === file;
  await new Promise<void>((resolve) => {
    const check = () => {
      if (isThere()) resolve();
    };
    api.window.onDidChangeActiveTextEditor(check);
    check();
  });
}

/** Opens the page of a VS Code. It closes with the test, and leaves a picture when that fails. */
export async function openPage(address: string): Promise<WindowPage> {
  browser ??= findBrowser().then((found) => chromium.launch(found));
  const context = await (
    await browser
  ).newContext({
    viewport: { width: 1280, height: 800 },
    // A machine without a locale gives the browser a language that JavaScript does not know.
    locale: "en-US",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") await screenshot(page, `failed ${task.name}`);
    await context.close();
  });
  await page.goto(address);
  await page.locator(".monaco-workbench .statusbar").waitFor({ timeout: startTimeoutMs });
  return {
    page,
    runCommand: (title) => runCommand(page, title),
    showGoroutines: () => page.getByRole("tab", { name: "Goroutine Dump" }).click(),
    treeItem: (name) => page.getByRole("treeitem", { name }),
    unfold: (row, child) => unfold(page, row, child),
    goTo: (line, column) => goTo(page, line, column),
    position: () => position(page),
    chooseInMenu: (row, entry) => chooseInMenu(page, row, entry),
    answerNotification: async (button) => {
      // A window under test shows no toasts; all notifications are in the centre, behind the bell.
      await page.locator("#status\\.notifications").click();
      await page.locator(".notifications-center").getByRole("button", { name: button, exact: true }).click();
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
      await input.fill(`>${title}`, { timeout: 5000 });
      await command.click({ timeout: 5000 });
    },
    { timeout: 20_000 },
  );
}

async function chooseInMenu(page: Page, row: Locator, entry: string): Promise<void> {
  await row.click({ button: "right" });
  // By key: a menu takes no click in its first moments.
  await page.getByRole("menuitem", { name: entry, exact: true }).hover();
  await page.keyboard.press("Enter");
}

async function unfold(page: Page, row: Locator, child: Locator): Promise<void> {
  await row.click();
  await vi.waitFor(
    async () => {
      if ((await child.count()) === 0) await page.keyboard.press("ArrowRight");
      await child.first().waitFor({ timeout: 2000 });
    },
    { timeout: 20_000 },
  );
}

async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press("Control+g");
  const input = page.locator(".quick-input-widget input");
  await input.fill(`:${line}:${column}`);
  await input.press("Enter");
  await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

async function position(page: Page): Promise<string> {
  const tab = await page.locator(".editor-group-container.active .tab.active").getAttribute("data-resource-name");
  const status = await page.locator("#status\\.editor\\.selection").textContent();
  const [, line, column] = /Ln (\d+), Col (\d+)/.exec(status ?? "") ?? [];
  return `${tab}:${line}:${column}`;
}

async function screenshot(page: Page, name: string): Promise<void> {
  const folder = join(artifactsFolder, "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
