// Minifies one bundle: `minifyFile.mjs FROM TO`.
import { readFile, writeFile } from "node:fs/promises";
import { minify } from "terser";

const [from = "", to = ""] = process.argv.slice(2);
// A bundle is a script, but nobody else sees what it declares.
const { code = "" } = await minify(await readFile(from, "utf8"), { ecma: 2020, toplevel: true });
await writeFile(to, code);
