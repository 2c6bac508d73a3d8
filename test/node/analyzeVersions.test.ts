import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../../server/src/output/report.ts";
import { analyzeOutput } from "../support/analyzeReport.ts";
import { goFile } from "../support/locatorBench.ts";

const folder = mkdtempSync(join(tmpdir(), "versions-"));
const [sources, goroot, cache, dump] = ["ws", "go", "cache", "app.dump"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
];
const path = process.env["PATH"];

function write(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Where an innermost function of user code is blocked, which is what a finding stands at. */
const LINE = 5;
const GOROUTINES = Array.from(
  { length: 60 },
  (_, index) => `goroutine ${index + 2} [chan send, 90 minutes]:
example.com/kit.Get(0x1)
	/root/go/pkg/mod/example.com/kit@v1.5.0/pool.go:${LINE} +0x2f
net/http.(*conn).serve(0x1)
	/home/dev/sdk/go1.22.3/src/net/http/server.go:${LINE} +0x2f
example.com/gone.Run(0x1)
	/root/go/pkg/mod/example.com/gone@v2.1.0+incompatible/run.go:${LINE} +0x2f
`,
).join("\n");

beforeAll(() => {
  write(join(sources, "go.mod"), "module example.com/app\n");
  write(join(goroot, "VERSION"), "go1.19.8\n");
  write(join(goroot, "src/net/http/server.go"), goFile("http", "(c *conn) serve()"));
  write(join(cache, "example.com/kit@v1.6.0/pool.go"), goFile("kit", "Get()"));
  write(dump, GOROUTINES);
  // What `go env` would say on a machine with these folders.
  const env = JSON.stringify({ GOROOT: goroot, GOMODCACHE: cache });
  chmodSync(write(join(folder, "bin/go"), `#!/bin/sh\necho '${env}'\n`), 0o755);
  process.env["PATH"] = [join(folder, "bin"), path].join(delimiter);
});

afterAll(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true, force: true });
});

test("files of other versions are told with what was wanted, and what is missing with what brings it", async () => {
  const report = JSON.parse(await analyzeOutput(dump, { sources: [sources] })) as Report;
  const { groups, missingSources } = report.dumps[0]!;
  const [kit, server, gone] = [...groups][0]!.frames;
  expect(kit).toMatchObject({
    resolved: join(cache, "example.com/kit@v1.6.0/pool.go"),
    drift: "unknown",
    revision: null,
    otherVersion: { module: "example.com/kit", wanted: "v1.5.0", found: "v1.6.0" },
  });
  expect(server).toMatchObject({
    resolved: join(goroot, "src/net/http/server.go"),
    drift: "unknown",
    otherVersion: { module: "std", wanted: "1.22.3", found: "1.19.8" },
  });
  expect(gone).toMatchObject({ resolved: null });
  expect(missingSources).toEqual([
    { module: "example.com/kit", version: "v1.5.0", frames: 1, command: "go mod download example.com/kit@v1.5.0" },
    { module: "std", version: "1.22.3", frames: 1, command: "go run golang.org/dl/go1.22.3@latest download" },
    {
      module: "example.com/gone",
      version: "v2.1.0+incompatible",
      frames: 1,
      command: "go mod download example.com/gone@v2.1.0+incompatible",
    },
  ]);
});

test("the text says the same", async () => {
  const text = await analyzeOutput(dump, { format: "text", sources: [sources] });
  expect(text).toContain(
    `pool.go:${LINE} (The program was built with example.com/kit@v1.5.0; here is example.com/kit@v1.6.0)`,
  );
  expect(text).toContain("Source of 1 frame is not here; to get it: go mod download example.com/kit@v1.5.0\n");
});

test("no finding stands at a line of another version", async () => {
  const { runs } = JSON.parse(await analyzeOutput(dump, { format: "sarif", sources: [sources] })) as {
    readonly runs: readonly {
      readonly results: readonly { readonly locations: unknown; readonly properties: unknown }[];
    }[];
  };
  const results = runs.flatMap((run) => run.results);
  expect(results).toHaveLength(1);
  expect(JSON.stringify(results[0]?.locations)).toContain("app.dump");
  expect(results[0]?.properties).toMatchObject({ otherVersion: { wanted: "v1.5.0", found: "v1.6.0" } });
});

test("what a dump has made up becomes no part of a command", async () => {
  const evil = GOROUTINES.replaceAll("example.com/gone@v2.1.0+incompatible", "example.com/gone@v2.1.0;id")
    .replaceAll("example.com/kit@v1.5.0", "example.com/$(id)@v1.5.0")
    .replaceAll("go1.22.3", "go1.22.3`id`");
  writeFileSync(dump, evil);
  const text = await analyzeOutput(dump, { format: "text", sources: [sources] });
  expect(text.match(/to get it: .*/g)).toEqual(["to get it: go run golang.org/dl/go1.22.3@latest download"]);
});
