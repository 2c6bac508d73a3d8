import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { didOpenDump, positionOf, sampleDump, sampleFolder } from "../support/sampleDump.ts";
import { startStdioServer } from "../support/stdioServer.ts";

const startServer = (args: readonly string[]) => startStdioServer(join(root, "dist/node/cli.js"), args);

describe("the server over standard input and output, with a client that can nothing optional", () => {
  it("answers from initialize to exit", async () => {
    const { server, session } = startServer(["lsp", "--stdio"]);
    const { request, notify, notification } = session;

    const rootUri = pathToFileURL(sampleFolder).href;
    const { capabilities } = (await request("initialize", { processId: null, rootUri, capabilities: {} })) as {
      readonly capabilities: unknown;
    };
    expect(capabilities).toMatchObject({ definitionProvider: expect.anything(), hoverProvider: expect.anything() });
    notify("initialized", {});
    notify("textDocument/didOpen", didOpenDump);
    const textDocument = { uri: sampleDump.uri };

    expect(await request("textDocument/documentSymbol", { textDocument })).not.toHaveLength(0);
    const definition = await request("textDocument/definition", {
      textDocument,
      position: positionOf("manager.go:214"),
    });
    expect([definition].flat()).toMatchObject([
      { uri: expect.stringMatching(/\/kline\/manager\.go$/), range: { start: { line: 213 } } },
    ]);
    expect(await notification("textDocument/publishDiagnostics")).toMatchObject({ uri: sampleDump.uri });
    await request("shutdown", undefined);
    const exited = once(server, "exit");
    notify("exit", undefined);
    expect(await exited).toEqual([0, null]);
  });

  it("prints how to use it instead of guessing a transport", async () => {
    const { server } = startServer(["lsp"]);

    const [message] = (await once(server.stderr, "data")) as [Buffer];
    expect(message.toString()).toContain("--stdio");
    expect(server.exitCode ?? (await once(server, "exit"))[0]).toBe(2);
  });
});
