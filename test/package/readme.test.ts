import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { currentReadme } from "../../scripts/lib/readme.mjs";
import { FileRequests, Notifications, Requests } from "../../server/src/protocol/index.ts";

const read = (file: string): string => readFileSync(join(root, file), "utf8");

describe("the documents", () => {
  it("README: settings and rules are those of the manifest and the rules' pages (npm run docs)", () => {
    expect(read("README.md")).toBe(currentReadme());
  });

  it.each(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"])(
    "%s: every local link leads somewhere",
    (file) => {
      const links = [...read(file).matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link ?? "");
      expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
    },
  );

  it("README: every npm script it names exists", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...read("README.md").matchAll(/npm (?:run )?(start|test|build|package|bench|docs|screenshots)\b/g)];
    expect(named.map(([, script]) => script ?? "").filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  it("CONTRIBUTING: tells of every npm script that is for people", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const contributing = read("CONTRIBUTING.md");
    const untold = Object.keys(scripts).filter((name) => !new RegExp(`\`npm (run )?${name}\\b`).test(contributing));
    // npm itself runs this one before it packs.
    expect(untold).toEqual(["prepack"]);
  });

  it("ARCHITECTURE: the protocol table names every custom request, and no other", () => {
    const table = [...read("ARCHITECTURE.md").matchAll(/^\| `(goroutineDump\/[\w/]+)`/gm)].map(([, name]) => name);
    const methods = [Requests, Notifications, FileRequests].flatMap((each) => Object.values<string>(each));
    expect(new Set(table)).toEqual(new Set(methods));
  });

  it("ARCHITECTURE: every path it names exists", () => {
    const paths = [...read("ARCHITECTURE.md").matchAll(/`((?:server|client|test|docs|scripts)\/[\w./-]+)`/g)];
    expect(paths.map(([, path]) => path ?? "").filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
