// What `npm test` and `npm run check` are made of: steps that run one after the other, each even when one before it failed.
import { readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { artifactsFolder, root } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * How a step went.
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {readonly string[]} failed what failed, each by its name; a step without tests by the step's
 */

/** @typedef {readonly [name: string, step: () => Promise<Outcome>]} Step */

/**
 * Types, lint, format and unused code.
 * @type {readonly Step[]}
 */
export const checks = [
  ["types", () => tool("tsc", ["-b"])],
  ["lint", () => tool("oxlint", ["--type-aware"])],
  ["format", () => tool("oxfmt", ["--check", "."], "`npm run format` mends it.")],
  ["unused code", () => tool("knip", [])],
];

/**
 * Runs the steps. The last lines name what failed, and then say `N passed, N failed`: the tests, and each step that is
 * not made of tests as one. The process ends with status 1 when something failed.
 * @param {readonly Step[]} steps
 */
export async function runSteps(steps) {
  let passed = 0;
  /** @type {string[]} */
  const failed = [];
  for (const [name, step] of steps) {
    const start = performance.now();
    console.log(`\n== ${name}`);
    const outcome = await step();
    passed += outcome.passed;
    failed.push(...outcome.failed.map((each) => (each === "" ? name : `${name}: ${each}`)));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`== ${name}: ${outcome.failed.length === 0 ? "passed" : "FAILED"} in ${seconds} s`);
  }
  if (failed.length > 0) {
    process.exitCode = 1;
    console.log(`\nFailed:\n${failed.map((each) => `  ${each}`).join("\n")}`);
  }
  console.log(`\n${passed} passed, ${failed.length} failed`);
}

/**
 * A step without tests.
 * @param {Promise<unknown>} work
 * @param {string} [remedy] what mends a failure
 * @returns {Promise<Outcome>}
 */
export async function single(work, remedy = "") {
  try {
    await work;
    return { passed: 1, failed: [] };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (remedy !== "") console.error(remedy);
    return { passed: 0, failed: [remedy] };
  }
}

/**
 * Runs one of vitest's projects. Its status counts too: it fails for what no test is blamed for.
 * @param {string} project
 * @returns {Promise<Outcome>}
 */
export async function tests(project) {
  const report = join(artifactsFolder, `${project}-tests.json`);
  await rm(report, { force: true });
  const reporters = ["default", "json", "./test/triesReporter.ts"].map((name) => `--reporter=${name}`);
  const whole = await tool("vitest", ["run", "--project", project, ...reporters, `--outputFile.json=${report}`]);
  const outcome = outcomeOf(await readFile(report, "utf8").then(JSON.parse, () => nothing));
  if (outcome.skipped > 0) console.log(`${outcome.skipped} ${project} tests skipped: the lines above say why`);
  return { passed: outcome.passed, failed: outcome.failed.length > 0 ? outcome.failed : whole.failed };
}

/**
 * What a report of vitest says, with each failed test by its file and name.
 * @param {TestReport} report
 * @returns {Outcome & { skipped: number }}
 */
export function outcomeOf({ testResults }) {
  const failed = [];
  const count = { passed: 0, skipped: 0 };
  for (const { name: path, status, assertionResults } of testResults) {
    const file = relative(root, path).replaceAll("\\", "/");
    // A file that cannot be loaded has no tests.
    if (status === "failed" && assertionResults.length === 0) failed.push(file);
    for (const test of assertionResults) {
      if (test.status === "failed") failed.push(`${file} > ${test.fullName}`);
      else count[test.status === "passed" ? "passed" : "skipped"]++;
    }
  }
  return { ...count, failed };
}

/**
 * What is read of the report that vitest writes.
 * @typedef {object} TestReport
 * @property {readonly { name: string, status: string, assertionResults: readonly { status: string, fullName: string }[] }[]} testResults
 */

/** @type {TestReport} */
const nothing = { testResults: [] };

/**
 * Runs a program that the project's packages bring.
 * @param {string} name
 * @param {readonly string[]} args
 * @param {string} [remedy]
 */
function tool(name, args, remedy) {
  const shell = process.platform === "win32";
  return single(run(join(root, "node_modules", ".bin", name), args, { cwd: root, shell }), remedy);
}
