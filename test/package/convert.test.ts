import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GroupRow } from "../../server/src/output/row.ts";
import { neededProgram } from "../support/neededProgram.ts";

const CLI = "dist/node/cli.js";
const LEAK = "test/fixtures/corpus/leak/leak-go1.27.debug2.txt";
const go = neededProgram("go", "golang-go");

function convert(...args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, "convert", ...args], { encoding: "utf8" });
}

describe("convert", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "convert-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.runIf(go)("writes profiles that go tool pprof reads, with state, wait and creator as tags", () => {
    const profile = join(folder, "leak.pb.gz");
    expect(convert("--to", "pprof", "--out", profile, "--label", "host=web-1", LEAK).status).toBe(0);
    const pprof = (...args: readonly string[]) =>
      execFileSync(go!, ["tool", "pprof", ...args, profile], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    expect(pprof("-top")).toMatch(/400 99\.26% .* github\.com\/acme\/shop\/internal\/ws\.\(\*Hub\)\.deliver/);
    const tags = pprof("-tags");
    expect(tags).toMatch(/400\.0 \(99\.26%\): chan send/);
    expect(tags).toMatch(/403\.0 .*: web-1/);
    expect(pprof("-traces", "-tagfocus=state=chan send")).toContain("ws.(*Hub).deliver");
  });

  it("writes one row a group as NDJSON and the same as Parquet", async () => {
    const { stdout } = convert("--to", "ndjson", "--label", "service=shop", LEAK);
    const rows = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as GroupRow);
    expect(rows[0]).toMatchObject({
      service: "shop",
      count: 400,
      state: "chan send",
      user_line: 58,
      created_by: "github.com/acme/shop/internal/ws.(*Hub).Broadcast",
      findings: ["leak strong"],
    });
    const file = join(folder, "rows.parquet");
    expect(convert("--to", "parquet", "--label", "service=shop", "--out", file, LEAK).status).toBe(0);
    const bytes = readFileSync(file);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    expect(await parquetReadObjects({ file: buffer })).toEqual(rows.map((row) => ({ ...row, host: null })));
  });

  it("names a stack alike whatever its lines are", () => {
    const ids = [3, 4].map((line) => {
      const file = join(folder, `${line}.txt`);
      writeFileSync(file, `goroutine 1 [running]:\nmain.main()\n\t/src/main.go:${line} +0x1\n`);
      return (JSON.parse(convert("--to", "ndjson", file).stdout) as GroupRow).stack_id;
    });
    expect(ids[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it("writes stacks for flame graphs, the outermost function first", () => {
    expect(convert("--to", "folded", LEAK).stdout.split("\n")[0]).toBe(
      "github.com/acme/shop/internal/ws.(*Hub).deliver;[chan send] 400",
    );
  });

  it("takes a folder for all dumps below it, with what its manifest says of them", () => {
    const day = join(folder, "dumps", "2026-11-20");
    mkdirSync(day, { recursive: true });
    const [dump, stray] = [join(day, "1.txt"), join(day, "notes.txt")];
    cpSync(LEAK, dump);
    writeFileSync(stray, "nothing");
    const captured = { host: "web-1", time: "2026-11-20T08:00:00.000Z", labels: { service: "shop", zone: "eu" } };
    writeFileSync(join(day, "manifest.jsonl"), JSON.stringify({ target: "web-1", file: "1.txt", ...captured }));

    const { status, stdout, stderr } = convert("--to", "ndjson", "--label", "zone=us", join(folder, "dumps"));
    expect({ status, stderr }).toEqual({ status: 0, stderr: `goroutine-dump: ${stray} holds no goroutines.\n` });
    const row = JSON.parse(stdout.split("\n")[0] ?? "") as GroupRow;
    const given = { file: dump, dump: 0, host: "web-1", service: "shop", time: captured.time };
    expect(row).toMatchObject({ ...given, labels: { service: "shop", zone: "us" } });
  });

  it("takes what the manifest beside a file says of it", () => {
    const day = join(folder, "captured");
    mkdirSync(day);
    for (const name of ["1.txt", "2.txt"]) cpSync(LEAK, join(day, name));
    const captured = { host: "web-1", time: "2026-11-20T08:00:00.000Z", labels: { service: "shop" } };
    writeFileSync(join(day, "manifest.jsonl"), JSON.stringify({ target: "web-1", file: "1.txt", ...captured }));
    const rowOf = (name: string) =>
      JSON.parse(convert("--to", "ndjson", join(day, name)).stdout.split("\n")[0]!) as GroupRow;
    expect(rowOf("1.txt")).toMatchObject({
      host: "web-1",
      service: "shop",
      time: captured.time,
      labels: { service: "shop" },
    });
    expect(rowOf("2.txt")).toMatchObject({ host: null, service: null, time: null, labels: {} });
  });

  it("leaves no half of a result, and says what is wrong with the input", () => {
    const file = join(folder, "half.ndjson");
    const { status, stderr } = convert("--to", "ndjson", "--out", file, LEAK, "nowhere.txt");
    expect(status).toBe(2);
    expect(stderr).toContain("goroutine-dump: nowhere.txt cannot be read: there is no such file");
    expect(existsSync(file)).toBe(false);
  });

  it.skipIf(process.platform === "win32")("leaves no half of a result when it is ended", async () => {
    const [file, pipe] = [join(folder, "ended.ndjson"), join(folder, "in.pipe")];
    execFileSync("mkfifo", [pipe]);
    // Nobody writes into the pipe: it is waited for.
    const child = spawn(process.execPath, [CLI, "convert", "--to", "ndjson", "--out", file, LEAK, pipe]);
    await expect.poll(() => existsSync(file) && readFileSync(file).length > 0).toBe(true);
    child.kill("SIGINT");
    const [, signal] = (await once(child, "close")) as [number | null, string | null];
    expect({ signal, isThere: existsSync(file) }).toEqual({ signal: "SIGINT", isThere: false });
  });

  it("never writes over a file", () => {
    const file = join(folder, "mine.txt");
    writeFileSync(file, "mine");
    const { status, stderr } = convert("--to", "debug2", "--out", file, LEAK);
    expect(status).toBe(2);
    expect(stderr).toContain("it is there already");
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(existsSync(file)).toBe(true);
  });

  it.skipIf(process.platform === "win32")("writes to a pipe or a device, and never takes it away", () => {
    const pipe = join(folder, "out.pipe");
    const script = 'mkfifo "$1"; cat "$1" & "$2" "$3" convert --to folded --out "$1" "$4"; wait';
    const args = ["-c", script, "sh", pipe, process.execPath, CLI, LEAK];
    const { status, stdout, stderr } = spawnSync("sh", args, { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: convert("--to", "folded", LEAK).stdout,
      stderr: "",
    });
    expect(existsSync(pipe)).toBe(true);
    expect(convert("--to", "folded", "--out", "/dev/null", LEAK).status).toBe(0);
    expect(existsSync("/dev/null")).toBe(true);
  });

  it.each([
    [[LEAK], "needs --to"],
    [["--to", "xml", LEAK], "--to is one of"],
    [["--to", "pprof", LEAK, LEAK], "convert them one by one"],
    [["--to", "ndjson", "--ids", LEAK], "--ids is of --to pprof"],
    [["--to", "pprof", "package.json"], "there is no dump to make a profile of"],
    [["--to", "ndjson", "--label", "x", LEAK], "--label is KEY=VALUE"],
    [["--to", "ndjson", "--out", "nowhere/x", LEAK], "nowhere/x cannot be written: its folder is not there"],
  ])("says what is wrong with %j", (args, problem) => {
    const { status, stdout, stderr } = convert(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(problem);
  });
});
