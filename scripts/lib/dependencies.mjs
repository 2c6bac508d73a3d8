import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { withProgress } from "./progress.mjs";
import { npm } from "./run.mjs";

/**
 * Installs the project's npm packages when one is missing or is not the version in the lockfile.
 * @returns {Promise<void>}
 */
export async function ensureDependencies() {
  if (await isInstalled()) return;
  console.log("Installing the project's npm packages");
  const modules = join(root, "node_modules");
  await withProgress("npm ci", modules, () =>
    npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root }),
  );
}

async function isInstalled() {
  // npm writes this file at the end of every installation, so an interrupted one has none.
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = await readPackages(record);
  const wanted = await readPackages(join(root, "package-lock.json"));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || optional === true || installed[path]?.version === version,
  );
}

/**
 * @param {string} lockfile
 * @returns {Promise<Record<string, { version?: string, optional?: boolean }>>} by path below the project
 */
async function readPackages(lockfile) {
  return JSON.parse(await readFile(lockfile, "utf8")).packages;
}
