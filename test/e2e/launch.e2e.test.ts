import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { openWindow } from "./support/workbench.ts";

const EXTENSION = "goroutine-dump-navigator.goroutine-dump-navigator";
const DEVELOPED = "--extensionDevelopmentPath=";

interface Launch {
  readonly configurations: readonly { readonly name: string; readonly args: readonly string[] }[];
}

describe("F5 in this repository", () => {
  it("opens a window with the extension of the work tree and the sample dump", async () => {
    const { configurations } = JSON.parse(readFileSync(join(root, ".vscode", "launch.json"), "utf8")) as Launch;
    const launched = configurations.find(({ name }) => name === "Extension")?.args ?? [];
    const args = launched.map((arg) => arg.replace("${workspaceFolder}", root.replace(/[\\/]$/, "")));
    const developedExtensions = args
      .filter((arg) => arg.startsWith(DEVELOPED))
      .map((arg) => arg.slice(DEVELOPED.length));
    const [folder = "", file = ""] = args.filter((arg) => !arg.startsWith("--"));
    // What the task before it does, once.
    await run(process.execPath, ["esbuild.mjs"], { cwd: root, quiet: true });

    const { evaluate, treeItem, showGoroutines } = await openWindow({ folder, files: [file], developedExtensions });

    await showGoroutines();
    await expect.poll(() => treeItem(/MarketManager\)\.check.*3 goroutines/).count()).toBe(1);
    const path = await evaluate((vscode, id) => vscode.extensions.getExtension(id)?.extensionPath, EXTENSION);
    expect(developedExtensions).toEqual([path]);
  });
});
