import { describe, expect, it } from "vitest";
import { LocatorBench } from "../../support/locatorBench.ts";

const MAIN = "package x\n\nfunc F() {\n\tprintln()\n}\n";

/** A workspace of a stranger, with links, beside a folder of the user's. */
const FILES: Readonly<Record<string, string>> = {
  "/ws/go.mod": "module example.com/app\n\nreplace example.com/r => ./out\n",
  "/ws/go.work": "go 1.22\nuse ./out/mod\n",
  "/ws/out": "->/home/secret",
  "/ws/in": "->/ws/real",
  "/ws/file.go": "->/home/secret/x.go",
  "/ws/real/x.go": MAIN,
  "/home/secret/x.go": MAIN,
  "/home/secret/mod/go.mod": "module example.com/m\n",
  "/home/secret/mod/x.go": MAIN,
};

function bench(): LocatorBench {
  return new LocatorBench({ files: FILES });
}

describe("a link in a workspace nobody trusts", () => {
  it.each([
    ["a folder", "example.com/app/out.F /ws/out/x.go:4"],
    ["a file", "example.com/app.F /ws/file.go:4"],
    ["a folder that a replacement names", "example.com/r.F /build/r/x.go:4"],
    ["a folder that go.work names", "example.com/m.F /build/m/x.go:4"],
  ])("to %s outside of it is not followed", async (_, frame) => {
    const { files, locate } = withLocate(bench());

    expect(JSON.stringify(await locate(frame))).not.toContain("secret");
    expect(files.calls.filter((uri) => uri.includes("secret"))).toEqual([]);
    expect(files.calls.filter((uri) => /\/ws\/(?:out\/|file\.go)/.test(uri))).toEqual([]);
  });

  it("to a folder within it is", async () => {
    const { locate } = withLocate(bench());

    expect(await locate("example.com/app/in.F /ws/in/x.go:4")).toMatchObject({
      kind: "found",
      uri: "file:///ws/in/x.go",
    });
  });
});

function withLocate(made: LocatorBench) {
  return { files: made.files, locate: (frame: string) => made.locate(frame) };
}
