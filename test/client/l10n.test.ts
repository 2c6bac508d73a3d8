import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { bundleOf, languages, translatableTexts } from "../../scripts/lib/translatable.mjs";

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const read = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, string>;

const pageOf = (name: string): string => readFileSync(join(root, "images/walkthrough", name), "utf8");

describe("the texts that people read", () => {
  const texts = translatableTexts();

  it("are found on both sides, and all can be said in another language", () => {
    expect(texts.filter(({ file }) => file.startsWith("client/")).length).toBeGreaterThan(100);
    expect(texts.filter(({ file }) => file.startsWith("server/")).length).toBeGreaterThan(300);
    expect(texts.filter(({ problem }) => problem !== null)).toEqual([]);
  });

  it.each(languages())("are in the bundle of %s, they alone, with the same things put in", (language) => {
    const bundle = bundleOf(language);
    const missing = texts.filter(({ text }) => bundle[text] === undefined);

    expect(missing.map(({ text, file, line }) => `${file}:${line}: ${text}`)).toEqual([]);
    const said = new Set(texts.map(({ text }) => text));
    expect(Object.keys(bundle).filter((text) => !said.has(text))).toEqual([]);
    for (const [text, translation] of Object.entries(bundle)) {
      expect({ text, puts: placeholders(translation) }).toEqual({ text, puts: placeholders(text) });
    }
  });

  it.each(languages())("of the walkthrough have a page in %s, as the editor looks for it", (language) => {
    const pages = readdirSync(join(root, "images/walkthrough")).filter((name) => /^\w+\.md$/.test(name));

    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) {
      const own = pageOf(page.replace(/md$/, `nls.${language}.md`));
      // Commands, filters and places are the same in each.
      expect({ page, code: own.match(/(?<!`)`[^`\n]+`(?!`)/g) }).toEqual({
        page,
        code: pageOf(page).match(/(?<!`)`[^`\n]+`(?!`)/g),
      });
    }
  });

  it.each(languages())("of the manifest are translated to %s", (language) => {
    const [english, translated] = [read("package.nls.json"), read(`package.nls.${language}.json`)];

    expect(Object.keys(translated).sort()).toEqual(Object.keys(english).sort());
  });
});
