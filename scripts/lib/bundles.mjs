import { join } from "node:path";
import { root } from "./paths.mjs";
import { commandLine, commonJsPaths } from "./commandLine.mjs";
import { findSharedModules, takeFrom, withShared } from "./sharedModules.mjs";

const serverForNode = "server/src/node/server.ts";
const serverForBrowser = "server/src/browser/main.ts";
const browserClient = "./browser.js";

/**
 * Node's client loads what both clients share from the browser's bundle instead of holding a second copy of it: our own
 * code, and what the library of JSON-RPC has for any environment.
 */
const sharedClient = {
  name: "shared-client",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    builder.onResolve({ filter: /\/common\.ts$/ }, () => ({ path: browserClient, external: true }));
    builder.onResolve({ filter: /^\.\.\/common\/api$/ }, ({ importer }) =>
      /[\\/]vscode-jsonrpc[\\/]lib[\\/]node[\\/]/.test(importer)
        ? { path: "jsonrpc", namespace: "shared-client" }
        : undefined,
    );
    builder.onLoad({ filter: /^jsonrpc$/, namespace: "shared-client" }, () => ({
      contents: `module.exports = require(${JSON.stringify(browserClient)}).jsonrpc;`,
      resolveDir: root,
    }));
    builder.onResolve({ filter: /^\.\/browser\.js$/ }, () => ({ path: browserClient, external: true }));
  },
};

/** The protocol's library brings a validator of JSON Schema that nothing here asks. */
const withoutValidator = {
  name: "without-validator",
  setup(/** @type {import("esbuild").PluginBuild} */ builder) {
    const path = join(root, "server/src/node/mcp/shims.ts");
    builder.onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, () => ({ path }));
  },
};

/**
 * The bundles: client and server, each for Node and for the browser, and the script of the pages with the chart and the report. CommonJS for extension
 * hosts and Node, a classic script for a web worker and a page, an ES module for other programs. Those of the command
 * line: `commandLine.mjs`.
 *
 * @type {readonly (import("esbuild").BuildOptions & { entryPoints: string[] })[]}
 */
const targets = [
  {
    entryPoints: ["client/src/node/main.ts"],
    outfile: "dist/client/node.js",
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    plugins: [sharedClient],
  },
  {
    entryPoints: ["client/src/browser/main.ts"],
    outfile: "dist/client/browser.js",
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
  },
  {
    entryPoints: ["server/src/node/aheadThread.ts"],
    outfile: "dist/node/ahead.js",
    platform: "node",
    format: "cjs",
    define: commonJsPaths,
  },
  {
    entryPoints: [serverForNode],
    outfile: "dist/node/server.js",
    platform: "node",
    format: "cjs",
    define: commonJsPaths,
  },
  // What only a server for assistants loads.
  {
    entryPoints: ["server/src/node/mcp/main.ts"],
    outfile: "dist/node/mcp.js",
    platform: "node",
    format: "cjs",
    plugins: [withoutValidator],
  },
  // What other programs import, in Node and elsewhere: the one bundle that is an ES module.
  { entryPoints: ["server/src/library/core.ts"], outfile: "dist/core/core.js", platform: "browser", format: "esm" },
  { entryPoints: [serverForBrowser], outfile: "dist/browser/server.js", platform: "browser", format: "iife" },
  {
    entryPoints: ["client/src/webview/page.ts"],
    outfile: "dist/webview/page.js",
    platform: "browser",
    format: "iife",
    loader: { ".css": "text" },
  },
];

/**
 * What esbuild is given for each bundle. Those for development are whole, and have source maps; in a release the
 * extension's server for Node takes what it shares with the browser's from there.
 * @param {{ production: boolean }} options minified and without source maps, as they are released
 * @returns {Promise<import("esbuild").BuildOptions[]>}
 */
export async function bundles({ production }) {
  const common = commonOptions(production);
  const ofCommandLine = await commandLine(common);
  if (!production) return [...targets.map((target) => ({ ...target, ...common })), ...ofCommandLine];
  const shared = await findSharedModules({
    [serverForNode]: { ...common, platform: "node", define: commonJsPaths },
    [serverForBrowser]: { ...common, platform: "browser" },
  });
  const others = targets.map((target) => {
    const entry = /** @type {string} */ (target.entryPoints?.[0]);
    if (entry === serverForNode) return { ...target, ...common, plugins: [takeFrom("../browser/server.js", shared)] };
    if (entry !== serverForBrowser) return { ...target, ...common };
    const { entryPoints: _, ...rest } = target;
    return { ...rest, ...common, ...withShared(entry, shared) };
  });
  return [...others, ...ofCommandLine];
}

/**
 * @param {boolean} production
 * @returns {import("esbuild").BuildOptions}
 */
function commonOptions(production) {
  return {
    bundle: true,
    minify: production,
    sourcemap: production ? false : "linked",
    target: "es2022",
    // The notices stand in a file of their own.
    legalComments: "none",
    // The server library nests another patch release of it: one copy is enough.
    alias: { "vscode-languageserver-types": "./node_modules/vscode-languageserver-types" },
    logLevel: "warning",
  };
}
