import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, statSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { commandLineFiles } from "./commandLine.mjs";
import { artifactsFolder, root } from "./paths.mjs";
import { run } from "./run.mjs";

/** What the packaged extension may weigh. Most of it are the LSP libraries, three times. A new dependency shows here. */
const vsixBudgetBytes = 700_000;

/** What the npm package has besides the command line: what other programs read. */
const notInExtension = /^(?:dist\/(?:core|extension)\/|schema\/)/;

/** JSON that nobody reads in the package, which leaves its blanks out. Other JSON there has comments. */
const compactJson = /^(?:package(?:\.nls.*)?|l10n\/.*|syntaxes\/.*)\.json$/;

/** The earliest time that an archive can name, for sources that come without their history. */
const earliestEpoch = "315619200";

/**
 * The packaged extension's path, whether it is there or not.
 * @param {{ development?: boolean }} [options]
 */
export async function vsixPath({ development = false } = {}) {
  const { name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return join(artifactsFolder, `${name}-${version}${development ? "-development" : ""}.vsix`);
}

/**
 * Builds the bundles and packages the extension: as it is released, or for development, readable and with source maps.
 * What goes in is said by `files` in package.json. The same sources give the same bytes: on every day, in every time
 * zone, whoever has checked them out.
 * @param {{ development?: boolean }} [options]
 * @returns {Promise<string>} the path of the VSIX
 */
export async function packageExtension({ development = false } = {}) {
  const vsix = await vsixPath({ development });
  await mkdir(artifactsFolder, { recursive: true });
  await run(process.execPath, ["esbuild.mjs", ...(development ? [] : ["--production"])], { cwd: root });
  if (development) await pack(root, vsix);
  else await packRelease(vsix);
  return vsix;
}

/** @param {string} vsix */
async function packRelease(vsix) {
  const folder = await mkdtemp(join(tmpdir(), "goroutine-dump-vsix-"));
  try {
    await copyPackage(folder);
    await pack(folder, vsix);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { size } = statSync(vsix);
  if (size > vsixBudgetBytes) {
    throw new Error(`${vsix} has ${size} bytes, more than its budget of ${vsixBudgetBytes}`);
  }
}

/**
 * Copies the files of the package, with the same permissions for all: an archive keeps those of the checkout.
 * @param {string} folder
 */
async function copyPackage(folder) {
  const { listFiles, PackageManager } = await import("@vscode/vsce");
  for (const name of await listFiles({ cwd: root, packageManager: PackageManager.None })) {
    if (notInExtension.test(name) || commandLineFiles.includes(name)) continue;
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (compactJson.test(name))
      await writeFile(path, JSON.stringify(JSON.parse(await readFile(join(root, name), "utf8"))));
    else await copyFile(join(root, name), path);
    chmodSync(path, 0o644);
  }
}

/**
 * @param {string} folder
 * @param {string} vsix
 */
async function pack(folder, vsix) {
  const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", vsix];
  // What the npm package alone has is named by the manifest, too.
  options.push("--allow-unused-files-pattern");
  // Archives keep local time, and are sorted as the language of the machine says.
  const env = { ...process.env, SOURCE_DATE_EPOCH: sourceDateEpoch(), TZ: "UTC", LC_ALL: "C" };
  await run(process.execPath, [vsce, "package", ...options], { cwd: folder, env, quiet: true });
}

/** The time of the sources, in seconds: that of their last commit, when nobody says another. */
function sourceDateEpoch() {
  const given = process.env["SOURCE_DATE_EPOCH"];
  if (given !== undefined) return given;
  try {
    return execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return earliestEpoch;
  }
}
