// Starts one VS Code server, with the packaged extension installed, and one browser for all end-to-end tests.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { findBrowser } from "../../../scripts/lib/browser.mjs";
import { startVscodeServer } from "../../../scripts/lib/vscodeServer.mjs";
import { packageExtension } from "../../../scripts/lib/vsix.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** From vitest.config.mts. */
    readonly patienceMs: number;
    /** Host and port of the VS Code server. */
    readonly vscodeServer: string;
    /** Where playwright meets the browser. */
    readonly browser: string;
    /** A folder that goes with the run. */
    readonly runFolder: string;
  }
}

/** A button that was clicked stays under the pointer: what VS Code says of it there would lie over the next one. */
const settings = { "workbench.hover.delay": 3_600_000 };

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const vsix = await packageExtension();
  const runFolder = realpathSync(mkdtempSync(join(tmpdir(), "goroutine-dump-e2e-")));
  const server = await startVscodeServer({ dataFolder: join(runFolder, "server"), vsix, settings, testDriver: true });
  const browser = await chromium.launchServer(await findBrowser());
  project.provide("vscodeServer", server.authority);
  project.provide("browser", browser.wsEndpoint());
  project.provide("runFolder", runFolder);
  return async () => {
    await browser.close();
    await server.stop();
    rmSync(runFolder, { recursive: true, force: true });
  };
}
