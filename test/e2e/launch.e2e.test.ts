import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { startVscodeServer } from "../../scripts/lib/vscodeServer.mjs";
import { workbenchAddress } from "../../scripts/lib/workbenchAddress.mjs";
import { openPage } from "./support/workbench.ts";
import { temporaryFolder } from "./support/workspaces.ts";

const DEVELOPED = "--extensionDevelopmentPath=";

interface Launch {
  readonly configurations: readonly { readonly name: string; readonly args: readonly string[] }[];
}

describe("F5 in this repository", () => {
  it("opens a window with the extension of the work tree and the sample dump", async () => {
    const { configurations } = JSON.parse(readFileSync(join(root, ".vscode", "launch.json"), "utf8")) as Launch;
    const launched = configurations.find(({ name }) => name === "Extension")?.args ?? [];
    const args = launched.map((arg) => arg.replace("${workspaceFolder}", root.replace(/[\\/]$/, "")));
    const developedExtension = args.find((arg) => arg.startsWith(DEVELOPED))?.slice(DEVELOPED.length) ?? "";
    const [folder = "", file = ""] = args.filter((arg) => !arg.startsWith("--"));
    // A server without the packaged extension: what the window has is the work tree's.
    const server = await startVscodeServer({ dataFolder: temporaryFolder(), testDriver: true });
    onTestFinished(server.stop);

    const address = workbenchAddress(server.authority, { folder, files: [file], developedExtension });
    const { treeItem, showGoroutines } = await openPage(address);

    await showGoroutines();
    await expect.poll(() => treeItem(/3× kline.*MarketManager\)\.check/).count()).toBe(1);
  });
});
