import { createReadStream, createWriteStream, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { generateDump } from "../bench/generate.mjs";
import { closeBrowser, openWindow } from "./support/workbench.ts";

afterAll(closeBrowser);

/** A folder with a dump that is larger than what the editor gives to extensions, and the same packed. */
async function largeDumps(): Promise<{ folder: string; large: string; packed: string }> {
  const folder = mkdtempSync(join(tmpdir(), "goroutine-dump-large-"));
  const large = join(folder, "large.dump");
  generateDump({ path: large, goroutines: 150_000 });
  const small = join(folder, "small.dump");
  generateDump({ path: small, goroutines: 2000 });
  const packed = join(folder, "packed.dump.gz");
  await pipeline(createReadStream(small), createGzip(), createWriteStream(packed));
  return { folder, large, packed };
}

describe("a dump too large for the editor, in the real VS Code", () => {
  it("opens condensed, with all goroutines in the tree, and shows one in full", async () => {
    const { folder, large, packed } = await largeDumps();
    const { evaluate, showGoroutines, treeItem, screenshot } = await openWindow({ folder, files: [] });
    const open = (file: string) =>
      evaluate((vscode, path) => vscode.commands.executeCommand("goroutineDump.openAs", vscode.Uri.file(path)), file);
    const activeText = () => evaluate((vscode) => vscode.window.activeTextEditor?.document.getText() ?? "");

    await open(large);
    await expect.poll(activeText, { timeout: 60_000 }).toMatch(/^\.\.\. and \d{4,} more goroutines with this stack$/m);
    await showGoroutines();
    await treeItem(/^suspect, \d\d,\d{3} goroutines/)
      .first()
      .waitFor();
    await screenshot("condensed view");

    await evaluate(async (vscode) => {
      const uri = vscode.window.activeTextEditor?.document.uri.toString();
      await vscode.commands.executeCommand("goroutineDump.showFullText", uri, 777);
    });
    await expect.poll(activeText).toMatch(/^goroutine 777 \[.*\]:\n\S+\(.*\)\n\t\S+:\d+ \+0x/);

    await open(packed);
    await expect.poll(activeText).toMatch(/more goroutines with this stack$/m);
  });
});
