import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename } from "node:fs/promises";
import { existsSync } from "node:fs";
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

const terser = join(root, "node_modules", "terser");
const options = ["--compress", "ecma=2020", "--mangle", "--toplevel", "--ecma", "2020"];

/**
 * Makes the extension's bundles smaller than esbuild leaves them: packed they lose another 6 %, for terser looks across
 * statements. All at once, each in a process of its own, for they take longer than the bundling; what a bundle became is
 * kept, for the tests build them several times.
 */
export async function minifyFurther() {
  const { version } = JSON.parse(await readFile(join(terser, "package.json"), "utf8"));
  await Promise.all(extensionBundles.map((name) => minifyBundle(join(root, "dist", name), version)));
}

/**
 * @param {string} path
 * @param {string} version of terser
 */
async function minifyBundle(path, version) {
  const key = createHash("sha256")
    .update([version, ...options].join())
    .update(await readFile(path));
  const kept = join(cacheFolder, "minified", `${key.digest("hex")}.js`);
  if (!existsSync(kept)) {
    await mkdir(join(cacheFolder, "minified"), { recursive: true });
    // Under its name it is whole: an interrupted run leaves another.
    const made = `${kept}.${process.pid}`;
    await run(process.execPath, [join(terser, "bin", "terser"), path, ...options, "--output", made], { quiet: true });
    await rename(made, kept);
  }
  await copyFile(kept, path);
}
