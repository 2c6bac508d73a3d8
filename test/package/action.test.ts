import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/lib/paths.mjs";
import { packPackage } from "../support/packPackage.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly shell: string;
      readonly env: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
}

const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;
const OKX = join(root, "test/fixtures/field/okx-deadlock.dump");
const SOURCES = join(root, "test/fixtures/workspaces/okx");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "action-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The value of `${{ inputs.NAME }}`; other expressions are not used in the action. */
function evaluate(value: string, inputs: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const name = /^ inputs\.([\w-]+) $/.exec(expression)?.[1] ?? "";
    const input = action.inputs[name];
    if (input === undefined) throw new Error(`the action knows no ${expression}`);
    const given = inputs[name] ?? input.default;
    if (given === undefined) throw new Error(`${name} is required`);
    return given;
  });
}

/** Runs the action's steps as GitHub's runner does, in a checkout; gives what came of it. */
function runAction(inputs: Readonly<Record<string, string>>, actionPath = root) {
  const summary = join(folder, "summary.md");
  writeFileSync(summary, "Before\n");
  let [status, stdout, stderr] = [0, "", ""];
  for (const step of action.runs.steps) {
    const env = Object.entries(step.env).map(([name, value]) => [name, evaluate(value, inputs)]);
    const script = join(folder, "step.sh");
    writeFileSync(script, step.run);
    const result = spawnSync(step.shell, ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd: SOURCES,
      encoding: "utf8",
      env: {
        ...process.env,
        ...Object.fromEntries(env),
        GITHUB_ACTION_PATH: actionPath,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_WORKSPACE: SOURCES,
        npm_config_cache: join(folder, "npm"),
      },
    });
    status = result.status ?? -1;
    stdout += result.stdout;
    stderr += result.stderr;
    if (status !== 0) break;
  }
  return { status, stdout, stderr, summary: readFileSync(summary, "utf8") };
}

describe("the GitHub Action", () => {
  it("gets its inputs as values: none is put into a script", () => {
    expect(action.runs.using).toBe("composite");
    expect(action.runs.steps.length).toBeGreaterThan(0);
    for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
  });

  it("annotates the source, sums up the job, and fails when a finding is as sure as asked", () => {
    const { status, stdout, stderr, summary } = runAction({ file: OKX });

    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^::warning file=okx\/api\/ws\/client\.go,line=199,title=.*\n$/);
    expect(summary).toMatch(/^Before\n## Goroutines of /);
    expect(summary).toContain("- at ` okx/api/ws/client.go:199 `");
  });

  it("passes when nothing is that sure, and reports what a filter lets through", () => {
    expect(runAction({ file: OKX, "fail-on": "proven" }).status).toBe(0);
    expect(runAction({ file: OKX, filter: "func:nothing" })).toMatchObject({ status: 0, stdout: "" });
  });

  it("takes several files and folders, whatever their names hold", () => {
    const hostile = join(folder, "$(touch pwned) `touch pwned` a'b\"c*.dump");
    cpSync(OKX, hostile);
    const source = join(folder, "-s $(exit 3)");
    mkdirSync(source);
    const { status, stdout } = runAction({
      file: `  ${hostile} \n\n${OKX}\n`,
      source: `${source}\n .`,
      "fail-on": "none",
    });

    expect(status).toBe(0);
    expect(stdout.match(/^::warning file=okx/gm)).toHaveLength(2);
    expect(() => readFileSync(join(SOURCES, "pwned"))).toThrow("ENOENT");
  });

  it("passes a filter on as it is", () => {
    const filter = "-func:nothing not (state:'chan send' or file:/src)";
    expect(runAction({ file: OKX, filter, "fail-on": "none" })).toMatchObject({ status: 0, stderr: "" });
    const { status, stderr } = runAction({ file: OKX, filter: "wait:>soon" });
    expect(status).toBe(2);
    expect(stderr).toContain("wants a number");
  });

  it("says what is wrong with a file that is not there", () => {
    const { status, stderr, summary } = runAction({ file: "nowhere.dump" });
    expect({ status, summary }).toEqual({ status: 2, summary: "Before\n" });
    expect(stderr).toContain("nowhere.dump cannot be read: there is no such file");
  });

  it("runs the npm package of its own version in a checkout that is not built, or of the one asked for", () => {
    const version = `file:${packPackage(folder)}`;
    const filter = `not (state:"no $HOME" or func:'a;b')`;
    expect(runAction({ file: OKX, version, filter })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("client.go,line=199"),
    });

    const checkout = join(folder, "check out");
    mkdirSync(checkout);
    writeFileSync(join(checkout, "package.json"), JSON.stringify({ version }));
    expect(runAction({ file: OKX }, checkout)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("client.go,line=199"),
    });
  });
});
