import { expect, test } from "vitest";
import { frameOf, LocatorBench } from "../../support/locatorBench.ts";

const FILE = "src/net/http/server.go";

/** A file whose function is below some empty lines; it has four. */
function server(before: number): string {
  return `package http\n${"\n".repeat(before)}func (c *conn) serve() {\n\tread()\n\tserve()\n}\n`;
}

function rootOf(release: string): string {
  return release === "1.22.1" ? "/go" : `/cache/golang.org/toolchain@v0.0.1-go${release}.linux-amd64`;
}

const RELEASES = { "1.22.1": 3, "1.21.9": 5, "1.23.4": 4, "1.24.2": 9 };
const bench = new LocatorBench({
  files: Object.fromEntries(
    Object.entries(RELEASES).flatMap(([release, before]) => [
      [`${rootOf(release)}/VERSION`, `go${release}`],
      [`${rootOf(release)}/${FILE}`, server(before)],
    ]),
  ),
  settings: { goroot: "/go", goModCache: "/cache" },
});

test.each([
  // Line 7 is within the function in three of them; in one alone it calls what the dump says.
  ["1.23.4", 7, "net/http.serverHandler.read", null],
  ["1.22.1", 7, "net/http.serverHandler.serve", null],
  ["1.21.9", 9, "net/http.serverHandler.serve", null],
  // One that is too old does not count, however it fits.
  ["1.23.4", 7, "net/http.serverHandler.serve", "go1.23 or later"],
])(
  "of a dump that names no release, Go %s is taken, whose lines are the dump's",
  async (release, line, calls, goVersion) => {
    const frame = `net/http.(*conn).serve /usr/local/go/${FILE}:${line}`;
    const context = { frames: [{ ...frameOf(frame), calls }], goVersion, dumpUri: `${release} ${calls}` };
    expect(await bench.find(frame, context)).toBe(`${rootOf(release)}/${FILE}:${line} encloses`);
  },
);
