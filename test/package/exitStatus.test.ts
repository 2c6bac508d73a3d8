import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const CLI = "dist/node/cli.js";
const DUMP = Array.from(
  { length: 400 },
  (_, index) =>
    `goroutine ${index + 1} [chan send (nil chan)]:\nmain.f${index}(0x1)\n\t/src/app.go:${index + 3} +0x1\n\n`,
).join("");

let folder = "";
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "status-"));
  const packed = gzipSync(DUMP);
  writeFileSync(at("whole.txt.gz"), packed);
  writeFileSync(at("cut.txt.gz"), packed.subarray(0, packed.length / 2));
  writeFileSync(at("image.dump"), "\x89PNG\r\n\x1a\n", "latin1");
  writeFileSync(at("passed.log"), "ok  \texample.com/app\t0.01s\n");
  for (const name of ["some", "none", "empty"]) mkdirSync(at(name));
  writeFileSync(at("some/a.txt"), DUMP);
  writeFileSync(at("some/b.txt.gz"), packed.subarray(0, packed.length / 2));
  writeFileSync(at("none/notes.txt"), "nothing\n");
  symlinkSync("circle", at("circle"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

const CUT = "The gzip file is cut or damaged: what is behind this place is missing.";

describe("a damaged file", () => {
  test.each(["analyze", "analyze --fail-on proven", "report", "convert --to ndjson", "redact"])(
    "is told of, and is status 2 for %s; what could be read is printed",
    (command) => {
      const { status, stdout, stderr } = run(...command.split(" "), at("cut.txt.gz"));
      expect({ status, stderr }).toEqual({ status: 2, stderr: `goroutine-dump: ${at("cut.txt.gz")}: ${CUT}\n` });
      expect(stdout).toContain("main.f0");
    },
  );

  test("among those of a fleet is status 2; the report is of the others", () => {
    const { status, stdout, stderr } = run("fleet", "--fail-on", "proven", at("some"));
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `goroutine-dump: Not all files of ${at("some")} could be read: the report names them.\n`,
    });
    expect(stdout).toMatch(/^2 dumps of 2 hosts/);
    expect(stdout).toContain(`b.txt.gz: ${CUT}`);
  });

  test("among those of a folder that is converted is status 2", () => {
    const { status, stdout } = run("convert", "--to", "ndjson", at("some"));
    expect(status).toBe(2);
    expect(stdout.split("\n").length).toBeGreaterThan(400);
  });
});

test.each(["analyze", "convert --to ndjson", "convert --to folded", "redact"])(
  "a file of another kind is status 2 for %s",
  (command) => {
    const { status, stderr } = run(...command.split(" "), at("image.dump"));
    expect(status).toBe(2);
    expect(stderr).toContain("This is an image.");
  },
);

describe.each(["analyze", "report", "redact", "convert --to ndjson"])(
  "a path that leads to nothing, to %s",
  (command) => {
    test.each([
      ["a part of it is a file, not a folder", join("passed.log", "x")],
      ["its links lead in a circle", "circle"],
      ["the name is too long", "a".repeat(300)],
    ])("is told of in plain words: %s", (reason, name) => {
      const { status, stdout, stderr } = run(...command.split(" "), at(name));
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toBe(`goroutine-dump: ${at(name)} cannot be read: ${reason}\n`);
    });
  },
);

function missing(name: string): string {
  return `goroutine-dump: ${at(name)} cannot be read: there is no such file\n`;
}

describe("one of several files that cannot be read", () => {
  test.each([
    "analyze",
    "analyze --format json --fail-on proven",
    "analyze --series",
    "report",
    "report --html -",
    "convert --to folded",
    "convert --to pprof",
  ])("hides nothing of the others in %s, and is status 2", (command) => {
    const alone = run(...command.split(" "), at("whole.txt.gz"));
    for (const names of [
      ["gone.dump", "whole.txt.gz"],
      ["whole.txt.gz", "gone.dump"],
    ]) {
      const { status, stdout, stderr } = run(...command.split(" "), ...names.map(at));
      expect({ status, stderr }).toEqual({ status: 2, stderr: missing("gone.dump") });
      expect(stdout.replace(/nonce[-=]\S+/g, "")).toBe(alone.stdout.replace(/nonce[-=]\S+/g, ""));
    }
  });

  test("is told of where none can be read, and nothing is printed", () => {
    const { status, stdout, stderr } = run("analyze", "--format", "sarif", at("gone.dump"), at("lost.dump"));
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: missing("gone.dump") + missing("lost.dump"),
    });
  });

  test("ends a comparison when it is the base, which all others would be compared with", () => {
    const { status, stdout, stderr } = run("analyze", "--base", at("gone.dump"), at("whole.txt.gz"));
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: missing("gone.dump") });
  });
});

test.each(["gone", "passed.log", "passed.log/x", "circle", "a".repeat(300)])(
  "a root or a source that is no folder is told of in plain words: %s",
  (name) => {
    for (const command of [
      ["mcp", "--root", at(name)],
      ["analyze", "--source", at(name), at("whole.txt.gz")],
    ]) {
      const { status, stderr } = run(...command);
      expect(status).toBe(2);
      expect(stderr).toContain(`goroutine-dump: ${command[1]} ${at(name)}: there is no such folder\n`);
    }
  },
);

test.each(["analyze -", "report -", "redact -", "convert --to ndjson -", "fleet -", "capture --out x --targets -"])(
  "a folder as standard input is status 2 for %s",
  (command) => {
    const input = openSync(folder, "r");
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...command.split(" ")], {
      encoding: "utf8",
      stdio: [input, "pipe", "pipe"],
    });
    closeSync(input);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: "goroutine-dump: standard input cannot be read: it is a folder, not a file\n",
    });
  },
);

describe("a text without goroutines", () => {
  test.each(["analyze", "analyze --fail-on suspect", "convert --to ndjson", "convert --to folded"])(
    "is told of, and is no failure for %s",
    (command) => {
      const { status, stderr } = run(...command.split(" "), at("passed.log"));
      expect({ status, stderr }).toEqual({
        status: 0,
        stderr: `goroutine-dump: ${at("passed.log")} holds no goroutines.\n`,
      });
    },
  );

  test.each([
    ["there is no dump to report on", ["report", "passed.log"]],
    ["there is no dump to make a profile of", ["convert", "--to", "pprof", "passed.log"]],
    ["passed.log holds no goroutines", ["redact", "passed.log"]],
    ["none holds no dumps", ["fleet", "none"]],
    ["empty holds no dumps", ["fleet", "empty"]],
  ])("is status 2 where it is all there is: %s", (sentence, [command = "", ...rest]) => {
    const { status, stdout, stderr } = run(
      command,
      ...rest.map((word) => (word.startsWith("-") || word === "pprof" ? word : at(word))),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(sentence);
  });
});
