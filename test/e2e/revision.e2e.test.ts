import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeRepository } from "../support/releaseRepository.ts";
import { dumpOf, releases } from "../support/releases.ts";
import { sharedWindow } from "./support/workbench.ts";
import { temporaryFolder } from "./support/workspaces.ts";

const ALL = releases();
const [release, today] = [ALL[15]!, ALL[19]!];
/** The frame whose line has moved since. */
const keep = release.frames[2]!;

/** A window with the repository as it is today, and a dump of an older release in front. */
async function openDumpOfRelease(of = release) {
  const window = await sharedWindow();
  makeRepository(ALL, {}, window.folder);
  const dump = join(temporaryFolder(), "app.dump");
  writeFileSync(dump, dumpOf(of));
  await window.open(dump);
  return window;
}

describe("a dump of an older release, in the real VS Code", () => {
  it("opens that release's text at the line of the frame, and leads to the same place today", async () => {
    const window = await openDumpOfRelease();
    const { evaluate, page, position, treeItem, screenshot } = window;
    const status = page.locator(".statusbar-item", { hasText: "v1.16.0" });
    await expect.poll(() => status.count()).toBe(1);

    await window.showGoroutines();
    const frame = treeItem(new RegExp(`Keep.*store\\.go:${keep.line}`));
    await window.unfold(treeItem(/60×/), frame);
    await frame.click();
    await expect.poll(position).toBe(`store.go (v1.16.0):${keep.line}:1`);
    const shown = () =>
      evaluate((vscode) => {
        const { document } = vscode.window.activeTextEditor!;
        return { text: document.getText(), language: document.languageId, scheme: document.uri.scheme };
      });
    await expect
      .poll(shown)
      .toEqual({ text: release.files.get("store/store.go"), language: "go", scheme: "goroutine-dump-revision" });
    const lens = page.locator(".codelens-decoration a", { hasText: "Same place in today's file" });
    await expect.poll(() => lens.count()).toBe(1);
    await screenshot("file of a release");

    await lens.click();
    const line = today.files.get("store/store.go")!.split("\n").indexOf("\ts.Put(1)") + 1;
    await expect.poll(position).toBe(`store.go:${line}:1`);
    expect(line).not.toBe(keep.line);
    await screenshot("same place today");
  });

  it("leads on to the file that a function has moved to since", async () => {
    const older = ALL[12]!;
    const drain = older.frames[0]!;
    const window = await openDumpOfRelease(older);
    const { page, position, treeItem, screenshot } = window;
    await expect.poll(() => page.locator(".statusbar-item", { hasText: "v1.13.0" }).count()).toBe(1);
    await window.showGoroutines();
    const frame = treeItem(new RegExp(`empty.*store\\.go:${drain.line}`));
    await window.unfold(treeItem(/60×/), frame);
    await frame.click();
    await expect.poll(position).toBe(`store.go (v1.13.0):${drain.line}:1`);

    const line = today.files.get("store/drain.go")!.split("\n").indexOf("\ts.out <- item") + 1;
    const lens = page.locator(".codelens-decoration a", { hasText: `Moved to drain.go, line ${line}` });
    await expect.poll(() => lens.count()).toBe(1);
    await screenshot("moved to another file");
    await lens.click();
    await expect.poll(position).toBe(`drain.go:${line}:1`);
  });

  it("shows who stands at the line of today, and lets another release be chosen", async () => {
    const window = await openDumpOfRelease();
    const { evaluate, page, choose, screenshot, position } = window;
    const drain = "store/drain.go";
    const line = today.files.get(drain)!.split("\n").indexOf("\ts.out <- item") + 1;
    await evaluate(async (vscode, path) => {
      const [root] = vscode.workspace.workspaceFolders!;
      await vscode.window.showTextDocument(vscode.Uri.joinPath(root!.uri, path));
    }, drain);
    await expect.poll(position).toMatch(/^drain\.go:/);
    const lens = page.locator(".codelens-decoration a", { hasText: "60 goroutines" });
    await expect.poll(() => lens.count()).toBe(1);
    const problems = () =>
      evaluate((vscode) =>
        vscode.languages
          .getDiagnostics()
          .filter(([uri]) => uri.path.endsWith("drain.go"))
          .flatMap(([, list]) => list.map(({ range }) => range.start.line + 1)),
      );
    await screenshot("who stands at the line of today");
    // A suspect is shown at the source when that is asked for.
    await evaluate((vscode) =>
      vscode.workspace
        .getConfiguration("goroutineDump")
        .update("diagnosticsAtSource", "suspect", vscode.ConfigurationTarget.Global),
    );
    onTestFinished(() =>
      evaluate((vscode) =>
        vscode.workspace
          .getConfiguration("goroutineDump")
          .update("diagnosticsAtSource", undefined, vscode.ConfigurationTarget.Global),
      ),
    );
    await expect.poll(problems).toEqual([line]);

    await page.locator(".statusbar-item", { hasText: "v1.16.0" }).click();
    await expect.poll(() => page.locator(".quick-input-list .monaco-list-row").count()).toBeGreaterThan(5);
    await screenshot("choice of a release");
    await choose("v1.15.0");
    await expect.poll(() => page.locator(".statusbar-item", { hasText: "no revision fits" }).count()).toBe(1);
  });
});
