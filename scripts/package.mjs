// Packages the extension into artifacts/: the release build of every bundle, within the size budget.
import { statSync } from "node:fs";
import { relative } from "node:path";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { runMain } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { packageExtension } from "./lib/vsix.mjs";

await runMain(async () => {
  await ensureDependencies();
  const vsix = await packageExtension();
  console.log(`${relative(root, vsix)}: ${Math.round(statSync(vsix).size / 1000)} kB`);
});
