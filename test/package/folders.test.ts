import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FleetReport } from "../../server/src/output/fleet.ts";
import type { GroupRow } from "../../server/src/output/row.ts";

const CLI = "dist/node/cli.js";
const DUMP = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:3 +0x1\n\n";

let folder = "";
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folders-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a dump, with the folders it is in. */
function write(name: string): void {
  mkdirSync(join(at(name), ".."), { recursive: true });
  writeFileSync(at(name), DUMP);
}

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

function fleet(): FleetReport {
  return JSON.parse(run("fleet", "--format", "json", folder).stdout) as FleetReport;
}

/** Names of the files that rows are of, from the folder on. */
function filesOf(rows: string): readonly string[] {
  const lines = rows.trimEnd().split("\n");
  return lines.map((line) => (JSON.parse(line) as GroupRow).file.slice(folder.length + 1));
}

describe("links in a folder", () => {
  it("stand for their files, as those of a mounted ConfigMap", () => {
    write("..2026_11_20/web-1.dump");
    symlinkSync("..2026_11_20", at("..data"));
    symlinkSync("..data/web-1.dump", at("web-1.dump"));
    expect(fleet()).toMatchObject({ dumps: 1, hosts: 1, problemCount: 0, places: [{ maxHost: "web-1" }] });
    const { status, stdout, stderr } = run("convert", "--to", "ndjson", folder);
    expect({ status, stderr, files: filesOf(stdout) }).toEqual({ status: 0, stderr: "", files: ["web-1.dump"] });
  });

  it("count no file twice", () => {
    write("web-1/1.dump");
    symlinkSync("web-1/1.dump", at("latest.dump"));
    writeFileSync(`${folder}.outside`, DUMP);
    for (const name of ["a.dump", "b.dump"]) symlinkSync(`${folder}.outside`, at(name));
    expect(filesOf(run("convert", "--to", "ndjson", folder).stdout)).toEqual(["a.dump", "web-1/1.dump"]);
    rmSync(`${folder}.outside`);
  });

  it("to folders are told of and not followed, so that none leads in a circle", () => {
    write("web-1/1.dump");
    symlinkSync(".", at("self"));
    symlinkSync("..", at("web-1/up"));
    const { status, stderr } = run("convert", "--to", "folded", folder);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `goroutine-dump: Links to folders are not followed: ${at("self")} and 1 more.\n`,
    });
    expect(fleet()).toMatchObject({ dumps: 1, problems: [expect.stringContaining("are not followed")] });
  });

  it("that lead nowhere are files that cannot be read", () => {
    write("web-1.dump");
    symlinkSync("gone", at("lost.dump"));
    symlinkSync("circle", at("circle"));
    const { status, stderr } = run("convert", "--to", "folded", folder);
    expect(status).toBe(2);
    expect(stderr).toContain(`${at("lost.dump")} cannot be read: there is no such file\n`);
    expect(stderr).toContain(`${at("circle")} cannot be read: its links lead in a circle\n`);
  });
});

describe("what is no dump of a folder", () => {
  it("is what is hidden in it", () => {
    write("web-1.dump");
    write(".git/web-2.dump");
    write(".web-3.dump");
    expect(fleet()).toMatchObject({ dumps: 1, problemCount: 0 });
  });

  it("is the result that is written into it", () => {
    write("web-1.dump");
    const written = run("convert", "--to", "debug2", "--out", at("all.txt"), folder);
    expect(written).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(at("all.txt"), "utf8").match(/^goroutine /gm)).toHaveLength(1);
    rmSync(at("all.txt"));
    const redirected = openSync(at("fleet.txt"), "w");
    const { status } = spawnSync(process.execPath, [CLI, "fleet", folder], {
      stdio: ["ignore", redirected, redirected],
    });
    closeSync(redirected);
    expect(status).toBe(0);
    expect(readFileSync(at("fleet.txt"), "utf8")).not.toContain("fleet.txt");
  });

  it.each(["ndjson", "folded", "debug2"])("an empty one is said to be: %s", (form) => {
    expect(run("convert", "--to", form, folder)).toEqual({
      status: 0,
      stdout: "",
      stderr: `goroutine-dump: ${folder} holds no files.\n`,
    });
  });
});
