import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { ManifestEntry } from "../../server/src/node/captureManifest.ts";
import type { FleetReport } from "../../server/src/output/fleet.ts";

const CLI = "dist/node/cli.js";
const DUMP = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:3 +0x1\n\n";
const BLOCK = (id: number): string =>
  `goroutine ${id} [chan send, 12 minutes]:\nexample.com/app.send(0x${id})\n\t/src/app.go:20 +0x1\n` +
  "created by example.com/app.Start in goroutine 1\n\t/src/app.go:9 +0x1\n\n";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fleet-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a server on this machine that ends with the test. */
async function serve(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Runs the command line without holding up servers of this process. */
async function run(...args: readonly string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => void child.on("close", resolve));
  return { status, stdout, stderr };
}

async function said(...args: readonly string[]): Promise<string> {
  return (await run("capture", ...args)).stderr;
}

function manifestOf(out: string): readonly ManifestEntry[] {
  const text = readFileSync(join(out, "manifest.jsonl"), "utf8").trimEnd();
  return text.split("\n").map((line) => JSON.parse(line) as ManifestEntry);
}

/** What `fleet` says of a folder, or of the files that its input names. */
function reportOf(source: string, input = ""): FleetReport {
  const args = [CLI, "fleet", "--format", "json", source];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", input })) as FleetReport;
}

/** A line of a manifest. */
function entryOf(host: string, file: string) {
  return { target: "t", host, time: "2026-11-20T08:00:00Z", file };
}

describe("capture", () => {
  it("takes what comes, says why the rest did not come, keeps no secret, and goes on where it stood", async () => {
    let isMended = false;
    const port = await serve((request, response) => {
      const path = request.url ?? "";
      if (path.startsWith("/hangs")) return;
      if (path.startsWith("/endless")) {
        const send = (): void =>
          void (response.write("x".repeat(65_536)) ? setImmediate(send) : response.once("drain", send));
        send();
      } else if (path.startsWith("/drips")) {
        const drip = setInterval(() => response.write("goroutine 1 [running]:\n"), 20);
        response.once("close", () => clearInterval(drip));
      } else if (path.startsWith("/cut")) {
        response.writeHead(200, { "content-length": 1000 }).write(DUMP, () => response.destroy());
      } else if (path.startsWith("/moved")) response.writeHead(302, { location: "/" }).end();
      else if (path.startsWith("/html")) response.end("<html>not here</html>");
      else if (path.startsWith("/secret") && request.headers.authorization !== "Basic YWRtaW46c0Bj")
        response.writeHead(401).end();
      else if (path.startsWith("/broken") && !isMended) response.writeHead(500).end();
      else response.end(DUMP);
    });
    const list = join(folder, "targets.txt");
    const address = `127.0.0.1:${port}`;
    writeFileSync(
      list,
      [
        `${address} service=shop # the whole address is made of it`,
        `http://admin:s@c@${address}/secret?token=t0ken host=two`,
        ...["hangs", "endless", "drips", "cut", "moved", "html", "broken"].map(
          (path) => `http://${address}/${path} host=${path}`,
        ),
        "127.0.0.1:1 host=refused",
      ].join("\n"),
    );
    const out = join(folder, "captured");
    const args = [
      "capture",
      "--targets",
      list,
      "--out",
      out,
      "--timeout",
      "2",
      "--retries",
      "0",
      "--max-mb",
      "1",
      "--label",
      "zone=eu",
    ];
    const first = await run(...args);
    expect(first.status).toBe(1);
    expect(first.stdout).toBe("2 captured, 0 were there already, 8 failed\n");
    const problems = new Map(manifestOf(out).map(({ host, problem }) => [host, problem]));
    expect(Object.fromEntries(problems)).toMatchObject({
      [address]: null,
      two: null,
      hangs: "it was not done after 2 s",
      endless: "what it sends is larger than 1 MB",
      html: "what came holds no goroutines",
      broken: "it answered with status 500",
      drips: "it was not done after 2 s",
      cut: "it broke the connection off",
      moved: "it answered with status 302",
      refused: "it refuses connections",
    });
    const entry = manifestOf(out).find(({ host }) => host === address);
    expect(entry).toMatchObject({ labels: { zone: "eu", service: "shop" }, bytes: DUMP.length });
    const everything =
      first.stdout + first.stderr + readFileSync(join(out, "manifest.jsonl"), "utf8") + readdirSync(out).join();
    expect(everything).not.toMatch(/s@c|admin|t0ken/);

    isMended = true;
    const second = await run(...args);
    expect(second.stdout).toBe("1 captured, 2 were there already, 7 failed\n");
  });

  it("takes a dump again that was deleted since", async () => {
    const port = await serve((_, response) => void response.end(DUMP));
    const list = join(folder, "again.txt");
    writeFileSync(list, `127.0.0.1:${port} host=one\n127.0.0.1:${port} host=two\n`);
    const out = join(folder, "again");
    const args = ["capture", "--targets", list, "--out", out];
    expect((await run(...args)).stdout).toBe("2 captured, 0 were there already, 0 failed\n");
    expect((await run(...args)).stdout).toBe("0 captured, 2 were there already, 0 failed\n");
    rmSync(join(out, manifestOf(out)[0]!.file ?? ""));
    expect((await run(...args)).stdout).toBe("1 captured, 1 were there already, 0 failed\n");
  });

  it("keeps all dumps of one host that come within a second", async () => {
    const port = await serve((_, response) => void response.end(DUMP));
    const list = join(folder, "same.txt");
    const paths = Array.from({ length: 20 }, (_, index) => `http://127.0.0.1:${port}/${index}`);
    writeFileSync(list, paths.join("\n"));
    const out = join(folder, "same");
    expect(await run("capture", "--targets", list, "--out", out)).toEqual({
      status: 0,
      stdout: "20 captured, 0 were there already, 0 failed\n",
      stderr: "",
    });
    expect(new Set(manifestOf(out).map(({ file }) => file)).size).toBe(20);
  });

  it("goes on behind a line that a stopped run has left", async () => {
    const port = await serve((_, response) => void response.end(DUMP));
    const list = join(folder, "stopped.txt");
    writeFileSync(list, `127.0.0.1:${port}\n`);
    const out = join(folder, "stopped");
    mkdirSync(out);
    writeFileSync(join(out, "manifest.jsonl"), '{"target":"http:');
    await run("capture", "--targets", list, "--out", out);
    const second = await run("capture", "--targets", list, "--out", out);
    expect(second.stdout).toBe("0 captured, 1 were there already, 0 failed\n");
  });

  it.skipIf(!existsSync("/proc/self")).each(["/proc/captures", "/proc/new/captures"])(
    "ends where the system makes no folder: %s",
    async (out) => {
      const list = join(folder, "proc.txt");
      writeFileSync(list, "127.0.0.1:1\n");
      expect(await run("capture", "--targets", list, "--out", out)).toEqual({
        status: 2,
        stdout: "",
        stderr: `goroutine-dump: ${out} cannot be made a folder: none can be made there\n`,
      });
    },
  );

  it("says what is wrong in plain words", async () => {
    const [one, two, out] = [join(folder, "one.txt"), join(folder, "two.txt"), join(folder, "plain")];
    writeFileSync(one, "pod-1\n");
    writeFileSync(two, "pod-1\npod-2\n");
    expect(await said("--targets", one, "--out", out, "--retries", "0", "--", "no-such-program")).toBe(
      "goroutine-dump: pod-1: there is no program no-such-program\n",
    );
    expect(await said("--targets", one, "--out", out, "--", "")).toContain("behind -- a command is missing");
    expect(await said("--targets", one, "--out", out, "--retries", "0", "--", folder)).toBe(
      `goroutine-dump: pod-1: ${folder} cannot be run: permission denied\n`,
    );
    expect(await said("--targets", two, "--out", out, "--", "cat", "dump.txt")).toContain(
      "goroutine-dump: the command is the same for all 2 targets: write {target} where one stands\n",
    );
    expect(await said("--targets", one, "--out", two)).toContain(
      "two.txt cannot be made a folder: there is such a file already",
    );
    expect(await said("--targets", "/dev/null", "--out", out)).toBe("goroutine-dump: /dev/null names no target\n");
    const manifest = join(folder, "taken", "manifest.jsonl");
    mkdirSync(manifest, { recursive: true });
    expect(await said("--targets", one, "--out", join(folder, "taken"))).toBe(
      `goroutine-dump: ${manifest} cannot be read: it is a folder, not a file\n`,
    );
    expect(await said("--targets", one, "--out", out, "cat")).toContain(
      "capture takes no cat: a command stands behind --",
    );
    const dash = await said("--targets", one, "--out", out, "--timeout", "-1");
    expect(dash).not.toContain("u000a");
    expect(dash).toContain("or --timeout=-1 if that is meant");
  });

  it("tells of a target that is too long for a command, and goes on", async () => {
    const list = join(folder, "long.txt");
    writeFileSync(list, `${"a".repeat(3_000_000)}\npod\n`);
    const out = join(folder, "toolong");
    const script = `process.stdout.write(${JSON.stringify(DUMP)})`;
    const command = ["--retries", "0", "--", process.execPath, "-e", script, "{target}"];
    const { status, stdout, stderr } = await run("capture", "--targets", list, "--out", out, ...command);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "1 captured, 0 were there already, 1 failed\n" });
    expect(stderr).toContain("aaa");
  });

  it.skipIf(process.platform === "win32")("does not wait for what a command has started", async () => {
    const list = join(folder, "slow.txt");
    writeFileSync(list, "pod$&1\n");
    // What it starts ends when the test says so, which is when the capture is over.
    const script = 'echo "$0" > "$1"; while [ ! -e "$2" ]; do sleep 0.1; done & wait';
    const [out, told, over] = [join(folder, "slow"), join(folder, "told"), join(folder, "over")];
    const command = ["--timeout", "1", "--retries", "0", "--", "sh", "-c", script, "{target}", told, over];
    const { stderr } = await run("capture", "--targets", list, "--out", out, ...command);
    writeFileSync(over, "");
    expect(stderr).toBe("goroutine-dump: pod$&1: it was not done after 1 s\n");
    expect(readFileSync(told, "utf8")).toBe("pod$&1\n");
  });

  it("runs a command for each target, without a shell", async () => {
    const list = join(folder, "pods.txt");
    writeFileSync(list, "pod-1\npod-2;x\n");
    const out = join(folder, "pods");
    const script = `process.stdout.write(${JSON.stringify(DUMP)} + "label " + process.argv[1])`;
    const result = await run(
      "capture",
      "--targets",
      list,
      "--out",
      out,
      "--",
      process.execPath,
      "-e",
      script,
      "{target}",
    );
    expect(result).toMatchObject({ status: 0, stdout: "2 captured, 0 were there already, 0 failed\n" });
    expect(
      manifestOf(out)
        .map(({ host }) => host)
        .sort(),
    ).toEqual(["pod-1", "pod-2;x"]);
    expect(readdirSync(out).find((name) => name.startsWith("pod-2"))).toMatch(/^pod-2_x-\d{8}-\d{6}Z\.debug2\.txt$/);
  });
});

describe("fleet", () => {
  it("counts the dumps of a folder, by the hosts that a manifest or the files' names tell", () => {
    const hosts = join(folder, "hosts");
    rmSync(hosts, { recursive: true, force: true });
    for (const host of ["web-1", "web-2", "web-3"]) {
      const count = host === "web-2" ? 40 : 1;
      const text = DUMP + Array.from({ length: count }, (_, index) => BLOCK(index + 2)).join("");
      const dir = join(hosts, host);
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, "20261120-080000Z.txt"), text);
    }
    writeFileSync(join(hosts, "notes.txt"), "nothing");
    const report = reportOf(hosts);
    expect(report).toMatchObject({ version: 1, dumps: 3, hosts: 3, goroutines: 45, problemCount: 1 });
    expect(report.places.find((place) => place.function === "example.com/app.send")).toMatchObject({
      hosts: 3,
      max: 40,
      maxHost: "web-2",
      total: 42,
      state: "chan send",
    });
  });

  it("finds the hosts in the manifest of each folder, as captures of several days lie beside each other", () => {
    const days = join(folder, "days");
    for (const day of ["2026-11-20", "2026-11-21"]) {
      mkdirSync(join(days, day), { recursive: true });
      writeFileSync(join(days, day, "web-1.txt"), DUMP);
      const captured = { target: "http://web-1/", host: "web-1", time: `${day}T08:00:00Z`, file: "web-1.txt" };
      writeFileSync(join(days, day, "manifest.jsonl"), `${JSON.stringify(captured)}\n`);
    }
    const report = reportOf(days);
    expect(report).toMatchObject({ dumps: 2, hosts: 1, goroutines: 2 });
    expect(report.places[0]).toMatchObject({ maxHost: "web-1", firstSeen: "2026-11-20T08:00:00.000Z" });
    const names = ["2026-11-20", "2026-11-21"].map((day) => join(days, day, "web-1.txt"));
    expect(reportOf("-", names.join("\n"))).toEqual(report);
  });

  it("leaves out the lines of a manifest that are wrong, and says which and why", () => {
    const wrong = join(folder, "wrong");
    mkdirSync(wrong);
    const lines: readonly (readonly [line: unknown, said: string | null])[] = [
      [entryOf("right", "1.txt"), null],
      [entryOf("", "2.txt"), "it names no host"],
      [{ ...entryOf("x", "3.txt"), labels: ["a"] }, "its labels are no object of texts"],
      [{ ...entryOf("x", "4.txt"), labels: "a" }, "its labels are no object of texts"],
      [{ ...entryOf("x", "5.txt"), labels: { a: { b: "c" } } }, "its labels are no object of texts"],
      [{ ...entryOf("x", "6.txt"), time: "soon" }, "its time is none such as 2026-11-20T08:00Z"],
      [{ ...entryOf("x", "8.txt"), file: 8 }, "its file is no text"],
      [{ ...entryOf("x", "7.txt"), target: 1 }, null],
    ];
    const manifest = join(wrong, "manifest.jsonl");
    // The last line is cut.
    writeFileSync(manifest, `${lines.map(([line]) => JSON.stringify(line)).join("\n")}\n{"target":`);
    for (let name = 1; name <= 8; name++) writeFileSync(join(wrong, `${name}.txt`), DUMP);
    const told = lines.flatMap(([, problem], index) =>
      problem === null ? [] : [`${manifest}:${index + 1}: ${problem}. The line is left out.`],
    );
    const problems = [...told, `${manifest}:8: this is no line of a capture (2 lines in all).`];
    expect(reportOf(wrong)).toMatchObject({ dumps: 8, hosts: 8, problems });
    const { status, stderr } = spawnSync(process.execPath, [CLI, "convert", "--to", "ndjson", wrong], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: problems.map((problem) => `goroutine-dump: ${problem}\n`).join(""),
    });
  });

  it("says so when a manifest is no file, or most of it is wrong", () => {
    const [none, long] = [join(folder, "none"), join(folder, "long")];
    mkdirSync(join(none, "manifest.jsonl"), { recursive: true });
    mkdirSync(long);
    writeFileSync(join(long, "manifest.jsonl"), `${JSON.stringify(entryOf("", "1.txt"))}\n`.repeat(1000));
    for (const each of [none, long]) writeFileSync(join(each, "1.txt"), DUMP);
    const { status, stdout } = spawnSync(process.execPath, [CLI, "fleet", none], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stdout).toContain(`${join(none, "manifest.jsonl")} cannot be read: it is a folder, not a file`);
    const { problems } = reportOf(long);
    expect(problems).toHaveLength(11);
    expect(problems.at(-1)).toBe(`${join(long, "manifest.jsonl")}: 990 more lines are left out.`);
  });

  it("reads names of files from standard input", () => {
    const file = join(folder, "api-20261120-080000Z.txt");
    writeFileSync(file, DUMP);
    expect(reportOf("-", `${file}\n`)).toMatchObject({ dumps: 1, hosts: 1 });
  });

  it("says why there is no dump", () => {
    const options = { encoding: "utf8", input: "nowhere.dump\n" } as const;
    expect(spawnSync(process.execPath, [CLI, "fleet", "-"], options)).toMatchObject({
      status: 2,
      stdout: "",
      stderr:
        "goroutine-dump: nowhere.dump cannot be read: there is no such file\ngoroutine-dump: standard input names no dumps\n",
    });
  });

  it("says in plain words what is wrong with a name", () => {
    const options = { encoding: "utf8", input: "a.dump\0b.dump\0\n" } as const;
    expect(spawnSync(process.execPath, [CLI, "fleet", "-"], options).stderr).toBe(
      "goroutine-dump: a.dump\\u0000b.dump\\u0000 cannot be read: there is a NUL character in the name\n" +
        "goroutine-dump: standard input names no dumps\n",
    );
  });

  it("fails as sure as --fail-on says", () => {
    const file = join(folder, "nil-20261120-080000Z.txt");
    writeFileSync(file, `${DUMP}goroutine 2 [chan send (nil chan)]:\nmain.f()\n\t/src/main.go:9 +0x1\n\n`);
    const options = { encoding: "utf8", input: `${file}\n` } as const;
    const fleet = (level: string) => spawnSync(process.execPath, [CLI, "fleet", "--fail-on", level, "-"], options);
    expect(fleet("proven").status).toBe(1);
    expect(fleet("none").status).toBe(0);
  });
});
