import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as vscode from "vscode";
import { inject, onTestFinished, vi } from "vitest";
import { workbenchAddress } from "../../../scripts/lib/workbenchAddress.mjs";
import { openBrowserPage } from "./browser.ts";
import { ownEditor } from "./editor.ts";
import { type ExtensionHost, createExtensionHost } from "./extensionHost.ts";
import { type WindowPage, createWindowPage } from "./windowPage.ts";

/** What a window is opened with; with neither folder nor workspace file it has no workspace. */
export interface WindowOptions {
  readonly folder?: string;
  readonly workspaceFile?: string;
  /** Opened in editors, the last one in front. */
  readonly files?: readonly string[];
  /** The display language, as extensions see it; English when left out. */
  readonly language?: string;
}

/** One VS Code window: its page, and its extension host, as an extension sees it. */
export interface Workbench extends WindowPage {
  /** Runs a function inside the extension host, with the whole `vscode` API. */
  readonly evaluate: ExtensionHost["evaluate"];
}

/** The window that tests share, with a workspace for what a test needs. */
export interface SharedWorkbench extends Workbench {
  /** The window's only workspace folder, empty at first. */
  readonly folder: string;
  /** Opens a file of the workspace as a double click in the explorer does: in an editor that stays. */
  readonly open: (path: string) => Promise<void>;
}

/** A window from its opening to its end. */
interface OpenedWindow extends Workbench, Pick<ExtensionHost, "release"> {
  readonly close: () => Promise<void>;
}

/** Opens the page of a VS Code. It closes with the test, and leaves a picture when that fails. */
export async function openPage(address: string): Promise<WindowPage> {
  const { page, context } = await openBrowserPage(address);
  const window = createWindowPage(page);
  onTestFinished(() => context.close());
  keepPictureOfFailure(window);
  return window;
}

/**
 * Opens a window of the real VS Code, with the packaged extension, for one test: for how a window starts, and for other
 * workspaces than one folder. It closes with the test.
 */
export async function openWindow(options: WindowOptions): Promise<Workbench> {
  const window = await start(options);
  onTestFinished(window.close);
  keepPictureOfFailure(window);
  await window.evaluate(waitForEditor, options.files?.at(-1) ?? null);
  return window;
}

interface SharedWindow extends OpenedWindow {
  readonly folder: string;
}

/** The shared window while no test uses it. */
let free: SharedWindow | undefined;

/**
 * The window that tests share, since opening one takes longer than most tests. After the test its editors close, its
 * panels and filters go, and its workspace is emptied. A test that fails takes the window with it.
 */
export async function sharedWindow(): Promise<SharedWorkbench> {
  const window = free ?? (await startShared());
  free = undefined;
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") return window.close();
    await tidyUp(window);
    free = window;
  });
  keepPictureOfFailure(window);
  return { ...window, open: (path) => open(window, path) };
}

async function startShared(): Promise<SharedWindow> {
  const folder = mkdtempSync(join(ownEditor().folder, "workspace-"));
  const window = { ...(await start({ folder })), folder };
  await waitForWatcher(window);
  await seeFirstDump(window);
  return window;
}

/** Lets the view open that opens at a workspace's first dump: else it takes the place of what some test looks at. */
async function seeFirstDump(window: SharedWindow): Promise<void> {
  const file = join(window.folder, "first.dump");
  writeFileSync(file, "goroutine 1 [running]:\nmain.first()\n\t/app/main.go:3 +0x1d\n");
  await open(window, file);
  await window.treeItem(/main\.first/).waitFor();
  await tidyUp(window);
}

/** Waits until the window sees what is written to its workspace: a file from before its watcher runs is never told. */
async function waitForWatcher({ folder, treeItem }: SharedWindow): Promise<void> {
  let tries = 0;
  const appears = async () => {
    // Another one each time: one that goes and comes between two looks of the watcher is no new file to it.
    const name = `appears-${++tries}`;
    writeFileSync(join(folder, name), "");
    await treeItem(name).waitFor({ timeout: 2000 });
  };
  await vi.waitFor(appears, { timeout: inject("patienceMs") });
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  await treeItem("appears-").first().waitFor({ state: "detached" });
}

async function open({ evaluate }: Workbench, path: string): Promise<void> {
  await evaluate(async (api, file) => {
    // Not awaited: the command ends only when a question about the file is answered.
    void api.commands.executeCommand("vscode.open", api.Uri.file(file), { preview: false });
  }, path);
  await evaluate(waitForEditor, path);
}

/** Makes the shared window what it was when it opened. */
async function tidyUp({ folder, evaluate, release }: SharedWindow): Promise<void> {
  await release();
  await evaluate(closeEverything);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}

async function start(options: WindowOptions): Promise<OpenedWindow> {
  const host = createExtensionHost();
  const address = workbenchAddress(ownEditor().server, { ...options, developedExtension: host.driverFolder });
  const { page, context } = await openBrowserPage(address, options.language);
  // Its contributions to menus are there from then on.
  await host.evaluate(() => undefined);
  const close = async () => {
    await context.close();
    host.dispose();
  };
  return { ...createWindowPage(page), evaluate: host.evaluate, release: host.release, close };
}

/** To be called after the hook that closes the window is registered: hooks run in reverse order. */
function keepPictureOfFailure({ screenshot }: WindowPage): void {
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") await screenshot(`failed ${task.name}`);
  });
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

/** In the extension host: closes the editors and panels, and takes back what a test chose in the views. */
async function closeEverything(api: typeof vscode): Promise<void> {
  const run = (command: string) => api.commands.executeCommand(command);
  await run("workbench.action.closeQuickOpen");
  // What is not saved would be asked about by every other way to close.
  while (api.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) {
    await run("workbench.action.revertAndCloseActiveEditor");
  }
  const commands = [
    "goroutineDump.stopCapture",
    "goroutineDump.clearChanges",
    "goroutineDump.clearFilter",
    "notifications.clearAll",
    "workbench.action.closePanel",
    "workbench.view.explorer",
  ];
  for (const command of commands) await run(command);
  await api.commands.executeCommand("goroutineDump.groupBy", "stack");
}
