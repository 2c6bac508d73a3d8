import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SERIES_RULES } from "../../../server/src/core/compare/seriesRules.ts";
import { RULES } from "../../../server/src/core/findings/registry.ts";

const ALL = [...RULES, ...SERIES_RULES];
const PAGES = new URL("../../../docs/rules/", import.meta.url);

test.each(ALL.map(({ id, title }) => [id, title]))("the rule %s has a page under its title", (id, title) => {
  const page = new URL(`${id}.md`, PAGES);
  expect(existsSync(page)).toBe(true);
  const text = readFileSync(page, "utf8");
  expect(text.startsWith(`# ${title}\n`)).toBe(true);
  for (const heading of ["## Example", "## Why", "## What to do", "## Switching it off"])
    expect(text).toContain(heading);
  expect(text).toContain(`"goroutineDump.rules": { "${id}": "off" }`);
});

test.each([".", "zh-cn"])("every page belongs to a rule, in each language: %s", (folder) => {
  const names = readdirSync(new URL(folder, PAGES)).filter((name) => name.endsWith(".md"));
  expect(names.sort()).toEqual(ALL.map(({ id }) => `${id}.md`).sort());
});

test.each(ALL.map(({ id }) => id))(
  "the page of %s in another language has the same example and the same parts",
  (id) => {
    const [english, other] = [`${id}.md`, `zh-cn/${id}.md`].map((page) => readFileSync(new URL(page, PAGES), "utf8"));
    const example = /^```text\n.*?^```$/ms.exec(english ?? "")?.[0] ?? "none";
    expect(other).toContain(example);
    expect(other?.match(/^## /gm)).toHaveLength(english?.match(/^## /gm)?.length ?? 0);
    expect(other).toContain(`"goroutineDump.rules": { "${id}": "off" }`);
  },
);

test("ids are unique", () => {
  expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
});
