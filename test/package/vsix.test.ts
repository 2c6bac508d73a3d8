import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { vsixPath } from "../../scripts/lib/vsix.mjs";

const vsix = await vsixPath();
const files = unzipSync(readFileSync(vsix));
const names = Object.keys(files).filter((name) => !name.endsWith("/"));

describe("the packaged extension", () => {
  it("holds what an editor needs, and nothing else", () => {
    const expected =
      /^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(package(\.nls(\.zh-cn)?)?\.json|l10n\/bundle\.l10n\.zh-cn\.json|language-configuration\.json|readme\.md|changelog\.md|LICENSE\.txt|images\/(walkthrough\/)?[\w-]+(\.nls)?(\.zh-cn)?\.(svg|png|md)|samples\/[\w-]+\.goroutines|docs\/rules\/(zh-cn\/)?[\w-]+\.md|syntaxes\/[\w-]+\.tmLanguage\.json|dist\/THIRD_PARTY_NOTICES\.txt|dist\/(client\/(node|browser)|webview\/page|node\/\w+|browser\/\w+)\.js))$/;

    expect(names.filter((name) => !expected.test(name))).toEqual([]);
  });

  it("holds every file that its manifest names", () => {
    const manifest = strFromU8(files["extension/package.json"] ?? new Uint8Array());
    // The command line and the library come with the npm package alone.
    const { bin: _, exports: __, ...rest } = JSON.parse(manifest) as Record<string, unknown>;

    const named = [...JSON.stringify(rest).matchAll(/"\.?\/?((?:dist|images|syntaxes)\/[^"*]+)"/g)].map(
      ([, path]) => path ?? "",
    );

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

  it("is the same to the byte when it is made again, in another time zone, by someone with other permissions", async () => {
    const before = hashOf(vsix);
    const repackage = `process.umask(0o077); await import("./scripts/package.mjs");`;
    const env = { ...process.env, TZ: "Asia/Tokyo", LC_ALL: "C.UTF-8" };

    await run(process.execPath, ["--input-type=module", "-e", repackage], { cwd: root, env, quiet: true });

    expect(hashOf(vsix)).toBe(before);
  });
});

function hashOf(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
