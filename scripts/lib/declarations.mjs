// The types of what the npm package offers to other programs, beside its bundle. The compiler writes one file for each of
// ours; those are copied that the entry leads to.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { root } from "./paths.mjs";
import { run } from "./run.mjs";

const compiled = join(root, "out/server");
const entry = join(compiled, "library/core.d.ts");

/** The folder of the library; `exports` in package.json leads there. */
const library = join(root, "dist/core");

/** Writes the types, and says that the folder holds ES modules: those of the package else are CommonJS. */
export async function writeDeclarations() {
  const shell = process.platform === "win32";
  await run(join(root, "node_modules/.bin/tsc"), ["-b", "server/src/library"], { cwd: root, shell });
  await mkdir(library, { recursive: true });
  await writeFile(join(library, "package.json"), `${JSON.stringify({ type: "module" })}\n`);
  await copyWithImports(entry, new Set());
}

/** @param {string} file @param {Set<string>} copied */
async function copyWithImports(file, copied) {
  if (copied.has(file)) return;
  copied.add(file);
  const text = await readFile(file, "utf8");
  const target = join(library, "types", relative(compiled, file));
  await mkdir(dirname(target), { recursive: true });
  // Our own imports name the sources; all compilers understand those of what is run.
  await writeFile(target, text.replaceAll(/(from "\.[^"]*)\.ts"/g, '$1.js"'));
  for (const [, path = ""] of text.matchAll(/from "(\.[^"]*)\.ts"/g)) {
    await copyWithImports(join(dirname(file), `${path}.d.ts`), copied);
  }
}
