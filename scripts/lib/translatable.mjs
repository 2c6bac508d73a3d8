// The texts that the program says to people, found in its source: they are the keys of the translations in l10n/.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { root } from "./paths.mjs";

/** Files that say something: the client by `l10n.t("...")`, the server by the template tag `say`. */
const folders = ["client/src", "server/src"];

/**
 * A text and where it stands. `problem`: why it cannot be translated there, a phrase; null when it can.
 * @typedef {{ text: string, file: string, line: number, problem: string | null }} Translatable
 */

/** @returns {Translatable[]} all texts with letters in them, in the order of the files */
export function translatableTexts() {
  return folders
    .flatMap((folder) => [...sourceFiles(folder)].flatMap(textsOf))
    .filter(({ text }) => /\p{L}{2}/u.test(text.replace(/\{\d+\}/g, "")));
}

/** @param {string} folder @returns {Generator<string>} */
function* sourceFiles(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (path.endsWith(".ts")) yield path;
  }
}

/** @param {string} file @returns {Translatable[]} */
function textsOf(file) {
  const source = readFileSync(join(root, file), "utf8");
  /** @type {Translatable[]} */
  const found = [];
  /** @param {any} node @param {string} text @param {string | null} problem */
  const add = (node, text, problem = null) =>
    found.push({ text, file, line: source.slice(0, node.start).split("\n").length, problem });
  /** @param {any} node a template with the tag `say` */
  const addSaid = (node) => {
    add(node, templateOf(node.quasi));
    for (const literal of node.quasi.expressions.flatMap(literalsOf)) {
      add(literal, literal.value, "stands as a value within another text");
    }
  };
  /** @param {any} node a call of `l10n.t` */
  const addTranslated = (node) => {
    const [text] = node.arguments;
    if (text?.type === "Literal" && typeof text.value === "string") add(node, text.value);
    else add(node, source.slice(node.start, node.end), "is put together when it is said");
  };
  /** @param {any} node */
  const visit = (node) => {
    if (node === null || typeof node !== "object") return;
    if (isSaid(node)) addSaid(node);
    if (isTranslation(node)) addTranslated(node);
    for (const [key, child] of Object.entries(node)) if (key !== "type") visit(child);
  };
  visit(parseSync(file, source).program);
  return found;
}

/** A text of the server. @param {any} node */
function isSaid({ type, tag }) {
  return type === "TaggedTemplateExpression" && tag.name === "say";
}

/** `l10n.t(...)`, whatever gives the translations: the editor's module, or a parameter. @param {any} node */
function isTranslation(node) {
  const { type, callee } = node;
  return (
    type === "CallExpression" &&
    callee.type === "MemberExpression" &&
    callee.object.name === "l10n" &&
    callee.property.name === "t"
  );
}

/** `{0} goroutines wait for {1}`. @param {any} template */
function templateOf({ quasis }) {
  return quasis
    .map((/** @type {any} */ { value }, /** @type {number} */ index) =>
      index === 0 ? value.cooked : `{${index - 1}}${value.cooked}`,
    )
    .join("");
}

/** Words that a value of a template is chosen from: they would stay English. @param {any} value @returns {any[]} */
function literalsOf(value) {
  if (value.type === "ConditionalExpression") return [...literalsOf(value.consequent), ...literalsOf(value.alternate)];
  if (value.type === "LogicalExpression") return [...literalsOf(value.left), ...literalsOf(value.right)];
  return value.type === "Literal" && typeof value.value === "string" && /\p{L}{2}/u.test(value.value) ? [value] : [];
}

/** Languages of l10n/, e.g. `zh-cn`. @returns {string[]} */
export function languages() {
  return readdirSync(join(root, "l10n")).flatMap((file) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(file)?.[1] ?? []);
}

/** @param {string} language @returns {Record<string, string>} */
export function bundleOf(language) {
  return JSON.parse(readFileSync(join(root, "l10n", `bundle.l10n.${language}.json`), "utf8"));
}

/** The manifest's texts by their keys. @param {string} language @returns {Record<string, string>} */
export function manifestTexts(language) {
  const file = language === "en" ? "package.nls.json" : `package.nls.${language}.json`;
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}
