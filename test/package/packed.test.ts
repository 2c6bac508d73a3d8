import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { installPackage } from "../support/packPackage.ts";
import { startStdioServer } from "../support/stdioServer.ts";

const CORPUS = join(root, "test/fixtures/corpus");
const LEAK = join(CORPUS, "leak/leak-go1.27.debug2.txt");

/** A folder with nothing in it but the package as npm installs it. */
let folder = "";
let program = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "packed-"));
  installPackage(folder);
  const installed = join(folder, "node_modules/goroutine-dump-navigator");
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  program = join(installed, bin["goroutine-dump"] ?? "");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the packed package, alone in a folder", () => {
  it.skipIf(process.platform === "win32")("has its command where npm puts it", () => {
    const { status, stdout } = spawnSync("npx", ["--no-install", "goroutine-dump", "--version"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "0.1.0\n" });
  });

  it.each([
    ["analyze", ["analyze", LEAK], /400 × chan send/],
    ["report", ["report", LEAK], /^## Goroutines of /],
    ["redact", ["redact", LEAK], /^goroutine \d+ \[/m],
    ["convert", ["convert", "--to", "ndjson", LEAK], /^\{"file":/],
    ["fleet", ["fleet", CORPUS], /^\d+ dumps of \d+ hosts/],
  ])("runs %s", (_, args, printed) => {
    const { status, stdout } = run(...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(printed);
  });

  it("writes what needs more than the command line's bundle: a page, and Parquet", () => {
    const [page, rows] = [join(folder, "report.html"), join(folder, "rows.parquet")];
    expect(run("report", "--html", page, LEAK)).toMatchObject({ status: 0, stderr: "" });
    expect(run("convert", "--to", "parquet", "--out", rows, LEAK)).toMatchObject({ status: 0, stderr: "" });
    expect([existsSync(page), existsSync(rows)]).toEqual([true, true]);
  });

  it("captures from a running program", async () => {
    const server = createServer((_, response) => response.end("goroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\n"));
    server.listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const targets = join(folder, "targets.txt");
    writeFileSync(targets, `127.0.0.1:${(server.address() as AddressInfo).port}\n`);

    const child = spawn(process.execPath, [program, "capture", "--targets", targets, "--out", join(folder, "dumps")]);
    let stdout = "";
    child.stdout.on("data", (text) => (stdout += text));
    expect(await once(child, "close")).toEqual([0, null]);
    expect(stdout).toBe("1 captured, 0 were there already, 0 failed\n");
  });

  it("serves assistants", async () => {
    mkdirSync(join(folder, "served"));
    cpSync(LEAK, join(folder, "served/leak.dump"));
    const client = new Client({ name: "test", version: "1" });
    const args = [program, "mcp", "--root", join(folder, "served")];
    await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: "pipe" }));
    onTestFinished(() => client.close());
    const result = await client.callTool({
      name: "summarize_dump",
      arguments: { paths: [join(folder, "served/leak.dump")] },
    });
    expect(result.structuredContent).toMatchObject({ total: 1, items: [{ form: "traceback" }] });
  });

  it("serves editors", async () => {
    const { session } = startStdioServer(program, ["lsp", "--stdio"]);
    expect(await session.request("initialize", { processId: null, rootUri: null, capabilities: {} })).toMatchObject({
      capabilities: { hoverProvider: true },
    });
  });
});
