// The bundles of the command line: one that every run loads, which analyses a plain dump, and pieces that are loaded when
// they are asked for. They take from the first what it has. Not as ES modules, which esbuild would split by itself: V8
// runs the same code 6 % slower there (Node 20, reading and analysing 420 MB).
import { basename, relative, resolve } from "node:path";
import { root } from "./paths.mjs";
import { findSharedModules, takeFrom, withShared } from "./sharedModules.mjs";

const entry = "server/src/node/cli.ts";

/** What the source imports with `import()`, each a piece by the name of its file. */
const pieces = [
  "server/src/node/aheadThreads.ts",
  "server/src/node/decoders.ts",
  "server/src/node/readIgnoreFile.ts",
  "server/src/node/sarif.ts",
  "server/src/node/cliSources.ts",
  ...["capture", "convert", "fleet", "help", "mcp", "redact", "report"].map(
    (name) => `server/src/node/commands/${name}.ts`,
  ),
];

/** What a module says of its own place, as CommonJS says it. */
export const commonJsPaths = {
  "import.meta.dirname": "__dirname",
  "import.meta.filename": "__filename",
};

/**
 * The code of a command says so in its name: `mcp.js` is the bundle of the protocol.
 * @param {string} source
 */
function bundleOf(source) {
  const name = basename(source, ".ts");
  return `dist/node/${source.includes("/commands/") ? `${name}Command` : name}.js`;
}

/** The files of the command line, which the editor does not load. */
export const commandLineFiles = [entry, ...pieces].map(bundleOf);

/** Leaves a piece to its own bundle. */
const leavePieces = {
  name: "pieces",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onResolve({ filter: /\.ts$/ }, ({ path, kind, resolveDir }) => {
      const source = relative(root, resolve(resolveDir, path)).replaceAll("\\", "/");
      if (kind !== "dynamic-import" || !pieces.includes(source)) return undefined;
      return { path: `./${basename(bundleOf(source))}`, external: true };
    });
  },
};

/**
 * What esbuild is given for each bundle.
 * @param {import("esbuild").BuildOptions} common
 * @returns {Promise<(import("esbuild").BuildOptions & { outfile: string })[]>}
 */
export async function commandLine(common) {
  const options = {
    ...common,
    platform: /** @type {const} */ ("node"),
    define: commonJsPaths,
    // Written as `require`, which loads no loader of modules.
    supported: { "dynamic-import": false },
    plugins: [leavePieces],
  };
  const shared = await Promise.all(pieces.map((piece) => findSharedModules({ [entry]: options, [piece]: options })));
  const main = {
    ...options,
    ...withShared(entry, [...new Set(shared.flat())]),
    outfile: bundleOf(entry),
    format: /** @type {const} */ ("iife"),
    banner: { js: "#!/usr/bin/env node" },
  };
  const others = pieces.map((piece, index) => ({
    ...options,
    entryPoints: [piece],
    outfile: bundleOf(piece),
    format: /** @type {const} */ ("cjs"),
    plugins: [leavePieces, takeFrom("./cli.js", shared[index] ?? [])],
  }));
  return [main, ...others];
}
