import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The folder of the fixtures. */
export const fixtures = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** An empty folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "workspace-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Copies the sample module, with its dump `deadlock.dump`, into a folder. */
export function copySample(folder: string): void {
  cpSync(join(fixtures, "workspaces", "okx"), folder, { recursive: true });
}

/** A copy of the sample module, with its dump `deadlock.dump`, that a test may change. */
export function sampleWorkspace(): string {
  const folder = join(temporaryFolder(), "exchange");
  copySample(folder);
  return folder;
}
