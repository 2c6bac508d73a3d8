import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { GoroutineDumpExtension } from "../../client/src/api.ts";
import { sharedWindow } from "./support/workbench.ts";
import { copySample } from "./support/workspaces.ts";

const EXTENSION = "goroutine-dump-navigator.goroutine-dump-navigator";
const GOROUTINE = "goroutine 7 [chan send (nil chan)]:\nmain.work()\n\t/src/main.go:12 +0x1d\n";

describe("the extension, for other extensions in the real VS Code", () => {
  it("gives groups and findings of an open dump", async () => {
    const { evaluate, folder, open } = await sharedWindow();
    copySample(folder);
    const file = join(folder, "deadlock.dump");
    await open(file);

    const dump = await evaluate(
      async (vscode, id, path) => {
        const extension = await vscode.extensions.getExtension<GoroutineDumpExtension>(id)!.activate();
        const api = extension.getApi(1);
        return api.getDump(vscode.Uri.file(path), { filter: "kline" });
      },
      EXTENSION,
      file,
    );

    expect(dump).toMatchObject({
      total: 12,
      shown: 4,
      findings: { items: [{ rule: "lock-held-while-blocked", frame: { line: 199 } }], more: 0 },
    });
  });

  it("opens a text, and tells when its dumps have changed", async () => {
    const { evaluate } = await sharedWindow();

    const { opened, changed } = await evaluate(
      async (vscode, id, text) => {
        const extension = await vscode.extensions.getExtension<GoroutineDumpExtension>(id)!.activate();
        const api = extension.getApi(1);
        const document = await api.openText(text);
        const countAll = async () => (await api.getDump(document.uri))?.total;
        const before = await countAll();
        // What is told before the change is of the opening.
        const read = new Promise<void>((resolve) => {
          const listening = api.onDidChangeDump(async ({ path }) => {
            if (path !== document.uri.path || (await countAll()) !== 2) return;
            listening.dispose();
            resolve();
          });
        });
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), `${text.replace("goroutine 7", "goroutine 8")}\n`);
        await vscode.workspace.applyEdit(edit);
        await read;
        const after = await countAll();
        await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
        return { opened: before, changed: after };
      },
      EXTENSION,
      GOROUTINE,
    );

    expect({ opened, changed }).toEqual({ opened: 1, changed: 2 });
  });
});
