// `npm test`: every check there is.
import { ensureDependencies } from "./lib/dependencies.mjs";
import { checks, runSteps, single, tests } from "./lib/steps.mjs";

await ensureDependencies();
// With what the installation has brought.
const { packageExtension } = await import("./lib/vsix.mjs");
await runSteps([
  ...checks,
  ["unit tests", () => tests("unit")],
  ["tests over all fixtures", () => tests("fixtures")],
  ["package", () => single(packageExtension())],
  ["package tests", () => tests("package")],
  ["end-to-end tests", () => tests("e2e")],
]);
