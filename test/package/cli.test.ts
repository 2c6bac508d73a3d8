import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../server/src/output/report.ts";

const CLI = "dist/node/cli.js";
const OKX = "test/fixtures/field/okx-deadlock.dump";
const LEAK = "test/fixtures/corpus/leak";

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

function analyze(...args: readonly string[]): Report {
  const { stdout } = run("analyze", "--format", "json", ...args);
  return JSON.parse(stdout) as Report;
}

function largest({ dumps }: Report) {
  return dumps[0]?.groups[0];
}

describe("the command line", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "goroutine-dump-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([["--help"], ["-h"], ["help"]])("prints the help for %s, wherever it stands", (word) => {
    const all = run(word);
    expect(all).toMatchObject({ status: 0, stderr: "" });
    expect(all.stdout).toContain("goroutine-dump analyze [options] FILE...");
    const ofOne = word === "help" ? run("help", "analyze") : run("analyze", word);
    expect(ofOne).toMatchObject({ status: 0, stderr: "" });
    expect(ofOne.stdout).toContain("--fail-on proven|strong|suspect|none");
    expect(ofOne.stdout).not.toContain("goroutine-dump lsp");
  });

  it("prints the help for help, and for a command that stands beside it", () => {
    expect(run("help", "--help")).toEqual(run("--help"));
    expect(run("help", "analyze", "--help")).toEqual(run("help", "analyze"));
  });

  it.each(["--version", "-v"])("prints its version for %s", (word) => {
    expect(run(word)).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
  });

  it("reports the goroutines of a dump as JSON", () => {
    const [dump] = analyze(OKX).dumps;
    expect(dump).toMatchObject({ file: OKX, form: "traceback", startLine: 1, goVersion: "go1.19.1", goroutines: 12 });
    expect(dump?.groups[0]).toMatchObject({
      count: 3,
      state: "semacquire",
      waitMinutes: { min: 2, max: 2 },
      goroutineIds: [224, 248, 254],
      createdBy: { function: "main.(*httpServer).websocket", line: 231 },
    });
  });

  it("finds the source of frames below the folders it is given", () => {
    const [dump] = analyze("--source", "test/fixtures/workspaces/okx", OKX).dumps;
    const frame = dump?.groups[0]?.frames.find(({ line }) => line === 214);
    expect(frame?.resolved).toMatch(/workspaces\/okx\/kline\/manager\.go$/);
  });

  it("leaves out what an ignore file in a source folder expects, and says so", () => {
    const dump = join(folder, "nil.dump");
    writeFileSync(dump, "goroutine 7 [chan send (nil chan)]:\nmain.work()\n\t/src/main.go:12 +0x1d\n");
    writeFileSync(join(folder, ".goroutine-dump-ignore"), "top-function main.work\ntop-function main.gone\nnonsense\n");
    const args = ["analyze", "--fail-on", "suspect", "--source", folder, dump];
    const expected = run(...args);
    expect(expected.status).toBe(0);
    expect(expected.stderr).toContain("1 finding left out");
    expect(expected.stderr).toContain('.goroutine-dump-ignore:2: no goroutine is meant by "top-function main.gone"');
    expect(expected.stderr).toContain(".goroutine-dump-ignore:3: ");
    expect(run(...args, "--no-ignore").status).toBe(1);
  });

  it("reads standard input, and gzip", () => {
    const text = readFileSync(OKX);
    const piped = execFileSync(process.execPath, [CLI, "analyze", "--format", "json", "-"], { input: text });
    expect((JSON.parse(piped.toString()) as Report).dumps[0]?.goroutines).toBe(12);
    const packed = join(folder, "okx.gz");
    writeFileSync(packed, gzipSync(text));
    expect(analyze(packed).dumps[0]?.goroutines).toBe(12);
  });

  it("lists ten ids of a group, or all of them", () => {
    const dump = `${LEAK}/leak-go1.27.debug2.txt`;
    expect(largest(analyze(dump))?.goroutineIds).toHaveLength(10);
    const whole = largest(analyze("--all-ids", dump));
    expect(whole?.goroutineIds).toHaveLength(whole?.count ?? 0);
  });

  it("reports what a filter lets through, and refuses one that cannot be read", () => {
    const all = analyze(OKX).dumps[0];
    const some = analyze("--filter", "kline wait:>3m or has:finding", OKX).dumps[0];
    expect(some?.goroutines).toBe(all?.goroutines);
    expect(some?.findings).toEqual(all?.findings);
    expect([...(some?.groups ?? [])].length).toBeLessThan([...(all?.groups ?? [])].length);
    expect(analyze("--filter", "func:nothing", OKX).dumps[0]).toMatchObject({ groups: [], findings: [], states: {} });
  });

  it("prints a call that repeats once", () => {
    const { stdout } = run("analyze", "test/fixtures/corpus/panic/overflow-go1.27.txt");
    expect(stdout).toMatch(/book\.go:65 {2}\(\d+ times\)\n/);
    expect(stdout.match(/book\.Depth/g)?.length).toBeLessThan(10);
  });

  it("annotates a GitHub workflow at the source, as the checkout names it", () => {
    const args = ["analyze", "--format", "github", "--source", "test/fixtures/workspaces/okx", OKX];
    const okx = join(process.cwd(), "test/fixtures/workspaces/okx");
    const env = { ...process.env, GITHUB_WORKSPACE: okx };
    expect(spawnSync(process.execPath, [CLI, ...args], { encoding: "utf8", env }).stdout).toMatch(
      /^::warning file=okx\/api\/ws\/client\.go,line=199,title=RWMutex held while sending%3A client\.go%3A199 \(strong\)::/,
    );
    expect(run("analyze", "--format", "github", OKX).stdout).toMatch(new RegExp(`^::warning file=${OKX},line=187,`));
    const piped = spawnSync(process.execPath, [CLI, "analyze", "--format", "github", "-"], {
      input: readFileSync(OKX),
    });
    expect(piped.stdout.toString()).toMatch(/^::warning title=/);
  });

  it("sums up as Markdown, with places as the source names them", () => {
    const { stdout } = run("analyze", "--format", "markdown", "--source", "test/fixtures/workspaces/okx", OKX);
    expect(stdout).toContain("#### RWMutex held while sending");
    expect(stdout).toContain("- at ` test/fixtures/workspaces/okx/okx/api/ws/client.go:199 `");
    expect(stdout).toContain("    test/fixtures/workspaces/okx/kline/manager.go:214\n");
  });

  it("compares a series and names what grows", () => {
    const series = ["t0.debug1.txt", "t1.pb.gz", "t2.debug2.txt.gz"].map((end) => `${LEAK}/growth-go1.24-${end}`);
    const { comparison, dumps } = analyze("--series", ...series);
    expect(Array.from(comparison?.groups ?? [])[0]).toMatchObject({ change: "grown", counts: [1500, 2400, 5000] });
    const growing = dumps.at(-1)?.findings.find(({ rule }) => rule === "growing");
    expect(growing).toMatchObject({ certainty: "strong", file: "/home/dev/src/shop/internal/ws/hub.go", line: 58 });
    const pair = analyze("--base", series[0] ?? "", series[2] ?? "");
    expect(Array.from(pair.comparison?.groups ?? [])[0]).toMatchObject({ counts: [1500, 5000] });
  });

  it("exits with 1 when a finding is as sure as --fail-on says", () => {
    const panic = "test/fixtures/corpus/panic/nil-map-go1.27.txt";
    expect(run("analyze", "--fail-on", "proven", panic).status).toBe(1);
    expect(run("analyze", panic).status).toBe(0);
  });

  it.each([
    ["a file that is not there", ["analyze", "nowhere.dump"], "nowhere.dump cannot be read: there is no such file"],
    ["a folder", ["analyze", "test"], "test cannot be read: it is a folder"],
    [
      "an unknown format",
      ["analyze", "--format", "xml", "x"],
      "--format is one of text, json, sarif, github, markdown, not xml",
    ],
    ["an unknown option", ["analyze", "--nope", "x"], "there is no option --nope\n"],
    ["a misspelt option", ["analyze", "--formt", "x"], "there is no option --formt: is --format meant?"],
    ["an option without its value", ["analyze", "x", "--source"], "--source needs a value: --source DIR\n"],
    [
      "an option without one of its words",
      ["analyze", "--format", "--all-ids", "x"],
      "--format needs a value: --format text|json|sarif|github|markdown, or --format=--all-ids if that is meant\n",
    ],
    ["a value below zero", ["fleet", "--places", "-5", "x"], "--places needs a value: --places N, or --places=-5 if"],
    ["a value that an option does not take", ["convert", "--ids=3", "x"], "--ids takes no value\n"],
    ["a short option", ["analyze", "-x=json", "x"], "there is no option -x\n"],
    ["an option that every object has", ["analyze", "--constructor=1", "x"], "there is no option --constructor\n"],
    ["a misspelt command", ["analyse", "x"], "there is no command analyse: is analyze meant?"],
    ["an unknown command", ["diff", "x"], "there is no command diff: there are analyze, report,"],
    ["a file instead of a command", ["app.dump"], "is goroutine-dump analyze app.dump meant?"],
    ["an option that takes the file", ["analyze", "--fail-on", "app.dump"], "strong, proven, not app.dump"],
    ["standard input named twice", ["analyze", "-", "-"], "standard input, which can be read once only"],
    ["standard input as the base, too", ["analyze", "--base", "-", "-"], "standard input, which can be read once only"],
    ["a port that is none", ["lsp", "--socket=abc"], "lsp needs to know how to talk"],
    ["a port at which nobody listens", ["lsp", "--socket=1"], "the client cannot be reached"],
    ["a parent that does not listen", ["lsp", "--node-ipc"], "--node-ipc is for a process that another one"],
    ["an empty name", ["analyze", ""], "a file without a name cannot be read: there is no such file"],
    ["an empty name of a result", ["report", "--html", "", OKX], "a file without a name cannot be written"],
    ["a file instead of a folder", ["fleet", "package.json"], "package.json is no folder\n"],
    ["a filter", ["analyze", "--filter", "wait:x", "x"], '--filter: "wait:" wants a number, e.g. wait:>10m.'],
    ["no file", ["analyze"], "analyze needs at least one FILE"],
    ["no command", [], "a command is missing"],
  ])("exits with 2 and one clear line for %s", (_, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });

  it("leads to the help of the command where that helps", () => {
    expect(run("analyze", "--nope", "x").stderr).toContain("Try goroutine-dump analyze --help.");
    expect(run("nope").stderr).toContain("Try goroutine-dump --help.");
    expect(run("analyze", "nowhere.dump").stderr).toBe(
      "goroutine-dump: nowhere.dump cannot be read: there is no such file\n",
    );
    expect(run("analyze", folder).stderr).toBe(
      `goroutine-dump: ${folder} cannot be read: it is a folder, not a file\n`,
    );
  });

  it.skipIf(process.platform === "win32")("reads a pipe, as a shell's <(command) is one", () => {
    const pipe = join(folder, "pipe");
    const script = 'mkfifo "$1"; cat "$2" > "$1" & "$3" "$4" analyze --format json "$1"';
    const args = ["-c", script, "sh", pipe, OKX, process.execPath, CLI];
    const { status, stdout } = spawnSync("sh", args, { encoding: "utf8" });
    expect(status).toBe(0);
    const [piped, file] = [JSON.parse(stdout) as Report, analyze(OKX)];
    expect(piped.dumps[0]?.findings.map(({ message }) => message)).toEqual(
      file.dumps[0]?.findings.map(({ message }) => message),
    );
  });

  it("writes a page to standard output where - is its name", () => {
    expect(run("report", "--html", "-", OKX).stdout).toMatch(/^<!doctype html>/i);
    expect(run("convert", "--to", "folded", "--out", "-", OKX).stdout).toContain(";");
    expect(existsSync("-")).toBe(false);
  });

  it("calls standard input by its name", () => {
    expect(run("analyze", "-").stderr).toBe("goroutine-dump: standard input holds no goroutines.\n");
  });

  it("says what a filter leaves, and nothing of the rest", () => {
    const some = run("analyze", "--filter", "state:running", OKX).stdout;
    expect(some).toMatch(/: 1 of 12 goroutines in 1 group /);
    expect(some).toContain("Nothing that the filter lets through looks leaked, stuck or deadlocked.");
    const none = run("analyze", "--filter", "nothing-is-named-so", OKX).stdout;
    expect(none).toContain(": 0 of 12 goroutines in 0 groups (");
    expect(none).toContain("No goroutine matches the filter.");
    expect(none).not.toContain("Nothing");
    const markdown = run("analyze", "--format", "markdown", "--filter", "nothing-is-named-so", OKX).stdout;
    expect(markdown).toContain("No goroutine matches the filter.");
  });

  it("tells of a file without goroutines, and that is no error", () => {
    const notes = join(folder, "notes.txt");
    writeFileSync(notes, "nothing here\n");
    const { status, stdout, stderr } = run("analyze", "--format", "json", notes);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ version: 1, dumps: [], comparison: null });
    expect(stderr).toBe(`goroutine-dump: ${notes} holds no goroutines.\n`);
  });

  it("shows control characters of a dump instead of sending them to the terminal", () => {
    const hostile = join(folder, "hostile.dump");
    writeFileSync(hostile, "goroutine 1 [running]:\nmain.\u001b]0;title\u0007()\n\t/src/main.go:1 +0x1\n");
    const { stdout } = run("analyze", hostile);
    expect(stdout).toContain("main.\\u001b]0;title\\u0007");
    expect(stdout).not.toContain("\u001b");
  });
});
