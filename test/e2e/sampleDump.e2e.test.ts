import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sharedWindow } from "./support/workbench.ts";
import { copySample } from "./support/workspaces.ts";

async function openSample() {
  const window = await sharedWindow();
  copySample(window.folder);
  const dump = join(window.folder, "deadlock.dump");
  await window.open(dump);
  await window.showGoroutines();
  return { ...window, dump };
}

describe("a dump with the sources it names, in the real VS Code", () => {
  it("is a tree of groups, and a click on a frame opens the source at its line", async () => {
    const { treeItem, unfold, follow, position, screenshot } = await openSample();

    const frame = treeItem(/manager\.go:214/);
    await unfold(treeItem(/3× kline.*MarketManager\)\.check.*semacquire/), frame);
    await follow(frame, "manager.go:214:1");

    expect(await position()).toBe("manager.go:214:1");
    await screenshot("tree and source");
  });

  it("has its finding as a problem, and on top of the tree with the way to its cause", async () => {
    const { page, evaluate, runCommand, treeItem, follow, dump, screenshot } = await openSample();
    const problems = () =>
      evaluate(
        (vscode, file) =>
          vscode.languages.getDiagnostics(vscode.Uri.file(file)).map(({ message, relatedInformation = [] }) => ({
            message,
            places: relatedInformation.map(({ location: { uri, range } }) => {
              return `${uri.path.split("/").at(-1)}:${range.start.line + 1}`;
            }),
          })),
        dump,
      );

    await expect.poll(problems).toMatchObject([
      {
        message: expect.stringMatching(/[Gg]oroutine 45 holds .*0xc000118008/),
        places: expect.arrayContaining(["client.go:199"]),
      },
    ]);
    await runCommand("Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row", { hasText: "RWMutex held while sending" }).first().waitFor();
    await follow(treeItem(/^strong, client\.go:199, RWMutex held while sending/), "deadlock.dump:188:1");
    await screenshot("finding");
  });

  it("has an outline, folds, links and hovers", async () => {
    const { evaluate, goTo, showHover, dump, screenshot } = await openSample();
    const found = await evaluate(async (vscode, file) => {
      const uri = vscode.Uri.file(file);
      const ask = async (command: string) => (await vscode.commands.executeCommand<unknown[]>(command, uri)).length;
      return {
        symbols: await ask("vscode.executeDocumentSymbolProvider"),
        folds: await ask("vscode.executeFoldingRangeProvider"),
        links: await ask("vscode.executeLinkProvider"),
      };
    }, dump);
    expect(found.symbols).toBe(9);
    expect(found.folds).toBeGreaterThanOrEqual(12);
    expect(found.links).toBeGreaterThan(50);

    await goTo(23, 3);
    await showHover("78 min");
    await screenshot("hover");
  });
});
