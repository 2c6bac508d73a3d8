import { expect, it } from "vitest";
import { readSyntax } from "../support/grammar.ts";

/**
 * Selectors for which each of VS Code's own themes has a colour: Dark Modern, Light Modern, Dark and Light 2026,
 * and both high contrast ones. A theme made for programming languages colours them too.
 */
const colouredEverywhere = [
  "comment",
  "constant.character",
  "constant.numeric",
  "entity.name.function",
  "entity.name.namespace",
  "entity.name.type",
  "entity.other.attribute-name",
  "invalid",
  "keyword",
  "markup.heading",
  "storage.modifier",
  "string",
  "variable",
];

it("names a scope that every default theme colours, wherever it names one", () => {
  const scopes = readSyntax("goroutine-dump.tmLanguage.json").matchAll(/"name": "([\w.-]+)\.goroutine-dump"/g);
  const uncoloured = [...scopes]
    .map(([, scope = ""]) => scope)
    .filter((scope) => !/^(?:meta|punctuation)\./.test(scope))
    .filter((scope) => !colouredEverywhere.some((selector) => `${scope}.`.startsWith(`${selector}.`)));
  expect(uncoloured).toEqual([]);
});
