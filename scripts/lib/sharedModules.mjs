// The extension's server for the browser also holds what its server for Node needs of the same modules: Node loads them
// from there, so that the extension does not hold every line of the server twice. The command line is whole by itself.
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { build } from "esbuild";
import { root } from "./paths.mjs";

/** Under this name the browser's bundle leaves the shared modules to Node; in a worker nobody asks for them. */
export const SHARED = "sharedModules";

/**
 * Modules of both bundles, as paths below the project. The entry points are left out: they are what differs.
 * @param {Readonly<Record<string, import("esbuild").BuildOptions>>} bundles by entry point
 */
export async function findSharedModules(bundles) {
  const [first = [], ...rest] = await Promise.all(
    Object.entries(bundles).map(async ([entry, options]) => {
      const result = await build({
        ...options,
        entryPoints: [entry],
        outfile: "unused.js",
        write: false,
        metafile: true,
      });
      return Object.keys(result.metafile.inputs).filter((path) => path !== entry);
    }),
  );
  return first.filter((path) => rest.every((paths) => paths.includes(path)));
}

/**
 * The browser's entry point with the shared modules as an export.
 * @param {string} entry
 * @param {readonly string[]} shared
 * @returns {import("esbuild").BuildOptions}
 */
export function withShared(entry, shared) {
  const modules = shared.map((path, index) => {
    const isScript = /\brequire\(|\bexports\b/.test(readFileSync(path, "utf8")) && !path.endsWith(".ts");
    const from = JSON.stringify(`./${path}`);
    return isScript
      ? { import: "", entry: `${JSON.stringify(path)}: require(${from})` }
      : { import: `import * as m${index} from ${from};`, entry: `${JSON.stringify(path)}: m${index}` };
  });
  const contents = [
    `import ${JSON.stringify(`./${entry}`)};`,
    ...modules.map((module) => module.import),
    `export const modules = { ${modules.map((module) => module.entry).join(",\n")} };`,
  ].join("\n");
  return {
    stdin: { contents, resolveDir: root, sourcefile: "shared.js" },
    globalName: SHARED,
    footer: { js: `if (typeof module === "object") module.exports = ${SHARED}.modules;` },
  };
}

/**
 * Lets a bundle for Node take the shared modules from the browser's bundle, found at `bundle`.
 * @param {string} bundle
 * @param {readonly string[]} shared
 * @returns {import("esbuild").Plugin}
 */
export function takeFrom(bundle, shared) {
  const paths = new Set(shared.map((path) => resolve(root, path)));
  return {
    name: "shared-modules",
    setup(builder) {
      builder.onResolve({ filter: /^[./]|^vscode-|^fflate$|^pprof-format$/ }, async (args) => {
        if (args.pluginData === SHARED || args.kind === "entry-point") return undefined;
        const { importer, resolveDir, kind } = args;
        const found = await builder.resolve(args.path, { importer, resolveDir, kind, pluginData: SHARED });
        return paths.has(found.path) ? { path: relative(root, found.path), namespace: SHARED } : undefined;
      });
      builder.onLoad({ filter: /./, namespace: SHARED }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(bundle)})[${JSON.stringify(path)}];`,
        loader: "js",
        resolveDir: root,
      }));
      builder.onResolve({ filter: new RegExp(`^${bundle}$`) }, () => ({ path: bundle, external: true }));
    },
  };
}
