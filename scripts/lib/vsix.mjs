import { statSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { artifactsFolder, root } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * What the packaged extension may weigh. Two thirds are the LSP libraries, which come twice: for the desktop and for
 * the web. A new dependency shows here.
 */
const vsixBudgetBytes = 450_000;

/** The packaged extension's path, whether it is there or not. */
export async function vsixPath() {
  const { name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return join(artifactsFolder, `${name}-${version}.vsix`);
}

/**
 * Builds the bundles as they are released and packages the extension. What goes in is said by `files` in package.json.
 * @returns {Promise<string>} the path of the VSIX
 */
export async function packageExtension() {
  const vsix = await vsixPath();
  await mkdir(artifactsFolder, { recursive: true });
  await run(process.execPath, ["esbuild.mjs", "--production"], { cwd: root });
  const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", vsix];
  await run(process.execPath, [vsce, "package", ...options], { cwd: root, quiet: true });
  const { size } = statSync(vsix);
  if (size > vsixBudgetBytes) {
    throw new Error(`${vsix} has ${size} bytes, more than its budget of ${vsixBudgetBytes}`);
  }
  return vsix;
}
