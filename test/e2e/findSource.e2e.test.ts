import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWindow, sharedWindow, type Workbench } from "./support/workbench.ts";
import { temporaryFolder } from "./support/workspaces.ts";

const program = "package main\n\nfunc main() {\n\tselect {}\n}\n";

/** Writes a command's module into a folder of its own. */
function writeCommand(folder: string, name: string, file: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "go.mod"), `module example.com/${name}\n`);
  writeFileSync(join(folder, name, file), program);
}

/** Writes a dump with one frame in that file of the machine that built the program. */
function writeDump(folder: string, built: string): string {
  const dump = join(folder, "app.dump");
  writeFileSync(dump, `goroutine 1 [select (no cases)]:\nmain.main()\n\t${built}:4 +0x1d\n`);
  return dump;
}

/** The frame of the dump that is open, in the tree. */
async function unfoldFrame({ showGoroutines, treeItem, unfold }: Workbench) {
  await showGoroutines();
  const frame = treeItem(/main\.main.*\.go:4/);
  await unfold(treeItem(/1× main\.main/), frame);
  return frame;
}

describe("the source of a frame, in the real VS Code", () => {
  it("is asked for once when several files fit, and the answer is remembered", async () => {
    const folder = temporaryFolder();
    writeCommand(folder, "one", "main.go");
    writeCommand(folder, "two", "main.go");
    // Both are there before the window is: of two files that come, its watcher may tell one first.
    const window = await openWindow({ folder, files: [writeDump(folder, "/build/either/main.go")] });
    const { page, position, evaluate, screenshot } = window;
    const frame = await unfoldFrame(window);
    const active = () =>
      evaluate((vscode) => vscode.window.activeTextEditor?.document.uri.path.split("/").slice(-2).join("/") ?? "");

    await frame.click();
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await expect.poll(() => rows.count()).toBe(2);
    await screenshot("which file");
    await rows.filter({ hasText: "two/main.go" }).click();
    await expect.poll(position).toBe("main.go:4:1");
    expect(await active()).toBe("two/main.go");

    await evaluate((vscode) => vscode.commands.executeCommand("workbench.action.closeActiveEditor"));
    await frame.click();
    await expect.poll(active).toBe("two/main.go");
  });

  it("can be shown by the user when it is not found, and is mapped from then on", async () => {
    const elsewhere = temporaryFolder();
    writeCommand(elsewhere, "app", "server.go");
    const window = await sharedWindow();
    const { folder, notifications, answerNotification, chooseFile, position, screenshot } = window;
    await window.open(writeDump(folder, "/build/app/server.go"));
    const frame = await unfoldFrame(window);

    await frame.click();
    const told = (await notifications()).locator(".notification-list-item", { hasText: "server.go was not found" });
    await expect.poll(() => told.count()).toBe(1);
    expect(await position()).toMatch(/^app\.dump:/);
    await screenshot("source not found");
    await answerNotification("Find File...");
    await chooseFile("Where is /build/app/server.go?", join(elsewhere, "app", "server.go"));

    await expect.poll(position).toBe("server.go:4:1");
    const settings = () => JSON.parse(readFileSync(join(folder, ".vscode", "settings.json"), "utf8")) as unknown;
    expect(settings()).toEqual({ "goroutineDump.sourceMap": [{ from: "/build", to: elsewhere }] });
  });
});
