import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";

interface LockedPackage {
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(root, "package-lock.json"), "utf8");
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, LockedPackage>> };

describe("package-lock.json", () => {
  it("records no registry: everyone installs from their own", () => {
    expect(text).not.toContain('"resolved"');
  });

  it("pins every package by its content", () => {
    const unpinned = Object.entries(packages).filter(([path, { integrity }]) => path !== "" && integrity === undefined);

    expect(unpinned).toEqual([]);
  });

  it("names the packages for other platforms too, without which npm ci refuses it", () => {
    const optional = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );

    expect(
      optional.filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`))),
    ).toEqual([]);
  });
});
