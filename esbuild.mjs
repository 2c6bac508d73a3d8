// Builds the bundles: client and server, each for Node and for the browser. The server for Node is the command line too.
import { build } from "esbuild";
import { findSharedModules, takeFrom, withRegistry } from "./scripts/lib/sharedModules.mjs";
import { rmSync } from "node:fs";

const production = process.argv.includes("--production");

/** Options shared by all bundles. */
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  target: "es2022",
  legalComments: "none",
  // The server library nests another patch release of it: one copy is enough.
  alias: { "vscode-languageserver-types": "./node_modules/vscode-languageserver-types" },
  logLevel: "warning",
};

/** Node's client loads what both clients share from the browser's bundle instead of holding a second copy of it. */
const sharedClient = {
  name: "shared-client",
  setup(builder) {
    builder.onResolve({ filter: /\/common\.ts$/ }, () => ({ path: "./browser.js", external: true }));
  },
};

const serverForNode = "server/src/node/cli.ts";
const serverForBrowser = "server/src/browser/main.ts";
const shared = await findSharedModules({
  [serverForNode]: { ...common, platform: "node" },
  [serverForBrowser]: { ...common, platform: "browser" },
});

/** [entry, outfile, options]: CommonJS for extension hosts and Node, a classic script for the web worker. */
const bundles = [
  [
    "client/src/node/main.ts",
    "dist/client/node.js",
    { platform: "node", format: "cjs", external: ["vscode"], plugins: [sharedClient] },
  ],
  [
    "client/src/browser/main.ts",
    "dist/client/browser.js",
    { platform: "browser", format: "cjs", external: ["vscode"] },
  ],
  [
    serverForNode,
    "dist/node/cli.js",
    {
      platform: "node",
      format: "cjs",
      banner: { js: "#!/usr/bin/env node" },
      plugins: [takeFrom("../browser/server.js", shared)],
    },
  ],
  ["server/src/node/aheadThread.ts", "dist/node/ahead.js", { platform: "node", format: "cjs" }],
  [
    undefined,
    "dist/browser/server.js",
    { platform: "browser", format: "iife", ...withRegistry(serverForBrowser, shared) },
  ],
  [
    "client/src/webview/chart.ts",
    "dist/webview/chart.js",
    { platform: "browser", format: "iife", loader: { ".css": "text" } },
  ],
];

// What an earlier build left must not be packaged.
rmSync("dist", { recursive: true, force: true });
await Promise.all(
  bundles.map(([entry, outfile, options]) =>
    build({ ...common, ...options, outfile, ...(entry === undefined ? {} : { entryPoints: [entry] }) }),
  ),
);
