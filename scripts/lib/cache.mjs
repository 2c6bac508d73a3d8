import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "./paths.mjs";
import { withProgress } from "./progress.mjs";
import { npm, run } from "./run.mjs";

/**
 * Installs one component of the cache, once. It grows in a private folder that takes its final name, version and all,
 * only when complete: an interrupted run leaves nothing that a later one could take for whole, and two runs at the
 * same time do not meet.
 * @param {string} name
 * @param {string} version part of the folder's name, so that a new version is a new folder
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>} the component's folder
 */
export async function installOnce(name, version, fill) {
  const folder = join(cacheFolder, `${name}-${version}`);
  if (existsSync(folder)) return folder;
  await sweep(name);
  console.log(`Installing ${name} ${version} into ${cacheFolder} (once)`);
  const partial = join(cacheFolder, `${name}${partialMark}${process.pid}`);
  await mkdir(partial, { recursive: true });
  try {
    await fill(partial);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw new Error(`${name} ${version} could not be installed`, { cause: error });
  }
  return folder;
}

const partialMark = ".partial-";

/**
 * Removes what interrupted runs left of a component.
 * @param {string} name
 */
async function sweep(name) {
  const mark = name + partialMark;
  const entries = existsSync(cacheFolder) ? await readdir(cacheFolder) : [];
  for (const entry of entries.filter((each) => each.startsWith(mark))) {
    if (!isRunning(Number(entry.slice(mark.length)))) await rm(join(cacheFolder, entry), { recursive: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Unpacks one package from the npm registry, without the packages it depends on.
 * @param {string} folder where its files go
 * @param {string} spec name and version
 * @param {{ inside?: string, without?: readonly string[] }} [options] the folder in the package to unpack, and patterns of
 * paths that are left out
 */
export async function unpackPackage(folder, spec, { inside = "", without = [] } = {}) {
  const packed = await mkdtemp(join(tmpdir(), "goroutine-dump-package-"));
  try {
    await withProgress(`fetching ${spec}`, packed, () =>
      npm(["pack", spec, "--pack-destination", packed, "--loglevel=error"], { quiet: true }),
    );
    const [archive = ""] = await readdir(packed);
    const path = inside === "" ? "package" : `package/${inside}`;
    const strip = `--strip-components=${path.split("/").length}`;
    const excludes = without.map((pattern) => `--exclude=${pattern}`);
    await withProgress(`unpacking ${spec}`, folder, () =>
      run("tar", ["-xzf", join(packed, archive), "-C", folder, strip, ...excludes, path], { quiet: true }),
    );
  } finally {
    await rm(packed, { recursive: true, force: true });
  }
}

/** npm's options for packages that are tools of ours: no scripts of theirs run, nothing is reported. */
const installArgs = ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Installs packages from the npm registry into a folder that belongs to nothing else.
 * @param {string} folder
 * @param {readonly string[]} packages with their versions
 */
export async function npmInstallInto(folder, packages) {
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  await withProgress(`installing ${packages.join(", ")}`, folder, () =>
    npm([...installArgs, ...packages], { cwd: folder, quiet: true }),
  );
}

/**
 * Installs what the `package.json` in a folder asks for.
 * @param {string} folder
 */
export async function npmInstallIn(folder) {
  await withProgress("installing its packages", folder, () => npm(installArgs, { cwd: folder, quiet: true }));
}
