import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { bundles } from "../../scripts/lib/bundles.mjs";
import { type BundledPackage, bundledPackages, noticesPath } from "../../scripts/lib/notices.mjs";
import { root } from "../../scripts/lib/paths.mjs";

/** Licences that ask for nothing but their notice. Another one has to be read before it goes on this list. */
const allowed = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0", "0BSD"]);

let packages: readonly BundledPackage[];
beforeAll(async () => {
  const options = { absWorkingDir: root, write: false, metafile: true } as const;
  const all = await bundles({ production: true });
  const results = await Promise.all(all.map((each) => build({ ...each, ...options })));
  packages = bundledPackages(results.map(({ metafile }) => metafile));
});

describe("the packages that are in the bundles", () => {
  it("are the known ones among them", () => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["minimatch", "pprof-format", "uplot", "vscode-languageclient"]));
    expect(names).not.toContain("esbuild");
  });

  it("have licences that we may ship", () => {
    expect(packages.filter(({ license }) => !allowed.has(license))).toEqual([]);
  });

  it("have their licences, with the copyright, in what is shipped", () => {
    const notices = readFileSync(noticesPath, "utf8");
    for (const { name, version, text } of packages) {
      expect(notices).toContain(`${name} ${version} (`);
      expect(text).toMatch(/licen[cs]e|permission/i);
      expect(notices).toContain(text);
    }
  });

  it("go to npm with the command line", () => {
    const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const shell = process.platform === "win32";
    const [packed] = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", shell })) as [Packed];
    const paths = packed.files.map(({ path }) => path);

    expect(paths).toContain("dist/THIRD_PARTY_NOTICES.txt");
    expect(paths).toContain("dist/node/cli.js");
    expect(paths.filter((path) => path.endsWith(".map"))).toEqual([]);
  });
});

interface Packed {
  readonly files: readonly { readonly path: string }[];
}
