// The parts of README.md that are made from other files: the settings from the manifest, the rules from their pages.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

/** README.md's text with its generated parts as they have to be. */
export function currentReadme() {
  const text = readFileSync(join(root, "README.md"), "utf8");
  return replacePart(replacePart(text, "settings", settingsTable()), "rules", rulesTable());
}

/** @param {string} text @param {string} name @param {string} content */
function replacePart(text, name, content) {
  const pattern = new RegExp(`(<!-- ${name}: [^>]* -->\n)[^]*?(<!-- end of ${name} -->)`);
  if (!pattern.test(text)) throw new Error(`README.md has no part "${name}"`);
  return text.replace(pattern, (_, start, end) => `${start}${content}\n${end}`);
}

function settingsTable() {
  /** @type {Record<string, { default: unknown, markdownDescription?: string, description?: string }>} */
  const properties = readJson("package.json").contributes.configuration.properties;
  const strings = readJson("package.nls.json");
  const described = (text = "") => strings[text.replace(/^%|%$/g, "")] ?? text;
  const rows = Object.entries(properties).map(([name, setting]) => {
    const text = described(setting.markdownDescription ?? setting.description);
    return `| \`${name}\` | \`${JSON.stringify(setting.default)}\` | ${cell(text)} |`;
  });
  return ["| setting | default | |", "|---|---|---|", ...rows].join("\n");
}

/** A page begins with its title, the line "`id` · certainty" and a paragraph, of which the first sentence is taken. */
function rulesTable() {
  const folder = join(root, "docs/rules");
  const rows = readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => {
      const [title = "", , head = "", , ...rest] = readFileSync(join(folder, file), "utf8").split("\n");
      const paragraph = rest.slice(0, rest.indexOf("")).join(" ");
      const certainty = head.slice(head.indexOf("·") + 1).trim();
      const [sentence] = paragraph.split(/(?<=\.) /);
      return `| [${title.replace(/^# /, "")}](docs/rules/${file}) | ${certainty} | ${cell(sentence)} |`;
    });
  return ["| finding | how sure | |", "|---|---|---|", ...rows].join("\n");
}

/** @param {string | undefined} text */
function cell(text = "") {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}
