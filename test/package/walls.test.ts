import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";

/** A tree beside the project's, with its rules and nothing but the files that break them. */
const tree = mkdtempSync(join(tmpdir(), "walls-"));
afterAll(() => rmSync(tree, { recursive: true, force: true }));
symlinkSync(join(root, "node_modules"), join(tree, "node_modules"), "junction");
for (const file of [
  ".oxlintrc.json",
  "tsconfig.base.json",
  "server/src/core/tsconfig.json",
  "scripts/lint/houseRules.mjs",
]) {
  cpSync(join(root, file), join(tree, file));
}

/** Writes a file that goes with the test. */
function write(path: string, text: string): string {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
  onTestFinished(() => rmSync(file));
  return file;
}

function runTool(name: string, args: readonly string[]): string {
  const tool = join(root, "node_modules", ".bin", name);
  const { stdout, stderr } = spawnSync(tool, args, {
    cwd: tree,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  return stdout + stderr;
}

describe("the linter refuses", () => {
  it.each([
    ["core to import a package", "server/src/core/x.ts", "vscode-uri"],
    ["core to import Node", "server/src/core/x.ts", "node:fs"],
    ["core to import the service layer", "server/src/core/parse/x.ts", "../../service/ports.ts"],
    ["what is printed to import core", "server/src/output/x.ts", "../core/model/dump.ts"],
    ["formats to import Node", "server/src/formats/x.ts", "node:zlib"],
    ["formats to import the service layer", "server/src/formats/x.ts", "../service/ports.ts"],
    ["service to import the connection", "server/src/service/x.ts", "vscode-languageserver"],
    ["service to import Node", "server/src/service/x.ts", "node:path"],
    ["service to import vscode", "server/src/service/x.ts", "vscode"],
    ["service to import the layer above", "server/src/service/x.ts", "../lsp/startServer.ts"],
    ["what other programs import to need Node", "server/src/library/x.ts", "node:fs"],
    ["what other programs import to need the layer above", "server/src/library/x.ts", "../lsp/answer.ts"],
    ["lsp to choose a platform", "server/src/lsp/x.ts", "vscode-languageserver/node"],
    ["lsp to import Node", "server/src/lsp/x.ts", "node:fs"],
    ["the view models to import vscode", "client/src/model/x.ts", "vscode"],
    ["the view models to import features", "client/src/model/x.ts", "../features/status.ts"],
    ["the client's features to import Node", "client/src/features/x.ts", "node:fs"],
    ["the client to import the server's core", "client/src/features/x.ts", "../../../server/src/core/model/dump.ts"],
    ["the webview to import vscode", "client/src/webview/x.ts", "vscode"],
    ["the webview to import features", "client/src/webview/x.ts", "../features/openSource.ts"],
    ["what both hosts give to import Node", "client/src/runtime/x.ts", "node:http"],
    ["what both hosts give to import features", "client/src/runtime/x.ts", "../features/openSource.ts"],
    ["the client to choose a platform", "client/src/x.ts", "vscode-languageclient/node"],
  ])("%s", (_, path, imported) => {
    const file = write(path, `import { x } from "${imported}";\n\nexport const y = x;`);

    expect(runTool("oxlint", [file])).toContain("no-restricted-imports");
  });

  it.each([
    ["what is read to import what reads it", "server/src/core/text/x.ts", "../read/dumpReader.ts"],
    ["leaks to import what is built on them", "server/src/core/leaks/x.ts", "../compare/fleet.ts"],
    ["the ground floor to import a folder", "server/src/core/steps.ts", "./model/dump.ts"],
    ["a folder that has no floor", "server/src/core/elsewhere/x.ts", "../model/dump.ts"],
    ["the open document to import the tree", "server/src/service/document/x.ts", "../tree/stackTree.ts"],
    ["a folder to import what composes all", "server/src/service/features/x.ts", "../languageService.ts"],
  ])("%s, a type too", (_, path, imported) => {
    const file = write(path, `import type { X } from "${imported}";\n\nexport type Y = X;`);

    expect(runTool("oxlint", [file])).toContain("house(floors)");
  });

  it("a circle of imports, even of types alone", () => {
    write("server/src/core/text/y.ts", 'import type { X } from "./x.ts";\n\nexport type Y = X | 1;');
    const file = write("server/src/core/text/x.ts", 'import type { Y } from "./y.ts";\n\nexport type X = Y | 2;');

    expect(runTool("oxlint", [file])).toContain("import(no-cycle)");
  });

  it.each([
    ["data spread into arguments", "no-data-spread", "export const f = (xs: number[]) => Math.max(...xs);"],
    ["data spread into a constructor", "no-data-spread", "export const f = (xs: []) => new Set(...xs);"],
    ["a table in an object literal", "no-record-table", 'export const x: Record<string, string> = { a: "b" };'],
    ["a pattern that backtracks", "no-super-linear-backtracking", "export const x = /^a*a*$/;"],
    ["a pattern that is tried from everywhere", "no-super-linear-move", "export const x = /a+$/;"],
  ])("%s", (_, rule, code) => {
    expect(runTool("oxlint", [write("server/src/core/x.ts", code)])).toContain(`(${rule})`);
  });

  it("not what passes its own rest parameters on", () => {
    const file = write("server/src/core/x.ts", "export const f = (...xs: number[]) => Math.max(...xs);");

    expect(runTool("oxlint", [file])).not.toContain("no-data-spread");
  });

  it("nothing in a file that stays in its layer", () => {
    const file = write("server/src/lsp/x.ts", `import { x } from "../service/ports.ts";\n\nexport const y = x;`);

    expect(runTool("oxlint", [file])).toContain("Found 0 warnings and 0 errors");
  });
});

describe("the compiler refuses", () => {
  it.each(["console.log(1)", "process.exit()", "setTimeout(() => {}, 1)", "document.title", "new TextDecoder()"])(
    "core to use %s",
    (use) => {
      write("server/src/core/x.ts", `export const y = () => ${use};`);

      expect(runTool("tsc", ["-p", join(tree, "server/src/core")])).toMatch(/error TS(2304|2552|2584|2591)/);
    },
  );

  it("nothing in a core of the language alone", () => {
    write("server/src/core/x.ts", "export const y = () => new Map([[1, 2]]);");

    expect(runTool("tsc", ["-p", join(tree, "server/src/core")])).toBe("");
  });
});
