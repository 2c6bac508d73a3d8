import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const DUMP = "goroutine 1 [chan send (nil chan)]:\nmain.f(0x1)\n\t/src/app.go:3 +0x1\n";
const DENIED = "permission denied\n";

let folder = "";
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "unreadable-"));
  for (const name of ["open", "locked", "sealed", "around", "around/locked"]) mkdirSync(at(name));
  for (const name of ["open", "locked", "sealed", "around"]) writeFileSync(at(`${name}/a.txt`), DUMP);
  chmodSync(at("locked"), 0o000);
  chmodSync(at("around/locked"), 0o000);
  // What is in it is listed, and no more.
  chmodSync(at("sealed"), 0o444);
});

afterAll(() => {
  for (const name of ["locked", "around/locked", "sealed"]) chmodSync(at(name), 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** The command line, without the right of the system's owner to read what nobody may. */
function run(...args: readonly string[]) {
  const node = [process.execPath, "dist/node/cli.js", ...args];
  const isOwner = process.getuid?.() === 0;
  const [program = "", ...rest] = isOwner
    ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", ...node]
    : node;
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: "utf8" });
  return { status, stdout, stderr };
}

// Windows knows no such folders.
describe.skipIf(process.platform === "win32")("a folder that may not be read", () => {
  test.each([
    "analyze",
    "analyze --series",
    "report",
    "convert --to folded",
    "convert --to ndjson",
    "convert --to pprof",
  ])("hides nothing of what %s is given beside it, and is status 2", (command) => {
    const whole = "open/a.txt";
    const alone = run(...command.split(" "), at(whole));
    for (const names of [
      ["locked", whole],
      [whole, "locked"],
      [whole, "locked/a.txt"],
    ]) {
      const { status, stdout, stderr } = run(...command.split(" "), ...names.map(at));
      const locked = names.find((name) => name !== whole) ?? "";
      expect({ status, stderr, stdout }).toEqual({
        status: 2,
        stderr: `goroutine-dump: ${at(locked)} cannot be read: ${DENIED}`,
        stdout: alone.stdout,
      });
    }
  });

  test("hides no other folder that is converted", () => {
    const { stdout } = run("convert", "--to", "folded", at("open"));
    const among = run("convert", "--to", "folded", at("locked"), at("open"));
    expect(among).toEqual({ status: 2, stdout, stderr: `goroutine-dump: ${at("locked")} cannot be read: ${DENIED}` });
    const below = run("convert", "--to", "folded", at("around"));
    expect(below).toEqual({
      status: 2,
      stdout,
      stderr: `goroutine-dump: ${at("around/locked")} cannot be read: ${DENIED}`,
    });
  });

  test("leaves no result behind in which something named is missing", () => {
    const { status } = run("convert", "--to", "folded", "--out", at("result"), at("locked"), at("open"));
    expect(status).toBe(2);
    expect(existsSync(at("result"))).toBe(false);
  });

  test("is told of by the report of a fleet", () => {
    const { status, stdout } = run("fleet", at("around"));
    expect(status).toBe(2);
    expect(stdout).toContain(`Left out: ${at("around/locked")} cannot be read: ${DENIED}`);
  });

  test.each(["locked", "locked/a", "sealed"])("is no source and no root: %s", (name) => {
    for (const command of [
      ["mcp", "--root", at(name)],
      ["analyze", "--source", at("open"), "--source", at(name), at("open/a.txt")],
    ]) {
      const { status, stdout, stderr } = run(...command);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain(
        `goroutine-dump: ${command[0] === "mcp" ? "--root" : "--source"} ${at(name)}: ${DENIED}`,
      );
    }
  });

  test.each(["redact", "fleet", "analyze --base", "capture --out x --targets"])(
    "alone is status 2 for %s",
    (command) => {
      const { status, stdout, stderr } = run(
        ...command.split(" "),
        at("locked"),
        ...(command === "analyze --base" ? [at("open/a.txt")] : []),
      );
      expect({ status, stdout, stderr }).toEqual({
        status: 2,
        stdout: "",
        stderr: `goroutine-dump: ${at("locked")} cannot be read: ${DENIED}`,
      });
    },
  );
});
