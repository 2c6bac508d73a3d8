import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { releaseComplaints } from "../../scripts/lib/release.mjs";

const manifest = '{ "version": "0.2.0" }';
const lockfile = '{ "packages": { "": { "version": "0.2.0" } } }';
const changelog = "# Changelog\n\n## 0.2.0 - 2026-12-01\n\n## 0.1.0 - 2026-11-29\n";

describe("a release", () => {
  it("is made when tag, manifest, lockfile and changelog agree", () => {
    expect(releaseComplaints("v0.2.0", { manifest, lockfile, changelog })).toEqual([]);
  });

  it("is refused when one of them says something else", () => {
    const unreleased = changelog.replace("0.2.0 - 2026-12-01", "Unreleased");
    expect(releaseComplaints("v0.2.0", { manifest, lockfile, changelog: unreleased })).toEqual([
      "The first heading of CHANGELOG.md says Unreleased, not 0.2.0.",
    ]);
    expect(releaseComplaints("v0.3.0", { manifest, lockfile, changelog })).toHaveLength(3);
    expect(releaseComplaints("0.2.0", { manifest, lockfile, changelog })).toHaveLength(1);
  });
});

describe("the workflows", () => {
  const folder = join(root, ".github", "workflows");
  const workflows = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

  it.each(workflows)("%s names actions by commit, and gives no job more than it asks for", (_, text) => {
    const actions = [...text.matchAll(/uses: (\S+)(.*)/g)].map(([, action = "", rest = ""]) => action + rest);
    expect(actions).not.toEqual([]);
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/.test(action))).toEqual([]);
    expect(text).toMatch(/^permissions: \{\}$/m);
  });
});
