// Starts for each worker of the end-to-end tests a VS Code server, with the packaged extension installed, and a browser.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { findBrowser } from "../../../scripts/lib/browser.mjs";
import { root } from "../../../scripts/lib/paths.mjs";
import { run } from "../../../scripts/lib/run.mjs";
import { startVscodeServer } from "../../../scripts/lib/vscodeServer.mjs";
import { packageExtension } from "../../../scripts/lib/vsix.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** From vitest.config.mts. */
    readonly patienceMs: number;
    /** One for each worker: settings are those of a server, a clipboard is that of a browser. */
    readonly editors: readonly Editor[];
  }
}

/** A VS Code to open windows of. */
export interface Editor {
  /** Host and port of its server. */
  readonly server: string;
  /** Where playwright meets its browser. */
  readonly browser: string;
  /** A folder that goes with the run. */
  readonly folder: string;
  /** Where its extensions are installed. */
  readonly extensions: string;
}

/** A button that was clicked stays under the pointer: what VS Code says of it there would lie over the next one. */
const settings = { "workbench.hover.delay": 3_600_000 };

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const vsix = await packageExtension();
  // What is developed, which one of the tests starts: from here on nothing is built, for another one may run it just then.
  await run(process.execPath, ["esbuild.mjs"], { cwd: root, quiet: true });
  const started: StartedEditor[] = [];
  // One after the other: the first installs what the others need.
  for (let worker = 0; worker < project.config.maxWorkers; worker++) started.push(await startEditor(vsix));
  project.provide(
    "editors",
    started.map(({ editor }) => editor),
  );
  return async () => void (await Promise.all(started.map(({ stop }) => stop())));
}

interface StartedEditor {
  readonly editor: Editor;
  readonly stop: () => Promise<void>;
}

async function startEditor(vsix: string): Promise<StartedEditor> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "goroutine-dump-e2e-")));
  const dataFolder = join(folder, "server");
  const server = await startVscodeServer({ dataFolder, vsix, settings, testDriver: true });
  const browser = await chromium.launchServer(await findBrowser());
  return {
    editor: {
      server: server.authority,
      browser: browser.wsEndpoint(),
      folder,
      extensions: join(dataFolder, "extensions"),
    },
    stop: async () => {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
