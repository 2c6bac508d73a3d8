import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { goFile } from "../support/locatorBench.ts";
import { sharedWindow } from "./support/workbench.ts";
import { temporaryFolder } from "./support/workspaces.ts";

const DUMP = `goroutine 7 [IO wait]:
net/http.(*conn).serve(0x1)
	/home/dev/sdk/go1.22.3/src/net/http/server.go:5 +0x2f
main.main()
	/build/main.go:4 +0x1d
`;
const COMMAND = "go run golang.org/dl/go1.22.3@latest download";

it("a file of another release of Go says so in the real VS Code, and the command is typed for the user to start", async () => {
  const window = await sharedWindow();
  const { folder, evaluate, notifications, answerNotification, position, treeItem, screenshot } = window;
  const goroot = temporaryFolder();
  for (const [path, text] of [
    ["VERSION", "go1.19.8\n"],
    ["src/net/http/server.go", goFile("http", "(c *conn) serve()")],
  ] as const) {
    mkdirSync(dirname(join(goroot, path)), { recursive: true });
    writeFileSync(join(goroot, path), text);
  }
  const setGoroot = (value: string | undefined) =>
    evaluate(
      (vscode, path) =>
        vscode.workspace
          .getConfiguration("goroutineDump")
          .update("goroot", path ?? undefined, vscode.ConfigurationTarget.Global),
      value ?? null,
    );
  await setGoroot(goroot);
  onTestFinished(async () => {
    await evaluate((vscode) => vscode.window.terminals.forEach((terminal) => terminal.dispose()));
    await setGoroot(undefined);
  });
  const dump = join(folder, "other.dump");
  writeFileSync(dump, DUMP);
  await window.open(dump);
  await window.showGoroutines();
  const frame = treeItem(/serve.*server\.go:5/);
  await window.unfold(treeItem(/1× main\.main, IO wait/), frame);

  await frame.click();
  await expect.poll(position).toBe("server.go:5:1");
  const told = (await notifications()).locator(".notification-list-item", {
    hasText: `The program was built with Go 1.22.3; here is Go 1.19.8. To get the right one: ${COMMAND}`,
  });
  await expect.poll(() => told.count()).toBe(1);
  await screenshot("another release of Go");

  await answerNotification("Get It in the Terminal");
  const typed = () =>
    evaluate(async (vscode) => {
      await vscode.env.clipboard.writeText("");
      await vscode.commands.executeCommand("workbench.action.terminal.selectAll");
      await vscode.commands.executeCommand("workbench.action.terminal.copySelection");
      return vscode.env.clipboard.readText();
    });
  await expect.poll(typed).toContain(COMMAND);
  await screenshot("typed into the terminal");
});
