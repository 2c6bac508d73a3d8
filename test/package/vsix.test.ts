import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { vsixPath } from "../../scripts/lib/vsix.mjs";

const vsix = await vsixPath();
const files = unzipSync(readFileSync(vsix));
const names = Object.keys(files).filter((name) => !name.endsWith("/"));

describe("the packaged extension", () => {
  it("holds what an editor needs, and nothing else", () => {
    const expected =
      /^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(package(\.nls)?\.json|language-configuration\.json|readme\.md|changelog\.md|LICENSE\.txt|images\/(walkthrough\/)?[\w-]+\.(svg|png|md)|samples\/[\w-]+\.goroutines|docs\/rules\/(zh-cn\/)?[\w-]+\.md|syntaxes\/[\w-]+\.tmLanguage\.json|dist\/(client\/(node|browser)|webview\/chart|node\/\w+|browser\/\w+)\.js))$/;

    expect(names.filter((name) => !expected.test(name))).toEqual([]);
  });

  it("holds every file that its manifest names", () => {
    const manifest = strFromU8(files["extension/package.json"] ?? new Uint8Array());

    const named = [...manifest.matchAll(/"\.?\/?((?:dist|images|syntaxes)\/[^"*]+)"/g)].map(([, path]) => path ?? "");

    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((path) => !names.includes(`extension/${path}`))).toEqual([]);
  });

  it("holds release bundles, which name no file of the machine that built them", () => {
    for (const name of names.filter((each) => each.endsWith(".js"))) {
      const text = strFromU8(files[name] ?? new Uint8Array());
      expect(text).not.toContain("sourceMappingURL");
      expect(text.includes(root)).toBe(false);
    }
  });
});
