import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/lib/paths.mjs";

/** Packs what was built as it goes to npm, into a folder; gives the path of the tarball. */
export function packPackage(folder: string): string {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const shell = process.platform === "win32";
  const [packed] = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", shell })) as [
    { readonly filename: string },
  ];
  return join(folder, packed.filename);
}

/** Installs the package as npm does, into a folder with nothing else in it. */
export function installPackage(folder: string): void {
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const args = ["install", "--offline", "--no-audit", "--no-fund", packPackage(folder)];
  execFileSync("npm", args, { cwd: folder, shell: process.platform === "win32", stdio: "pipe" });
}
