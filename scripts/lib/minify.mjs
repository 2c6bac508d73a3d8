import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, root } from "./paths.mjs";
import { run } from "./run.mjs";

/** The bundles of the extension. The command line is read from a disk as it is: its size matters little. */
const extensionBundles = [
  "client/browser.js",
  "client/node.js",
  "browser/server.js",
  "node/server.js",
  "node/ahead.js",
  "node/mcp.js",
  "webview/page.js",
];

const script = join(root, "scripts", "minifyFile.mjs");

/**
 * Makes the extension's bundles smaller than esbuild leaves them: packed they lose another 6 %, for terser looks across
 * statements. All at once, each in a process of its own, for they take longer than the bundling; what a bundle became is
 * kept, for the tests build them several times.
 */
export async function minifyFurther() {
  const minifier = await Promise.all([script, join(root, "package-lock.json")].map((path) => readFile(path)));
  await Promise.all(extensionBundles.map((name) => minifyBundle(join(root, "dist", name), minifier)));
}

/**
 * @param {string} path
 * @param {readonly Buffer[]} minifier what decides about the result besides the bundle
 */
async function minifyBundle(path, minifier) {
  const hash = createHash("sha256");
  for (const part of [...minifier, await readFile(path)]) hash.update(part);
  const kept = join(cacheFolder, "minified", `${hash.digest("hex")}.js`);
  if (!existsSync(kept)) {
    await mkdir(join(cacheFolder, "minified"), { recursive: true });
    // Under its name it is whole: an interrupted run leaves another.
    const made = `${kept}.${process.pid}`;
    await run(process.execPath, [script, path, made], { quiet: true });
    await rename(made, kept);
  }
  await copyFile(kept, path);
}
