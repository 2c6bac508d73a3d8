import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedWindow } from "./support/workbench.ts";
import { copySample } from "./support/workspaces.ts";

const blocked = "3 goroutines blocked here, at least 2 min: semacquire";

async function openSample() {
  const window = await sharedWindow();
  copySample(window.folder);
  const dump = join(window.folder, "deadlock.dump");
  await window.open(dump);
  await window.showGoroutines();
  await window.open(join(window.folder, "kline", "manager.go"));
  return { ...window, dump, lens: window.page.locator(".codelens-decoration a") };
}

describe("the source while a dump is open, in the real VS Code", () => {
  it("says above a line who stands there, and a click shows the group in the tree", async () => {
    const { goTo, lens, treeItem, page, runCommand, screenshot } = await openSample();
    await goTo(214, 1);
    await expect.poll(() => lens.allTextContents()).toEqual([blocked]);
    await goTo(214, 10);
    await runCommand("Show or Focus Hover");
    await expect
      .poll(() => page.locator(".monaco-hover-content").allTextContents())
      .toContainEqual(expect.stringMatching(/MarketManager\)\.check:\s3\sgoroutines/));
    await screenshot("goroutines in the source");
    await page.keyboard.press("Escape");
    await lens.click();
    await expect.poll(() => treeItem(/3× kline.*MarketManager\)\.check/).getAttribute("aria-selected")).toBe("true");
    await screenshot("group of a lens");
  });

  it("follows edits, drops what is edited, and is as before when the dump is closed", async () => {
    const { goTo, lens, page, evaluate, dump } = await openSample();
    await goTo(214, 1);
    await expect.poll(() => lens.allTextContents()).toEqual([blocked]);
    await goTo(200, 1);
    await page.keyboard.type("// a remark\n");
    await goTo(215, 1);
    await expect.poll(() => lens.allTextContents()).toEqual([blocked]);
    await page.keyboard.type("x");
    await expect.poll(() => lens.count()).toBe(0);
    await page.keyboard.press("Control+z");
    await evaluate(async (vscode, file) => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const tab = tabs.find(({ input }) => input instanceof vscode.TabInputText && input.uri.path === file);
      if (tab) await vscode.window.tabGroups.close(tab);
    }, dump);
    await expect.poll(() => lens.count()).toBe(0);
  });

  it("has the findings of the dump at the lines they blame", async () => {
    const { evaluate, open, folder, page, runCommand, goTo, screenshot } = await openSample();
    const client = join(folder, "okx", "api", "ws", "client.go");
    const found = () =>
      evaluate((vscode, file) => {
        const list = vscode.languages.getDiagnostics(vscode.Uri.file(file));
        return list.map(({ message, range, relatedInformation = [] }) => ({
          line: range.start.line + 1,
          message,
          leadsTo: relatedInformation[0]?.location.uri.path.split("/").at(-1),
        }));
      }, client);
    await expect.poll(found).toMatchObject([{ line: 199, leadsTo: "deadlock.dump" }]);
    await open(client);
    await goTo(199, 1);
    await runCommand("Problems: Focus on Problems View");
    await expect.poll(() => page.locator(".markers-panel").textContent()).toContain("client.go");
    await screenshot("finding in the source");
  });

  it("lists the other uses of a lock, with who stands there", async () => {
    const { evaluate, open, goTo, runCommand, page, dump, screenshot } = await openSample();
    // Stands in for gopls: the places where the name occurs.
    await evaluate((vscode) =>
      vscode.languages.registerReferenceProvider("go", {
        provideReferences: (document, position) => {
          const name = document.getText(document.getWordRangeAtPosition(position));
          const matches = [...document.getText().matchAll(new RegExp(`\\b${name}\\b`, "g"))];
          return matches.map(({ index }) => {
            const start = document.positionAt(index);
            return new vscode.Location(document.uri, new vscode.Range(start, start.translate(0, name.length)));
          });
        },
      }),
    );
    await open(dump);
    const line =
      readFileSync(dump, "utf8")
        .split("\n")
        .findIndex((text) => text.startsWith("goroutine 224 ")) + 1;
    await goTo(line, 1);
    await runCommand("Find the Other End");
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await expect.poll(() => rows.first().textContent()).toContain(blocked);
    await screenshot("other end");
    await rows.first().click();
    await expect.poll(() => page.locator("#status\\.editor\\.selection").textContent()).toContain("Ln 214");
  });

  it("searches for the text when nothing knows Go", async () => {
    const { answerNotification, open, goTo, runCommand, page, dump } = await openSample();
    await open(dump);
    const line =
      readFileSync(dump, "utf8")
        .split("\n")
        .findIndex((text) => text.startsWith("goroutine 224 ")) + 1;
    await goTo(line, 1);
    await runCommand("Find the Other End");
    await answerNotification("Search for the Text");
    await expect.poll(() => page.locator(".search-view").textContent()).toContain("manager.go");
  });
});

describe("what is expected, in the real VS Code", () => {
  it("is written by a quick fix, is no problem any more, and is dimmed in the tree", async () => {
    const { folder, open, goTo, runCommand, page, evaluate, showGoroutines, treeItem, screenshot } =
      await sharedWindow();
    const dump = join(folder, "nil.dump");
    const text = "goroutine 7 [chan send (nil chan)]:\nmain.work()\n\t/src/main.go:12 +0x1d\n";
    writeFileSync(dump, text);
    await open(dump);
    await showGoroutines();
    const problems = () =>
      evaluate((vscode, file) => vscode.languages.getDiagnostics(vscode.Uri.file(file)).map(({ code }) => code), dump);
    await expect.poll(problems).toHaveLength(1);
    await goTo(1, 1);
    await runCommand("Quick Fix...");
    const fix = page.getByText("Expected: ignore goroutines in main.work");
    await fix.waitFor();
    await screenshot("quick fixes");
    await fix.click();
    await expect.poll(problems).toEqual([]);
    expect(readFileSync(join(folder, ".goroutine-dump-ignore"), "utf8")).toMatch(
      /^(?:#.*\n)+top-function main\.work\n$/,
    );
    await expect.poll(() => treeItem(/main\.work.*expected/).count()).toBe(1);
    await screenshot("expected group");
  });
});
