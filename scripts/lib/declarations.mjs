// The types of what the npm package offers to other programs, beside its bundle. The compiler writes one file for each of
// ours; those are copied that the entry leads to.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * Folders of dist/ for other programs, and the types that their entry leads to: the library, and what the extension gives
 * to other extensions. `exports` in package.json leads there.
 */
const libraries = [
  { folder: join(root, "dist/core"), project: "server/src/library", out: "out/server", entry: "library/core.d.ts" },
  { folder: join(root, "dist/extension"), project: "client/src", out: "out/client/src", entry: "api.d.ts" },
];

/** Writes the types, and says that the library is an ES module: what the package else holds is CommonJS. */
export async function writeDeclarations() {
  const shell = process.platform === "win32";
  const projects = libraries.map(({ project }) => project);
  await run(join(root, "node_modules/.bin/tsc"), ["-b", ...projects], { cwd: root, shell });
  for (const { folder, out, entry } of libraries) {
    await copyWithImports(join(root, out), entry, join(folder, "types"), new Set());
  }
  await writeFile(join(root, "dist/core/package.json"), `${JSON.stringify({ type: "module" })}\n`);
}

/** @param {string} from @param {string} file @param {string} to @param {Set<string>} copied */
async function copyWithImports(from, file, to, copied) {
  if (copied.has(file)) return;
  copied.add(file);
  const text = await readFile(join(from, file), "utf8");
  const target = join(to, file);
  await mkdir(dirname(target), { recursive: true });
  // Our own imports name the sources; all compilers understand those of what is run.
  await writeFile(target, text.replaceAll(/(from "\.[^"]*)\.ts"/g, '$1.js"'));
  for (const [, path = ""] of text.matchAll(/from "(\.[^"]*)\.ts"/g)) {
    await copyWithImports(from, join(dirname(file), `${path}.d.ts`), to, copied);
  }
}
