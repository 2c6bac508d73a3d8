// Builds the bundles, into dist/. `--production`: as they are released, minified, with the notices of the libraries in them
// and the types of what other programs import. `--watch`: again after every change, until it is ended.
import { rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { bundles } from "./scripts/lib/bundles.mjs";
import { writeDeclarations } from "./scripts/lib/declarations.mjs";
import { minifyFurther } from "./scripts/lib/minify.mjs";
import { bundledPackages, noticesPath, noticesText } from "./scripts/lib/notices.mjs";
import { watchBundles } from "./scripts/lib/watch.mjs";

const { values } = parseArgs({ options: { production: { type: "boolean" }, watch: { type: "boolean" } } });
const production = values.production === true;

// What an earlier build left must not be packaged.
rmSync("dist", { recursive: true, force: true });
if (values.watch === true) {
  await watchBundles();
} else {
  const all = await bundles({ production });
  const results = await Promise.all(all.map((options) => build({ ...options, metafile: true })));
  if (production) {
    writeFileSync(noticesPath, noticesText(bundledPackages(results.map(({ metafile }) => metafile))));
    await Promise.all([minifyFurther(), writeDeclarations()]);
  }
}
