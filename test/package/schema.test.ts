import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { currentSchemas } from "../../scripts/lib/schemas.mjs";
import type { FleetReport } from "../../server/src/output/fleet.ts";
import type { Report } from "../../server/src/output/report.ts";

const FIXTURES = "test/fixtures";
const LEAK = `${FIXTURES}/corpus/leak`;
const SERIES = ["t0.debug1.txt", "t1.pb.gz", "t2.debug2.txt.gz"].map((end) => `${LEAK}/growth-go1.24-${end}`);

/** All files of the fixtures but sources and what is said of them: dumps of every form, broken and hostile ones too. */
const files = readdirSync(join(root, FIXTURES), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(?:go|mod|sum|md|mjs)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

function run(...args: readonly string[]): string {
  return runTo(0, ...args);
}

/** One of the fixtures is a profile of another kind: of all of them the status is that of what cannot be read. */
function runOnAll(...args: readonly string[]): string {
  return runTo(2, ...args, ...files);
}

function runTo(expected: number, ...args: readonly string[]): string {
  const options = { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const { status, stdout } = spawnSync(process.execPath, ["dist/node/cli.js", ...args], options);
  expect(status).toBe(expected);
  return stdout;
}

function schema(name: string): ValidateFunction {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  return ajv.compile(JSON.parse(readFileSync(join(root, "schema", `${name}.json`), "utf8")) as object);
}

/** What a schema says against a text of JSON. */
function complaints(validate: ValidateFunction, value: unknown): unknown {
  validate(value);
  return validate.errors ?? [];
}

describe("the JSON Schemas", () => {
  it.each(currentSchemas().map(({ file, text }) => [file.slice(root.length + 1), file, text]))(
    "%s is that of the type (npm run docs)",
    (_, file, text) => {
      expect(readFileSync(file, "utf8")).toBe(text);
    },
  );

  it("hold for the report on every fixture, with and without sources and all ids", () => {
    const validate = schema("report");
    const report = JSON.parse(runOnAll("analyze", "--format", "json")) as Report;
    expect(report.dumps.length).toBeGreaterThan(300);
    expect(report.dumps.some(({ findings }) => findings.some(({ cycle }) => cycle !== null))).toBe(true);
    expect(complaints(validate, report)).toEqual([]);

    const okx = ["--source", `${FIXTURES}/workspaces/okx`, "--all-ids", `${FIXTURES}/field/okx-deadlock.dump`];
    const resolved = JSON.parse(run("analyze", "--format", "json", ...okx)) as Report;
    expect(resolved.dumps[0]?.findings[0]?.resolved).not.toBe(null);
    expect(complaints(validate, resolved)).toEqual([]);
  });

  it.each([
    ["a series", ["--series", ...SERIES]],
    ["a pair", ["--base", SERIES[0]!, SERIES[2]!]],
  ])("hold for the comparison of %s", (_, args) => {
    const report = JSON.parse(run("analyze", "--format", "json", ...args)) as Report;
    expect(report.comparison?.groups.length).toBeGreaterThan(0);
    expect(complaints(schema("report"), report)).toEqual([]);
  });

  it("hold for the report on a fleet", () => {
    const args = ["--places", "1000", "--since", "2020-01-01", join(FIXTURES, "corpus")];
    const report = JSON.parse(run("fleet", "--format", "json", ...args)) as FleetReport;
    expect(report.places.length).toBeGreaterThan(100);
    expect(complaints(schema("fleet"), report)).toEqual([]);
  });

  it("hold for every row that is converted", () => {
    const validate = schema("row");
    const rows = runOnAll("convert", "--to", "ndjson", "--label", "host=web-1").trimEnd().split("\n");
    expect(rows.length).toBeGreaterThan(2000);
    const wrong = rows.filter((row) => !validate(JSON.parse(row)));
    expect(wrong).toEqual([]);
  });

  it("refuse what the types do not have", () => {
    const validate = schema("report");
    const report = { version: 1, dumps: [], comparison: null };
    expect(validate(report)).toBe(true);
    expect(validate({ ...report, version: 2 })).toBe(false);
    expect(validate({ ...report, more: 1 })).toBe(false);
    expect(validate({ version: 1, dumps: [] })).toBe(false);
    expect(validate({ ...report, dumps: [{ file: "a" }] })).toBe(false);
  });
});
