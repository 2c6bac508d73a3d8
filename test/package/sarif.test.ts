import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";

const schema = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
// The schema has a pattern that is none in Unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")) as object);

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

function sarifOf(...args: readonly string[]): Sarif {
  const { stdout } = spawnSync(process.execPath, ["dist/node/cli.js", "analyze", "--format", "sarif", ...args], {
    encoding: "utf8",
  });
  return JSON.parse(stdout) as Sarif;
}

/** Where the first result stands. */
function placeOf({ runs }: Sarif): string {
  const { artifactLocation, region } = runs[0]!.results[0]!.locations[0]!.physicalLocation;
  return `${artifactLocation.uri}:${region.startLine}`;
}

describe("the SARIF output", () => {
  it.each([
    ["a lock held while blocked", "test/fixtures/field/okx-deadlock.dump"],
    ["a deadlock", "test/fixtures/corpus/deadlock/abba-go1.27.debug2.txt"],
    ["leaks", "test/fixtures/corpus/goroutineleak/leak-go1.27.debug2.txt"],
    ["a race", "test/fixtures/corpus/race/tally-go1.27.txt"],
    ["a panic", "test/fixtures/corpus/panic/nested-go1.27.txt"],
    ["nothing", "test/fixtures/corpus/labels/labels-go1.24.debug2.txt"],
  ])("is valid SARIF 2.1.0: %s", (_, file) => {
    const sarif = sarifOf(file);
    validate(sarif);
    expect(validate.errors ?? []).toEqual([]);
    const [run] = sarif.runs;
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it("puts a result where its source is found, else in the dump", () => {
    const dump = "test/fixtures/field/okx-deadlock.dump";
    expect(placeOf(sarifOf(dump))).toBe(`${dump}:187`);
    expect(placeOf(sarifOf("--source", "test/fixtures/workspaces/okx", dump))).toMatch(
      /^file:\/\/\/.*\/okx\/api\/ws\/client\.go:199$/,
    );
  });
});
