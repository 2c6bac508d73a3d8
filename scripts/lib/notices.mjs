// The notices of the packages that are really in the bundles: their licences ask for them in every copy.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { SHARED } from "./sharedModules.mjs";

/** Where the notices of a release build are, to be packaged with it. */
export const noticesPath = join(root, "dist", "THIRD_PARTY_NOTICES.txt");

/**
 * A package of which a bundle holds something.
 * @typedef {object} BundledPackage
 * @property {string} name
 * @property {string} version
 * @property {string} license its SPDX expression; "" when it declares none
 * @property {string} text of its licence, with the copyright notice; "" when it has no such file
 */

/**
 * The packages of which bundles hold code or styles, by name.
 * @param {readonly import("esbuild").Metafile[]} metafiles
 * @returns {BundledPackage[]}
 */
export function bundledPackages(metafiles) {
  const folders = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        // What one bundle takes from another is counted there.
        if (path.startsWith(`${SHARED}:`)) continue;
        const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  return [...folders].map(readPackage).sort((a, b) => (identity(a) < identity(b) ? -1 : 1));
}

/** @param {string} folder below the project */
function readPackage(folder) {
  const { name, version, license = "" } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const file = readdirSync(join(root, folder)).find((each) => /^(licen[cs]e|copying)(\.|$)/i.test(each));
  const path = file === undefined ? undefined : join(root, folder, file);
  const text = path !== undefined && existsSync(path) ? readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim() : "";
  return { name, version, license, text };
}

/** @param {BundledPackage} bundled */
function identity({ name, version }) {
  return `${name} ${version}`;
}

/** @param {readonly BundledPackage[]} packages */
export function noticesText(packages) {
  const head = "Goroutine Dump Navigator contains parts of these packages, under their own licences.";
  const parts = packages.map((each) => `${identity(each)} (${each.license})\n\n${each.text}`);
  return `${[head, ...parts].join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}
