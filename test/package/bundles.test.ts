import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { bundles } from "../../scripts/lib/bundles.mjs";
import { commandLineFiles } from "../../scripts/lib/commandLine.mjs";
import { root } from "../../scripts/lib/paths.mjs";
import type { Report } from "../../server/src/output/report.ts";

/** The modules that a bundle leaves to its host to find. */
function requiredModules(bundle: string): string[] {
  const text = readFileSync(join(root, "dist", bundle), "utf8");
  return [...new Set([...text.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name ?? ""))].sort();
}

const release = await bundles({ production: true });

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

  it("the extension's server in Node: what it shares with the other in a release, and Node's modules", () => {
    const own = requiredModules("node/server.js").filter((name) => !isNodeModule(name));
    expect(own.filter((name) => name !== "../browser/server.js")).toEqual([]);
  });

  it.each(commandLineFiles)("%s of the command line: its other bundles, and Node's modules", async (path) => {
    const options = release.find(({ outfile }) => outfile === path);
    const { metafile } = await build({ ...options, absWorkingDir: root, write: false, metafile: true });
    const foreign = metafile.outputs[path]!.imports.map((each) => each.path).filter((name) => !isNodeModule(name));
    expect(foreign.filter((name) => !commandLineFiles.includes(name.replace("./", "dist/node/")))).toEqual([]);
  });

  it("the thread that reads ahead: Node's modules", () => {
    expect(requiredModules("node/ahead.js").filter((name) => !isNodeModule(name))).toEqual([]);
  });
});

describe("the library for other programs", () => {
  it("reads text, gzip and profiles where there is nothing but the language and what decodes UTF-8", async () => {
    const options = (await bundles({ production: true })).find(({ outfile }) => outfile === "dist/core/core.js");
    const script = { format: "iife", globalName: "library", write: false } as const;
    const { outputFiles } = await build({ ...options, ...script, absWorkingDir: root });
    const context = createContext({ TextDecoder, TextEncoder });
    runInContext(outputFiles[0]?.text ?? "", context);
    const analyze = (path: string): Promise<Report> => {
      context["content"] = new Uint8Array(readFileSync(join(root, "test/fixtures/corpus/leak", path)));
      return runInContext(
        'library.analyze([{ name: "x", content: Uint8Array.from(content) }])',
        context,
      ) as Promise<Report>;
    };

    for (const [path, count] of [
      ["growth-go1.24-t0.debug1.txt", 1500],
      ["growth-go1.24-t1.pb.gz", 2400],
      ["growth-go1.24-t2.debug2.txt.gz", 5000],
    ] as const) {
      expect((await analyze(path)).dumps[0]?.groups[0]?.count).toBe(count);
    }
  });
});

describe("the command line", () => {
  it("loads for the analysis of a plain dump neither decoders, protocols nor what reads Go", async () => {
    const options = release.find(({ outfile }) => outfile === "dist/node/cli.js");
    const { metafile } = await build({ ...options, absWorkingDir: root, write: false, metafile: true });
    const modules = Object.keys(metafile.inputs);
    expect(modules).toContain("server/src/core/read/dumpReader.ts");
    expect(
      modules.filter((name) => /node_modules|package\.json|service\/(golang|locator)|lsp\/|mcp\//.test(name)),
    ).toEqual([]);
  });
});

const development = await bundles({ production: false });

describe("the bundles for development", () => {
  it.each(development.map((options) => [options.outfile ?? "", options] as const))(
    "lead the lines of %s back to the files of the project",
    async (_, options) => {
      const { outputFiles } = await build({ ...options, absWorkingDir: root, write: false });
      const maps = outputFiles.filter(({ path }) => path.endsWith(".map"));
      const sources = maps.flatMap(({ path, text }) => {
        const map = JSON.parse(text) as { readonly sources: readonly string[] };
        return map.sources.map((source) => join(dirname(path), source));
      });

      const own = sources.filter((source) => /^(client|server)\/src\//.test(relative(root, source)));
      expect(own).not.toEqual([]);
      expect(own.filter((source) => !existsSync(source))).toEqual([]);
    },
  );
});

function isNodeModule(name: string): boolean {
  return builtinModules.includes(name.replace(/^node:/, ""));
}
