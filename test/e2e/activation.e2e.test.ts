import { join } from "node:path";
import type * as vscode from "vscode";
import { describe, expect, it } from "vitest";
import { openWindow } from "./support/workbench.ts";
import { sampleWorkspace } from "./support/workspaces.ts";

const EXTENSION = "goroutine-dump-navigator.goroutine-dump-navigator";

/** In the extension host: activates the extension, opens a dump and asks for its outline until the server gives it. */
async function startWithDump(api: typeof vscode, id: string, dump: string) {
  const start = Date.now();
  await api.extensions.getExtension(id)?.activate();
  const activated = Date.now() - start;
  const document = await api.workspace.openTextDocument(api.Uri.file(dump));
  await api.window.showTextDocument(document);
  const opened = Date.now() - start;
  const outline = () => api.commands.executeCommand<unknown[]>("vscode.executeDocumentSymbolProvider", document.uri);
  while (!((await outline())?.length > 0)) await new Promise<void>((resolve) => void setImmediate(resolve));
  return { activated, opened, answered: Date.now() - start };
}

describe("the extension in the real VS Code", () => {
  it("serves a dump once it is open", async () => {
    const folder = sampleWorkspace();
    const { evaluate } = await openWindow({ folder });

    const times = await evaluate(startWithDump, EXTENSION, join(folder, "deadlock.dump"));
    expect(await evaluate((api, id) => api.extensions.getExtension(id)?.isActive, EXTENSION)).toBe(true);
    // Milliseconds for the reader; 0 where plain text of VS Code's own has activated it already. Limits are for the benchmark, on a machine that does nothing else.
    console.log(
      `activation: ${times.activated} ms; server's first answer ${times.answered - times.opened} ms after the dump is open`,
    );
  });
});
