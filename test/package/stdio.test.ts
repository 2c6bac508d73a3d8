import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { type RawMessage, type RawSession, createRawSession } from "../support/rawSession.ts";
import { didOpenDump, positionOf, sampleDump, sampleFolder } from "../support/sampleDump.ts";

/** Starts the command line's bundle, and a session over its standard input and output. */
function startServer(args: readonly string[]): { server: ChildProcessWithoutNullStreams; session: RawSession } {
  const server = spawn(process.execPath, [join(root, "dist/node/cli.js"), ...args]);
  onTestFinished(() => {
    server.kill();
  });
  const session = createRawSession((message) => {
    const body = Buffer.from(JSON.stringify(message));
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    server.stdin.write(body);
  });
  let received = Buffer.alloc(0);
  server.stdout.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/.exec(received.toString("latin1"));
      if (header === null) return;
      const start = header[0].length;
      const end = start + Number(header[1]);
      if (received.length < end) return;
      session.receive(JSON.parse(received.subarray(start, end).toString()) as RawMessage);
      received = received.subarray(end);
    }
  });
  return { server, session };
}

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
