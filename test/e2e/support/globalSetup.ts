// Starts one VS Code server, with the packaged extension installed, for all end-to-end tests.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startVscodeServer } from "../../../scripts/lib/vscodeServer.mjs";
import { packageExtension } from "../../../scripts/lib/vsix.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Host and port of the VS Code server. */
    readonly vscodeServer: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const vsix = await packageExtension();
  const dataFolder = mkdtempSync(join(tmpdir(), "goroutine-dump-e2e-"));
  const server = await startVscodeServer({ dataFolder, vsix, testDriver: true });
  project.provide("vscodeServer", server.authority);
  return async () => {
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
}
