import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openWindow, sharedWindow } from "./support/workbench.ts";
import { copySample, fixtures, sampleWorkspace } from "./support/workspaces.ts";

describe("the first second with a dump, in the real VS Code", () => {
  it("says what is wrong above the first line, and opens the tree without taking the cursor", async () => {
    const folder = sampleWorkspace();
    const { page, treeItem, position, screenshot } = await openWindow({
      folder,
      files: [join(folder, "deadlock.dump")],
    });

    const lens = page.locator(".codelens-decoration", { hasText: "RWMutex held while sending: client.go:199" });
    await lens.first().waitFor();
    await treeItem(/^strong, client\.go:199, RWMutex held while sending/).waitFor();
    await page.keyboard.press("ArrowDown");
    await expect.poll(position).toBe("deadlock.dump:2:1");
    await screenshot("first second");
  });

  it("opens a packed profile by a plain click, and says of one of another kind what it is", async () => {
    const { folder, page, showExplorer, treeItem, evaluate, screenshot } = await sharedWindow();
    cpSync(join(fixtures, "corpus", "leak", "leak-go1.27.pb.gz"), join(folder, "leak.pb.gz"));
    writeFileSync(join(folder, "heap.pb.gz"), gzipSync(cpuProfile()));
    await showExplorer();

    await treeItem("leak.pb.gz").click();
    await expect
      .poll(() => evaluate((vscode) => vscode.window.activeTextEditor?.document.getText() ?? ""))
      .toMatch(/^goroutine profile: total 403\n/);

    await treeItem("heap.pb.gz").click();
    const refused = page.frameLocator("iframe.webview").frameLocator("#active-frame");
    await expect.poll(() => refused.locator("body").textContent()).toMatch(/holds no goroutines.*CPU profile/s);
    expect(await refused.getByRole("link", { name: "Open With..." }).count()).toBe(1);
    await screenshot("another profile");
  });
});

/** The smallest profile with samples of the type `samples/count`. */
function cpuProfile(): Uint8Array {
  return Uint8Array.from([0x0a, 0x04, 0x08, 0x01, 0x10, 0x02, ...["", "samples", "count"].flatMap(entryOfStrings)]);
}

function entryOfStrings(value: string): number[] {
  return [0x32, value.length, ...Buffer.from(value)];
}

describe("a finding in the tree, in the real VS Code", () => {
  it("opens to what it says, stays selected, and leads to its page without a network", async () => {
    const { folder, open, page, showGoroutines, treeItem, unfold, position, screenshot } = await sharedWindow();
    copySample(folder);
    await open(join(folder, "deadlock.dump"));
    await showGoroutines();
    const finding = treeItem(/^strong, client\.go:199, RWMutex held while sending/);

    await unfold(finding, treeItem(/^ws.*goroutine 45 holds the RWMutex/));
    await expect.poll(position).toBe("deadlock.dump:188:1");
    expect(await finding.getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("Enter");
    await page.locator("[role=tree]:focus").waitFor();
    await unfold(treeItem(/^ws.*goroutine 45 holds the RWMutex/), treeItem(/^0xc000118008 while it is/));

    await treeItem(/^About this kind of finding/).click();
    const preview = page.frameLocator("iframe.webview").frameLocator("#active-frame");
    await expect.poll(() => preview.locator("h1").textContent()).toBe("Lock held by a goroutine that is blocked");
    await screenshot("rule page");
  });

  it("is found by key, from the dump's text", async () => {
    const { folder, goTo, open, page, position } = await sharedWindow();
    copySample(folder);
    await open(join(folder, "deadlock.dump"));
    // The editor opens a file where it was left.
    await goTo(1, 1);
    await page.locator(".codelens-decoration", { hasText: "RWMutex held" }).filter({ visible: true }).first().waitFor();

    await page.keyboard.press("Control+F8");

    await expect.poll(position).toBe("deadlock.dump:188:1");
  });
});

describe("the filter box, in the real VS Code", () => {
  it("completes what is typed, says what is wrong, and how many goroutines are left", async () => {
    const { folder, open, page, runCommand, showGoroutines, treeItem } = await sharedWindow();
    copySample(folder);
    await open(join(folder, "deadlock.dump"));
    await showGoroutines();
    await treeItem(/3× kline/).waitFor();
    await runCommand("Filter Goroutines...");
    const input = page.locator(".quick-input-widget input");
    const rows = page.locator(".quick-input-list .monaco-list-row");

    await input.fill("sta");
    await rows.filter({ hasText: "state:" }).click();
    await expect.poll(() => input.inputValue()).toBe("state:");
    await rows.filter({ hasText: '"chan send"' }).click();
    await expect.poll(() => input.inputValue()).toBe('state:"chan send" ');
    await input.fill("wait:soon");
    await rows.filter({ hasText: "wants a number" }).waitFor();
    await input.fill('state:"chan send" or has:finding');
    await rows.filter({ hasText: "Show 4 of 12 goroutines" }).click();

    await expect.poll(() => treeItem(/main\.main/).count()).toBe(0);
    await expect.poll(() => treeItem(/3× kline/).count()).toBe(1);
  });
});

describe("the groupings, in the real VS Code", () => {
  it.each([
    ["Same Functions", /3× kline\.\(\*MarketManager\)\.check/],
    ["Your Frames", /3× kline\.\(\*MarketManager\)\.check/],
    ["Blocking Place", /3× kline\.\(\*MarketManager\)\.check/],
    ["Creation Place", /× main\.\(\*httpServer\)\.websocket at server\.go:231/],
    ["State", /3× semacquire/],
    ["Label", /12× no labels/],
    ["Package", /× kline.*github\.com\/jeek120\/exchange\/kline/],
    ["Who Started Whom", /3× kline\.\(\*MarketManager\)\.check/],
  ])("by %s", async (name, row) => {
    const { folder, open, chooseOf, showGoroutines, treeItem } = await sharedWindow();
    copySample(folder);
    await open(join(folder, "deadlock.dump"));
    await showGoroutines();
    await treeItem(/3× kline/).waitFor();

    await chooseOf("Group By...", name);

    await expect.poll(() => treeItem(row).count()).toBeGreaterThan(0);
  });
});
