import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { installPackage } from "../support/packPackage.ts";

const page = readFileSync(join(root, "docs/library.md"), "utf8");
const [, example = "", printed = ""] = /```js\n([^]*?)```[^]*?```\n([^]*?)```/.exec(page) ?? [];

/** The compiler of the project, and an older one that comes with a library of it. */
const COMPILERS = [
  ["7", "nodenext", join(root, "node_modules/typescript/bin/tsc")],
  ["7", "preserve", join(root, "node_modules/typescript/bin/tsc")],
  ["5", "nodenext", join(root, "node_modules/ts-json-schema-generator/node_modules/typescript/bin/tsc")],
] as const;

/** A folder with nothing in it but the package as npm installs it, and a dump. */
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "library-"));
  installPackage(folder);
  cpSync(join(root, "samples/deadlock.goroutines"), join(folder, "app.dump"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function node(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

function compile(compiler: string, module: string, file: string) {
  const types = ["--types", "node,vscode", "--typeRoots", join(root, "node_modules/@types")];
  return node(compiler, "--noEmit", "--strict", "--target", "es2022", "--module", module, ...types, file);
}

describe("goroutine-dump-navigator/core", () => {
  it("comes without other packages", () => {
    expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
      "goroutine-dump-navigator",
    ]);
  });

  it("runs the example of its page, which prints what the page says", () => {
    writeFileSync(join(folder, "example.mjs"), example);
    expect(node("example.mjs")).toEqual({ status: 0, stdout: printed, stderr: "" });
  });

  it("is taken by require, too, as are the schemas", () => {
    const script = `
      const { parse } = require("goroutine-dump-navigator/core");
      const { $ref } = require("goroutine-dump-navigator/schema/report.json");
      console.log(parse("goroutine 1 [running]:\\nmain.main()\\n\\t/a.go:1 +0x1\\n").dumps[0].total, $ref);`;
    expect(node("-e", script)).toEqual({ status: 0, stdout: "1 #/definitions/Report\n", stderr: "" });
  });

  it.each(COMPILERS)("has types that TypeScript %s takes with --module %s", (_, module, compiler) => {
    const use = `import type { FleetReport, Goroutine, GroupRow, Report } from "goroutine-dump-navigator/core";
export type All = [FleetReport, Goroutine, GroupRow, Report];
// @ts-expect-error there is no such option
void analyze([], { nope: true });
`;
    writeFileSync(join(folder, "example.mts"), `${example}\n${use}`);
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
    const args = ["--noEmit", "--strict", "--target", "es2022", "--module", module, ...types, "example.mts"];
    expect(node(compiler, ...args)).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe("goroutine-dump-navigator/extension", () => {
  it("has types that the example of its page is right by, in an extension of CommonJS", () => {
    const extensionPage = readFileSync(join(root, "docs/extension-api.md"), "utf8");
    writeFileSync(join(folder, "extension.cts"), /```ts\n([^]*?)```/.exec(extensionPage)?.[1] ?? "nothing");
    expect(compile(COMPILERS[0][2], "nodenext", "extension.cts")).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
