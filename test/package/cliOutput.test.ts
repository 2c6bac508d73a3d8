import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const CLI = "dist/node/cli.js";
const GOROUTINE = "\nx/app.worker(0x1)\n\t/src/x/worker.go:9 +0x3a\n\n";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "goroutine-dump-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], cwd?: string) {
  const options = { encoding: "utf8", timeout: 300_000, ...(cwd !== undefined && { cwd }) } as const;
  return spawnSync(process.execPath, [join(process.cwd(), CLI), ...args], options);
}

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe("a reader that has enough", () => {
  /** More than a pipe holds. */
  const many = Array.from(
    { length: 20_000 },
    (_, id) => `goroutine ${id + 1} [chan send (nil chan)] {r: ${id}}:${GOROUTINE}`,
  );

  it.each([
    ["none", 0],
    ["strong", 1],
  ])("is no error, and changes no exit status (--fail-on %s)", async (failOn, expected) => {
    const dump = write("many.dump", many.join(""));
    const child = spawn(process.execPath, [CLI, "analyze", "--format", "json", "--fail-on", failOn, dump]);
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    child.stdout.once("data", () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on("close", resolve));

    expect({ status, stderr }).toEqual({ status: expected, stderr: "" });
  });

  it.skipIf(!existsSync("/dev/full"))("is told from a full disk, which is an error", () => {
    const full = openSync("/dev/full", "w");
    const args = [CLI, "analyze", "test/fixtures/field/okx-deadlock.dump"];
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
    closeSync(full);

    expect(status).toBe(2);
    expect(stderr).toMatch(/^goroutine-dump: The output cannot be written: .*\n/);
  });
});

describe("a source folder", () => {
  it.each(["/nope", "package.json"])(
    "that is none (%s) is an error: findings would be weaker without a word",
    (source) => {
      const { status, stderr } = run(["analyze", "--source", source, "test/fixtures/field/okx-deadlock.dump"]);
      expect(status).toBe(2);
      expect(stderr).toContain(`--source ${source}: there is no such folder`);
    },
  );

  it.skipIf(process.platform === "win32")(
    "whose ignore file is a pipe, a device or too large does not hold it up",
    () => {
      const dump = write("one.dump", `goroutine 1 [running]:${GOROUTINE}`);
      const ignore = join(folder, ".goroutine-dump-ignore");
      execFileSync("mkfifo", [ignore]);
      expect(run(["analyze", "--source", folder, dump])).toMatchObject({ status: 0, stderr: "" });
      rmSync(ignore);
      execFileSync("ln", ["-s", "/dev/zero", ignore]);
      expect(run(["analyze", "--source", folder, dump])).toMatchObject({ status: 0, stderr: "" });
      rmSync(ignore);
      write(".goroutine-dump-ignore", "#".repeat(2 * 1024 * 1024));
      const { status, stderr } = run(["analyze", "--source", folder, dump]);
      rmSync(ignore);
      expect(status).toBe(0);
      expect(stderr).toContain("is left out: it is no text file of at most 1024 KB in UTF-8, or a link to elsewhere.");
    },
  );
});

describe("what an input holds", () => {
  /** Sets the window's title, clears the screen, rings, goes up a line, turns the direction of writing. */
  const payload = "\u001b]0;title\u0007\u001b[2J\u009b2A\r\b\u202eabc\u2028";
  /** What may stand within a name. */
  const steering = "\u009b2J\u202e\u0007";
  const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/;

  it.each([
    ["text", "\\u001b]0;title"],
    ["json", "\\u001b]0;title"],
    ["sarif", "\\u001b]0;title"],
    ["github", "\\u001b]0;title"],
    ["markdown", "\ufffd\\]0\\;title"],
  ])("steers no terminal through the report (%s)", (format, shown) => {
    const header = `goroutine 1 [chan send (nil chan)${payload}] {"k${payload}": "v${payload}"}:`;
    const dump = write(
      "hostile.dump",
      `panic: boom${payload}\n\n${header}\nmain.${payload}()\n\t/src/${payload}.go:1 +0x1\n`,
    );
    const { status, stdout, stderr } = run(["analyze", "--format", format, dump]);

    expect(status).toBe(0);
    expect(stdout).not.toMatch(unsafe);
    expect(stdout).toContain(shown);
    expect(stderr).not.toMatch(unsafe);
  });

  it.each(["--to ndjson", "--to folded", "--to debug2"])("steers no terminal when it is converted (%s)", (to) => {
    const dump = write(
      "converted.dump",
      `goroutine 1 [select] {"k${steering}": "v${steering}"}:\nmain.f${steering}()\n\t/src/${steering}.go:1 +0x1\n`,
    );
    const { status, stdout } = run(["convert", ...to.split(" "), dump]);
    expect(status).toBe(0);
    expect(stdout).toContain("main.f");
    expect(stdout.replaceAll("\t", "")).not.toMatch(unsafe);
  });

  it("steers no terminal when it is redacted", () => {
    const dump = write("redacted.dump", `goroutine 1 [select]:\nmain.f${steering}()\n\t/src/a.go:1 +0x1\n`);
    const { status, stdout } = run(["redact", dump]);
    expect(status).toBe(0);
    expect(stdout).toContain("main.f");
    expect(stdout.replaceAll("\t", "")).not.toMatch(unsafe);
  });

  it.runIf(process.platform === "linux")("is named by the name alone when that is not in UTF-8", () => {
    const other = join(folder, "not-utf-8");
    mkdirSync(other);
    writeFileSync(Buffer.concat([Buffer.from(`${other}/`), Buffer.from([0xff])]), "");
    const { status, stderr } = run(["convert", "--to", "folded", other]);
    expect(status).toBe(2);
    expect(stderr).toContain("\ufffd cannot be read: its name is not in UTF-8\n");
  });

  it.each([
    ["the type of a profile", () => [write("x.pb", readFileSync("test/fixtures/hostile/stderr-escape.pb"))]],
    ["a line of an ignore file", () => ["--source", folder, write("x.dump", `goroutine 1 [running]:${GOROUTINE}`)]],
    ["the name of a file", () => [`nowhere${payload}`]],
    ["an option", () => [`--${payload}`]],
    ["the name of a command", () => [], payload],
  ])("steers no terminal through what is said beside the report: %s", (_, args, command = "analyze") => {
    write(".goroutine-dump-ignore", `${payload.repeat(1000)}x\ntop-function ${payload}\n`);
    const { stdout, stderr } = run([command, ...args()]);
    rmSync(join(folder, ".goroutine-dump-ignore"));

    expect(stdout + stderr).not.toMatch(unsafe);
    expect(stderr).toMatch(/\\u001b/);
    for (const line of stderr.split("\n")) expect(line.length).toBeLessThan(30_000);
  });

  it("forges no line of the report", () => {
    const profile =
      'goroutine profile: total 1\n1 @ 0x1\n# labels: {"k":"v\\n  ✗ proven deadlock at /x:1\\n    fake"}\n#\t0x1\tmain.f+0x1\t/x/a.go:1\n';
    const { stdout } = run(["analyze", write("label.txt", profile)]);

    expect(stdout).toContain("k=v\\u000a  ✗ proven deadlock");
    expect(stdout.split("\n").filter((line) => line.startsWith("  ✗"))).toEqual([]);
  });

  it("is folded where a function calls itself very often", () => {
    const calls =
      "main.f(...)\n\t/x/a.go:10\n".repeat(5000) +
      "main.g(...)\n\t/x/a.go:11\nmain.h(...)\n\t/x/a.go:12\n".repeat(5000);
    const { status, stdout } = run(["analyze", write("deep.dump", `goroutine 1 [running]:\n${calls}`)]);

    expect(status).toBe(0);
    expect(stdout).toContain("main.f  /x/a.go:10  (5000 times)");
    expect(stdout).toMatch(/\.\.\. and \d+ more frames; --format json lists them all\./);
    expect(stdout.split("\n").length).toBeLessThan(150);
  });
});
