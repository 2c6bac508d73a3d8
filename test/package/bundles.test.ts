import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";

/** The modules that a bundle leaves to its host to find. */
function requiredModules(bundle: string): string[] {
  const text = readFileSync(join(root, "dist", bundle), "utf8");
  return [...new Set([...text.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name ?? ""))].sort();
}

describe("the bundles leave to their host", () => {
  it("the client in the browser: only the editor's API", () => {
    expect(requiredModules("client/browser.js")).toEqual(["vscode"]);
  });

  it("the client in Node: what it shares with the other, and Node's modules", () => {
    expect(requiredModules("client/node.js").filter((name) => !isNodeModule(name))).toEqual(["./browser.js"]);
  });

  it("the server in the browser: nothing", () => {
    expect(requiredModules("browser/server.js")).toEqual([]);
  });

  it("the server in Node: Node's modules, and what the browser's bundle holds as well", () => {
    expect(requiredModules("node/cli.js").filter((name) => !isNodeModule(name))).toEqual(["../browser/server.js"]);
  });

  it("the thread that reads ahead: Node's modules", () => {
    expect(requiredModules("node/ahead.js").filter((name) => !isNodeModule(name))).toEqual([]);
  });
});

function isNodeModule(name: string): boolean {
  return builtinModules.includes(name.replace(/^node:/, ""));
}
