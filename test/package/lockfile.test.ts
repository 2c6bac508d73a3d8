import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";

const text = readFileSync(join(root, "package-lock.json"), "utf8");

describe("package-lock.json", () => {
  it("records no registry: everyone installs from their own", () => {
    expect(text).not.toContain('"resolved"');
  });

  it("pins every package by its content", () => {
    const { packages } = JSON.parse(text) as {
      readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
    };

    const unpinned = Object.entries(packages).filter(([path, { integrity }]) => path !== "" && integrity === undefined);

    expect(unpinned).toEqual([]);
  });
});
