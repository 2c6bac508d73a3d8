// `npm run check`: types, lint, format and unused code.
import { checks, runSteps } from "./lib/steps.mjs";

await runSteps(checks);
