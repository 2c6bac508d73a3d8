// `npm test`: every check there is, in order, each of them even when one before it failed.
// The last line is `N passed, N failed`: the tests, and each check that is not made of tests as one.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { artifactsFolder, root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { packageExtension } from "./lib/vsix.mjs";

/** @typedef {{ passed: number, failed: number }} Count */

/** @type {readonly [name: string, check: () => Promise<Count>][]} */
const steps = [
  ["types", () => checkTool("tsc", ["-b"])],
  ["lint", () => checkTool("oxlint", ["--type-aware"])],
  ["format", () => checkTool("oxfmt", ["--check", "."])],
  ["unused code", () => checkTool("knip", [])],
  ["unit tests", () => runTests("unit")],
  ["tests over all fixtures", () => runTests("fixtures")],
  ["package", () => check(packageExtension())],
  ["package tests", () => runTests("package")],
  ["end-to-end tests", () => runTests("e2e")],
];

/**
 * @param {Promise<unknown>} work
 * @returns {Promise<Count>}
 */
async function check(work) {
  try {
    await work;
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

/**
 * @param {string} name of a program that the project's packages bring
 * @param {readonly string[]} args
 */
function runTool(name, args) {
  const shell = process.platform === "win32";
  return run(join(root, "node_modules", ".bin", name), args, { cwd: root, shell });
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
function checkTool(name, args) {
  return check(runTool(name, args));
}

/**
 * Runs one of vitest's projects. Its status counts too: it fails for what no test is blamed for.
 * @param {string} project
 * @returns {Promise<Count>}
 */
async function runTests(project) {
  const report = join(artifactsFolder, `${project}-tests.json`);
  await rm(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const whole = await check(runTool("vitest", ["run", "--project", project, ...reporters]));
  const counts = await readFile(report, "utf8").then(JSON.parse, () => ({ numPassedTests: 0, numFailedTests: 0 }));
  const { numPassedTests: passed, numFailedTests: failed } = counts;
  const skipped = (counts.numTotalTests ?? 0) - passed - failed;
  if (skipped > 0) console.log(`${skipped} ${project} tests skipped: the lines above say why`);
  return { passed, failed: Math.max(failed, whole.failed) };
}

await ensureDependencies();
const total = { passed: 0, failed: 0 };
for (const [name, step] of steps) {
  const start = performance.now();
  console.log(`\n== ${name}`);
  const { passed, failed } = await step();
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`== ${name}: ${failed === 0 ? "passed" : "FAILED"} in ${seconds} s`);
}
if (total.failed > 0) process.exitCode = 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
