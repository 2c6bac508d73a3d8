import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileSystem } from "../../../server/src/service/base/ports.ts";
import { createSourceLocator } from "../../../server/src/service/locator/sourceLocator.ts";
import { frameOf, goFile, LocatorBench } from "../../support/locatorBench.ts";
import { neverCancelled, silentLogger } from "../../support/memoryFileSystem.ts";

const APP = {
  "/ws/go.mod": "module example.com/app // ours\n\ngo 1.22\n\nrequire github.com/Acme/kit v1.4.2\n",
  "/ws/cmd/app/main.go": goFile("main", "main()"),
  "/ws/internal/store/store.go": goFile("store", "(s *Store) Get(k string)"),
};

describe("a module of the workspace", () => {
  const bench = new LocatorBench({ files: APP });

  test.each([
    "example.com/app/internal/store.(*Store).Get /build/internal/store/store.go:5",
    "example.com/app/internal/store.(*Store).Get C:/Users/Jo Bloggs/app/internal/store/store.go:5",
    "example.com/app/internal/store.(*Store).Get c:\\build\\internal\\store\\store.go:5",
    "example.com/app/internal/store.(*Store).Get \\\\host\\share\\internal\\store\\store.go:5",
    "example.com/app/internal/store.(*Store).Get example.com/app/internal/store/store.go:5",
    "example.com/app/internal/store.(*Store).Get /ws/internal/store/store.go:5",
    "example.com/app/internal/store.(*Store).Get /proc/self/cwd/internal/store/store.go:5",
    "example.com/app/internal/store.(*Store).Get internal/store/store.go:5",
  ])("is found for %s", async (frame) => {
    expect(await bench.find(frame)).toBe("/ws/internal/store/store.go:5 encloses");
  });

  test("is found for its commands by the import path that -trimpath leaves", async () => {
    expect(await bench.find("main.main example.com/app/cmd/app/main.go:4")).toBe("/ws/cmd/app/main.go:4 encloses");
  });

  test("is found for its commands by the other frames of the dump", async () => {
    const frames = [frameOf("example.com/app/internal/store.(*Store).Get /build/internal/store/store.go:5")];
    const answer = await bench.locate("main.main /build/cmd/app/main.go:4", { frames });
    expect(answer).toMatchObject({ kind: "found", proof: "encloses", how: "go.mod module example.com/app" });
  });

  test("is not taken for another module with files of the same names", async () => {
    expect(await bench.find("example.org/other/internal/store.(*Store).Get /src/internal/store/store.go:5")).toBe(
      "notFound",
    );
    expect(
      await bench.find("example.org/other/internal/store.(*Store).Get /ws/internal/store/store.go:5"),
    ).not.toContain(" drifted");
  });
});

describe("a file that is nowhere", () => {
  const first = "example.org/lib/pool.(*Pool).Get /b/lib/pool/pool.go:5";
  const second = "example.org/lib/pool.(*Pool).Put /b/lib/pool/pool.go:19";

  test("is looked for once for all of its frames", async () => {
    const bench = new LocatorBench({ files: APP });
    const answer = await bench.locate(first);
    expect(answer.kind).toBe("notFound");
    expect(await bench.locate(second)).toBe(answer);
    expect(await bench.locate("example.org/lib/other.Run /b/lib/pool/pool.go:5")).not.toBe(answer);
  });

  test("is looked for again once a file has come", async () => {
    const bench = new LocatorBench({ files: APP });
    await bench.locate(first);
    bench.files.write("/ws/lib/pool/pool.go", goFile("pool", "(p *Pool) Get()", "(p *Pool) Put()"));
    bench.files.write("/ws/lib/go.mod", "module example.org/lib");
    bench.locator.invalidate();
    expect(await bench.find(second)).toMatch(/^\/ws\/lib\/pool\/pool\.go:19 /);
  });
});

describe("module files", () => {
  test("nested modules hold their own packages", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/go.mod": "module example.com/app",
        "/ws/tools/go.mod": "module example.com/app/tools",
        "/ws/tools/gen/gen.go": goFile("gen", "Run()"),
        "/ws/gen/gen.go": goFile("gen", "Run()"),
      },
    });
    expect(await bench.find("example.com/app/tools/gen.Run /b/tools/gen/gen.go:4")).toBe(
      "/ws/tools/gen/gen.go:4 encloses",
    );
    expect(await bench.find("example.com/app/gen.Run /b/gen/gen.go:4")).toBe("/ws/gen/gen.go:4 encloses");
  });

  test("a replacement by a folder holds the replaced module", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/go.mod": 'module example.com/app\nreplace (\n\tgithub.com/Acme/kit v1.4.2 => "./third party/kit"\n)\n',
        "/ws/third party/kit/pool/pool.go": goFile("pool", "Get()"),
        "/cache/github.com/!acme/kit@v1.4.2/pool/pool.go": goFile("pool", "Get()"),
      },
      settings: { goModCache: "/cache" },
    });
    const expected = "/ws/third party/kit/pool/pool.go:4 encloses";
    expect(await bench.find("github.com/Acme/kit/pool.Get /src/kit/pool/pool.go:4")).toBe(expected);
    expect(await bench.find("github.com/Acme/kit/pool.Get github.com/Acme/kit@v1.4.2/pool/pool.go:4")).toBe(expected);
  });

  test("a replacement by a fork is read from the module cache", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/go.mod": "module example.com/app\nreplace github.com/a/b => github.com/me/b v1.0.1\n",
        "/cache/github.com/me/b@v1.0.1/b.go": goFile("b", "F()"),
      },
      settings: { goModCache: "/cache" },
    });
    expect(await bench.find("github.com/a/b.F /somewhere/b/b.go:4")).toBe(
      "/cache/github.com/me/b@v1.0.1/b.go:4 encloses",
    );
  });

  const beside = {
    "/ws/go.work": "go 1.22\n\nuse (\n\t.\n\t../kit\n)\n",
    "/ws/go.mod": "module example.com/app",
    "/kit/go.mod": "module example.com/kit",
    "/kit/pool.go": goFile("kit", "Get()"),
  };

  test("a module that go.work uses beside the workspace is found when the workspace is trusted", async () => {
    const bench = new LocatorBench({ files: beside, settings: { trusted: true } });
    expect(await bench.find("example.com/kit.Get /x/kit/pool.go:4")).toBe("/kit/pool.go:4 encloses");
  });

  test("a folder beside the workspace is not touched when the workspace is not trusted", async () => {
    const bench = new LocatorBench({ files: beside });
    expect(await bench.find("example.com/kit.Get /x/kit/pool.go:4")).toBe("notFound");
    expect(bench.files.calls.filter((uri) => !uri.startsWith("file:///ws"))).toEqual([]);
  });

  test("a module file cannot name a folder of another host", async () => {
    const bench = new LocatorBench({
      files: { "/ws/go.mod": "module example.com/app\nreplace example.com/kit => //host/share/kit\n" },
      settings: { trusted: true },
    });
    await bench.find("example.com/kit.Get /x/kit/pool.go:4");
    expect(bench.files.calls.filter((uri) => uri.includes("host"))).toEqual([]);
  });

  test("the go.mod above a workspace folder tells its import path", async () => {
    const files = { "/repo/go.mod": "module example.com/repo", "/repo/services/api/api.go": goFile("api", "Run()") };
    const bench = new LocatorBench({ files, folders: ["/repo/services"], settings: { trusted: true } });
    expect(await bench.find("example.com/repo/services/api.Run /b/services/api/api.go:4")).toBe(
      "/repo/services/api/api.go:4 encloses",
    );
  });

  test("vendored packages of another version are said to be of it", async () => {
    const files = {
      ...APP,
      "/ws/vendor/modules.txt": "# github.com/Acme/kit v1.4.2\n## explicit\ngithub.com/Acme/kit/pool\n",
      "/ws/vendor/github.com/Acme/kit/pool/pool.go": goFile("pool", "Get()"),
    };
    const bench = new LocatorBench({ files });
    const [same, other] = ["v1.4.2", "v1.4.3"].map(
      (version) => `github.com/Acme/kit/pool.Get github.com/Acme/kit@${version}/pool/pool.go:4`,
    );
    expect(await bench.find(same!)).toContain(" encloses");
    expect(await bench.locate(other!)).toMatchObject({
      proof: "unchecked",
      otherVersion: { module: "github.com/Acme/kit", wanted: "v1.4.3", found: "v1.4.2" },
    });
  });

  test("vendored packages are found in the vendor folder", async () => {
    const bench = new LocatorBench({
      files: { ...APP, "/ws/vendor/github.com/Acme/kit/pool/pool.go": goFile("pool", "Get()") },
    });
    const expected = "/ws/vendor/github.com/Acme/kit/pool/pool.go:4 encloses";
    expect(await bench.find("github.com/Acme/kit/pool.Get /b/vendor/github.com/Acme/kit/pool/pool.go:4")).toBe(
      expected,
    );
    expect(await bench.find("github.com/Acme/kit/pool.Get github.com/Acme/kit@v1.4.2/pool/pool.go:4")).toBe(expected);
  });
});

function cached(version: string): string {
  return `/cache/github.com/!acme/kit@${version}/pool/pool.go`;
}

describe("the module cache", () => {
  const bench = new LocatorBench({
    files: {
      ...APP,
      "/cache/github.com/!acme/kit@v1.4.2/pool/pool.go": goFile("pool", "Get()"),
      "/cache/gopkg.in/acme/retry.v2@v2.1.0/retry.go": goFile("retry", "Do()"),
    },
    settings: { goModCache: "/cache" },
  });

  test.each([
    "github.com/Acme/kit/pool.Get /home/ci/go/pkg/mod/github.com/!acme/kit@v1.4.2/pool/pool.go:4",
    "github.com/Acme/kit/pool.Get C:/Users/ci/go/pkg/mod/github.com/!acme/kit@v1.4.2/pool/pool.go:4",
    "github.com/Acme/kit/pool.Get /gomodcache/github.com/!acme/kit@v1.4.2/pool/pool.go:4",
    "github.com/Acme/kit/pool.Get github.com/Acme/kit@v1.4.2/pool/pool.go:4",
    "github.com/Acme/kit/pool.Get external/com_github_acme_kit/pool/pool.go:4",
    "github.com/Acme/kit/pool.Get /root/.cache/bazel/_bazel_root/0a/external/gazelle++go_deps+com_github_acme_kit/pool/pool.go:4",
  ])("holds %s", async (frame) => {
    expect(await bench.find(frame)).toBe("/cache/github.com/!acme/kit@v1.4.2/pool/pool.go:4 encloses");
  });

  test("holds packages whose name has a dot, which a symbol escapes", async () => {
    const frame = "gopkg.in/acme/retry%2ev2.Do /home/a/go/pkg/mod/gopkg.in/acme/retry.v2@v2.1.0/retry.go:4";
    expect(await bench.find(frame)).toBe("/cache/gopkg.in/acme/retry.v2@v2.1.0/retry.go:4 encloses");
  });

  test("of another version is opened with a word about it", async () => {
    const answer = await bench.locate("github.com/Acme/kit/pool.Get github.com/Acme/kit@v1.9.0/pool/pool.go:4");
    expect(answer).toMatchObject({
      kind: "found",
      uri: "file:///cache/github.com/%21acme/kit%40v1.4.2/pool/pool.go",
      proof: "unchecked",
      otherVersion: { module: "github.com/Acme/kit", wanted: "v1.9.0", found: "v1.4.2" },
    });
  });

  test("of another version is opened for a function that it has, the required one first, else the nearest", async () => {
    const versions = ["v1.9.0", "v1.5.2", "v1.5.10", "v2.0.0+incompatible"];
    const files = Object.fromEntries(versions.map((version) => [cached(version), goFile("pool", "Get()")]));
    const find = (more: Readonly<Record<string, string>>, name: string) =>
      new LocatorBench({ files: { ...files, ...more }, settings: { goModCache: "/cache" } }).find(
        `github.com/Acme/kit/pool.${name} /root/go/pkg/mod/github.com/!acme/kit@v1.5.1/pool/pool.go:4`,
      );
    expect(await find({}, "Get")).toBe(`${cached("v1.5.2")}:4 unchecked`);
    expect(await find({ [cached("v1.5.1")]: goFile("pool", "Get()") }, "Get")).toBe(`${cached("v1.5.1")}:4 encloses`);
    const required = { "/ws/go.mod": "module example.com/app\nrequire github.com/Acme/kit v1.9.0\n" };
    expect(await find(required, "Get")).toBe(`${cached("v1.9.0")}:4 unchecked`);
    expect(await find({}, "Put")).toBe("notFound");
  });

  test("says of what is not at hand which version it is", async () => {
    expect(await bench.locate("a.com/b.F /root/go/pkg/mod/a.com/b@v1.0.0/b.go:4")).toMatchObject({
      kind: "notFound",
      missing: { module: "a.com/b", version: "v1.0.0" },
    });
    expect(
      await bench.locate("net/http.Get /usr/local/go/src/net/http/client.go:4", { goVersion: "go1.22.3" }),
    ).toMatchObject({
      missing: { module: "std", version: "1.22.3" },
    });
    expect(await bench.locate("net/http.Get /home/a/sdk/go1.22.4/src/net/http/client.go:4")).toMatchObject({
      missing: { module: "std", version: "1.22.4" },
    });
    expect(await bench.locate("a.com/b.F /src/b.go:4")).not.toHaveProperty("missing");
  });

  test("is below GOPATH, or in the home folder, when nothing else is said", async () => {
    const files = { "/home/me/go/pkg/mod/a.com/b@v1.0.0/b.go": goFile("b", "F()") };
    const frame = "a.com/b.F a.com/b@v1.0.0/b.go:4";
    const expected = "/home/me/go/pkg/mod/a.com/b@v1.0.0/b.go:4 encloses";
    expect(await new LocatorBench({ files, settings: { gopath: "/home/me/go:/other" } }).find(frame)).toBe(expected);
    expect(await new LocatorBench({ files, variables: { userHome: "/home/me" } }).find(frame)).toBe(expected);
  });
});

describe("the standard library", () => {
  const SEMA = `package runtime\n\n//go:linkname sync_runtime_Semacquire sync.runtime_Semacquire\nfunc sync_runtime_Semacquire() {\n\tsemacquire()\n}\n`;
  const files = {
    ...APP,
    "/go/VERSION": "go1.22.1\ntime 2024-02-29T18:18:48Z\n",
    "/go/src/net/http/server.go": goFile("http", "(c *conn) serve()"),
    "/go/src/runtime/sema.go": SEMA,
    "/cache/golang.org/toolchain@v0.0.1-go1.24.2.linux-amd64/VERSION": "go1.24.2\n",
    "/cache/golang.org/toolchain@v0.0.1-go1.24.2.linux-amd64/src/net/http/server.go": goFile(
      "http",
      "(c *conn) serve()",
    ),
  };
  const settings = { goroot: "/go", goModCache: "/cache" };
  const standard = { "/go/src/net/http/server.go": files["/go/src/net/http/server.go"] };
  const bench = new LocatorBench({ files, settings });

  test.each([
    "/usr/local/go/src/net/http/server.go",
    "/usr/lib/go-1.22/src/net/http/server.go",
    "/opt/homebrew/Cellar/go/1.22.1/libexec/src/net/http/server.go",
    "C:/Program Files/Go/src/net/http/server.go",
    "/usr/lib/go/src/pkg/net/http/server.go",
    "net/http/server.go",
    "std/net/http/server.go",
    "GOROOT/src/net/http/server.go",
    "external/go_sdk/src/net/http/server.go",
  ])("is found in GOROOT for %s", async (file) => {
    expect(await bench.find(`net/http.(*conn).serve ${file}:5`)).toBe("/go/src/net/http/server.go:5 encloses");
  });

  test("is found where the runtime implements a function of another package", async () => {
    const frame = "sync.runtime_Semacquire /usr/local/go/src/runtime/sema.go:5";
    expect(await bench.find(frame)).toBe("/go/src/runtime/sema.go:5 encloses");
  });

  test("is found in the toolchain of the dump's version, or of the path's", async () => {
    const toolchain = "/cache/golang.org/toolchain@v0.0.1-go1.24.2.linux-amd64/src/net/http/server.go:5 encloses";
    const path = "/home/a/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.24.2.linux-amd64/src/net/http/server.go";
    expect(
      await bench.find("net/http.(*conn).serve /usr/local/go/src/net/http/server.go:5", { goVersion: "go1.24.2" }),
    ).toBe(toolchain);
    expect(await bench.find(`net/http.(*conn).serve ${path}:5`)).toBe(toolchain);
  });

  test("has vendored packages of its own, which are not those of the module cache", async () => {
    const vendored = new LocatorBench({
      files: {
        "/ws/go.mod": "module example.com/app\nrequire golang.org/x/net v0.30.0\n",
        "/cache/golang.org/x/net@v0.30.0/http/httpguts/guts.go": goFile("httpguts", "Valid()"),
        "/go/src/vendor/golang.org/x/net/http/httpguts/guts.go": goFile("httpguts", "Valid()"),
      },
      settings,
    });
    const file = "/usr/local/go/src/vendor/golang.org/x/net/http/httpguts/guts.go";
    expect(await vendored.find(`vendor/golang.org/x/net/http/httpguts.Valid ${file}:5`)).toBe(
      "/go/src/vendor/golang.org/x/net/http/httpguts/guts.go:5 encloses",
    );
  });

  test("of another version is opened with a word about it", async () => {
    const answer = await bench.locate("net/http.(*conn).serve /usr/local/go/src/net/http/server.go:99", {
      goVersion: "go1.19.8",
    });
    expect(answer).toMatchObject({
      kind: "found",
      proof: "drifted",
      nearestLine: 8,
      how: "GOROOT of Go 1.22.1, not 1.19.8",
    });
  });

  test.each([
    ["go1.22.1", "encloses", undefined],
    ["go1.22 or later", "encloses", undefined],
    [null, "encloses", undefined],
    ["go1.22.3", "unchecked", { module: "std", wanted: "1.22.3", found: "1.22.1" }],
    ["go1.23 or later", "unchecked", { module: "std", wanted: "1.23 or later", found: "1.22.1" }],
  ])("of a dump of %s fits, or is told to be of another version", async (goVersion, proof, otherVersion) => {
    const one = new LocatorBench({ files: { "/go/VERSION": files["/go/VERSION"], ...standard }, settings });
    const answer = await one.locate("net/http.(*conn).serve /usr/local/go/src/net/http/server.go:5", { goVersion });
    expect(answer).toMatchObject({ kind: "found", proof });
    expect((answer as { readonly otherVersion?: unknown }).otherVersion).toEqual(otherVersion);
  });

  test("of a checkout between releases is of no version that is known", async () => {
    const frame = "net/http.(*conn).serve /home/a/sdk/go1.22.3/src/net/http/server.go:5";
    for (const checkout of [standard, { ...standard, "/go/VERSION": "devel go1.23-2a5b0e1c" }]) {
      expect(await new LocatorBench({ files: checkout, settings }).locate(frame)).toMatchObject({
        proof: "unchecked",
        otherVersion: { module: "std", wanted: "1.22.3", found: null },
      });
    }
  });

  test("is found where golang.org/dl has downloaded it", async () => {
    const downloaded = "/home/me/sdk/go1.22.3/src/net/http/server.go";
    const more = {
      "/home/me/sdk/go1.22.3/VERSION": "go1.22.3\n",
      [downloaded]: standard["/go/src/net/http/server.go"],
    };
    const home = new LocatorBench({ files: { ...files, ...more }, settings, variables: { userHome: "/home/me" } });
    const frame = "net/http.(*conn).serve /usr/local/go/src/net/http/server.go:5";
    expect(await home.find(frame, { goVersion: "go1.22.3" })).toBe(`${downloaded}:5 encloses`);
  });

  test("is never taken for a file of the workspace, nor a user's package called like one for it", async () => {
    const mixed = new LocatorBench({
      files: {
        "/ws/server.go": goFile("http", "(c *conn) serve()"),
        "/ws/log/log.go": goFile("log", "Print()"),
        "/ws/go.mod": "module example.com/app",
      },
    });
    expect(await mixed.find("net/http.(*conn).serve /usr/local/go/src/net/http/server.go:5")).toBe("notFound");
    expect(await mixed.find("example.com/app/log.Print /home/me/src/log/log.go:5")).toBe("/ws/log/log.go:5 encloses");
  });

  test("is asked of go env once, in a trusted workspace only", async () => {
    let asked = 0;
    const goEnv = async (): Promise<{ GOROOT: string; GOMODCACHE: string }> => {
      asked++;
      return { GOROOT: "/go", GOMODCACHE: "/cache" };
    };
    const untrusted = new LocatorBench({ files, goEnv });
    expect(await untrusted.find("net/http.(*conn).serve net/http/server.go:5")).toBe("notFound");
    expect(asked).toBe(0);
    const trusted = new LocatorBench({ files, goEnv, settings: { trusted: true } });
    expect(await trusted.find("net/http.(*conn).serve net/http/server.go:5")).toBe(
      "/go/src/net/http/server.go:5 encloses",
    );
    expect(await trusted.find("sync.runtime_Semacquire runtime/sema.go:5")).toContain("encloses");
    expect(asked).toBe(1);
  });

  test("is looked for without go env when that fails", async () => {
    const failing = new LocatorBench({ files, goEnv: failingGoEnv, settings: { trusted: true } });
    expect(await failing.find("net/http.(*conn).serve net/http/server.go:5")).toBe("notFound");
  });
});

function failingGoEnv(): Promise<undefined> {
  return Promise.reject(new Error("no go"));
}

describe("the user's mapping", () => {
  test("comes first, in its order, with variables", async () => {
    const bench = new LocatorBench({
      files: {
        ...APP,
        "/elsewhere/internal/store/store.go": goFile("store", "(s *Store) Get()"),
        "/home/me/x/a.go": "package x\n",
      },
      settings: {
        sourceMap: [
          { from: "/build", to: "${workspaceFolder:nowhere}" },
          { from: "/build/none", to: "/none" },
          { from: "/build", to: "/elsewhere" },
          { from: "C:\\Src", to: "${workspaceFolder}" },
          { from: "example.org/x", to: "${userHome}/x" },
        ],
      },
      variables: { userHome: "/home/me" },
    });
    const get = "example.com/app/internal/store.(*Store).Get";
    expect(await bench.find(`${get} /build/internal/store/store.go:5`)).toBe(
      "/elsewhere/internal/store/store.go:5 encloses",
    );
    expect(await bench.find(`${get} c:/src/internal/store/store.go:5`)).toBe("/ws/internal/store/store.go:5 encloses");
    expect(await bench.find("example.org/x.F example.org/x/a.go:1")).toContain("/home/me/x/a.go:1");
    expect(await bench.find(`${get} /builder/other/store.go:5`)).not.toContain("/elsewhere");
    expect(bench.warnings).toHaveLength(1);
  });

  test("may lead away from a share, which is never opened itself", async () => {
    const bench = new LocatorBench({
      files: { "/ws/main.go": goFile("main", "main()") },
      settings: { sourceMap: [{ from: "//build01/src", to: "${workspaceFolder}" }] },
    });
    expect(await bench.find("main.main \\\\BUILD01\\src\\main.go:4")).toBe("/ws/main.go:4 encloses");
    expect(bench.files.calls.filter((uri) => /build01/i.test(uri))).toEqual([]);
  });
});

describe("ambiguity", () => {
  const files = {
    "/ws/a/go.mod": "module example.com/a",
    "/ws/a/cmd/server/main.go": goFile("main", "main()", "handleA()"),
    "/ws/b/go.mod": "module example.com/b",
    "/ws/b/cmd/server/main.go": goFile("main", "main()", "handleB()"),
  };
  const MAIN = "main.main /build/cmd/server/main.go:4";
  const BOTH = "ambiguous /ws/a/cmd/server/main.go /ws/b/cmd/server/main.go";

  test("two modules with the same file names are asked for, not guessed", async () => {
    const answer = await new LocatorBench({ files }).locate(MAIN);
    expect(answer).toMatchObject({ kind: "ambiguous" });
    expect(
      answer.kind === "ambiguous" && answer.candidates.every(({ why }) => why.includes("cmd/server/main.go")),
    ).toBe(true);
  });

  test("other frames of the file decide", async () => {
    const frames = [frameOf(MAIN), frameOf("main.handleB /build/cmd/server/main.go:12")];
    expect(await new LocatorBench({ files }).find(MAIN, { frames })).toBe("/ws/b/cmd/server/main.go:4 encloses");
  });

  test("the answer is remembered, serves the files beside, and can be kept", async () => {
    const more = {
      ...files,
      "/ws/a/cmd/server/util.go": goFile("main", "util()"),
      "/ws/b/cmd/server/util.go": goFile("main", "util()"),
    };
    const bench = new LocatorBench({ files: more });
    expect(await bench.find(MAIN)).toBe(BOTH);
    bench.locator.remember("/build/cmd/server/main.go", "file:///ws/b/cmd/server/main.go");
    expect(await bench.find(MAIN)).toBe("/ws/b/cmd/server/main.go:4 encloses");
    expect(await bench.find("main.util /build/cmd/server/util.go:4")).toBe("/ws/b/cmd/server/util.go:4 encloses");
    const next = new LocatorBench({ files: more, choices: bench.locator.choices });
    expect(await next.find(MAIN)).toBe("/ws/b/cmd/server/main.go:4 encloses");
  });

  test("a choice outside the workspace is not followed", async () => {
    const bench = new LocatorBench({ files, choices: { "/build/cmd/server/main.go": "file:///etc/passwd" } });
    expect(await bench.find(MAIN)).toBe(BOTH);
    expect(bench.files.calls).not.toContain("file:///etc/passwd");
  });

  test("a lone main.go is not taken for any program's, until its other functions bear it out", async () => {
    const bench = new LocatorBench({ files: { "/ws/main.go": goFile("main", "main()", "serve()") } });
    const main = "main.main /app/main.go:4";
    expect(await bench.find(main)).toBe("ambiguous /ws/main.go");
    expect(await bench.find("main.serve /app/main.go:12")).toBe("/ws/main.go:12 encloses");
    expect(await bench.find(main, { frames: [frameOf("main.serve /app/main.go:12")] })).toBe("/ws/main.go:4 encloses");
    expect(await bench.find(main, { frames: [frameOf("main.gone /app/main.go:30")], dumpUri: "other" })).toBe(
      "notFound",
    );
  });

  test("what a line does speaks for a file as well as the names of its functions", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/one/main.go": "package main\n\nfunc main() {\n\tgo one()\n\twg.Wait()\n\tx()\n}\n",
        "/ws/two/main.go": "package main\n\nfunc main() {\n\twg.Wait()\n\tgo two()\n\t<-ch\n}\n",
      },
    });
    const wait = { ...frameOf("main.main /app/main.go:5"), calls: "sync.(*WaitGroup).Wait" };
    const start = { ...frameOf("main.main /app/main.go:5"), calls: "go" };
    const blocked = { ...frameOf("main.main /app/main.go:6"), waits: "chan receive" };
    expect(await bench.find("main.main /app/main.go:5")).toBe("ambiguous /ws/one/main.go /ws/two/main.go");
    expect(await bench.find("main.main /app/main.go:5", { frames: [wait], dumpUri: "a" })).toBe(
      "/ws/one/main.go:5 encloses",
    );
    expect(await bench.find("main.main /app/main.go:5", { frames: [start], dumpUri: "b" })).toBe(
      "/ws/two/main.go:5 encloses",
    );
    expect(await bench.find("main.main /app/main.go:6", { frames: [blocked], dumpUri: "c" })).toBe(
      "/ws/two/main.go:6 encloses",
    );
  });

  test("copies of a module in two folders are told apart by the line, or asked for", async () => {
    const bench = new LocatorBench({
      files: {
        "/old/go.mod": "module example.com/app",
        "/old/x/x.go": goFile("x", "F()"),
        "/new/go.mod": "module example.com/app",
        "/new/x/x.go": `// moved\n// down\n// by\n// seven\n// lines\n//\n//\n${goFile("x", "F()")}`,
      },
      folders: ["/old", "/new"],
    });
    expect(await bench.find("example.com/app/x.F /b/x/x.go:14")).toBe("/new/x/x.go:14 encloses");
    expect(await bench.find("example.com/app/x.F /b/x/x.go:4")).toBe("/old/x/x.go:4 encloses");
    expect(await bench.find("example.com/app/x.F /b/x/x.go:99")).toBe("ambiguous /new/x/x.go /old/x/x.go");
  });
});

describe("proof", () => {
  test("a source that has changed is found and said to have changed, with the nearest line", async () => {
    const bench = new LocatorBench({ files: APP });
    const get = "example.com/app/internal/store.(*Store).Get /b/internal/store/store.go:40";
    expect(await bench.locate(get)).toMatchObject({ kind: "found", proof: "drifted", line: 39, nearestLine: 8 });
    const gone = await bench.locate("example.com/app/internal/store.Gone /b/internal/store/store.go:5");
    expect(gone).toEqual(expect.objectContaining({ kind: "found", proof: "drifted" }));
    expect(gone).not.toHaveProperty("nearestLine");
  });

  test("a file of another language cannot be checked, unless it has no such line", async () => {
    const bench = new LocatorBench({
      files: { "/ws/go.mod": "module example.com/app", "/ws/views/order.templ": "a\nb\nc" },
    });
    expect(await bench.find("example.com/app/shape.Render /b/views/order.templ:3")).toBe(
      "/ws/views/order.templ:3 unchecked",
    );
    expect(await bench.find("example.com/app/shape.Render /b/views/order.templ:4")).toBe(
      "/ws/views/order.templ:4 drifted",
    );
    expect(await bench.find("example.org/other/shape.Render /b/views/order.templ:3")).toBe("notFound");
  });

  test("a function of package main is not looked for in a library", async () => {
    const bench = new LocatorBench({ files: { "/ws/cmd/x/run.go": goFile("x", "run()") } });
    expect(await bench.find("main.run /b/cmd/x/run.go:4")).toBe("notFound");
  });
});

describe("roots learnt from other frames", () => {
  test("serve frames that alone tell too little", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/src/billing/api/api.go": goFile("api", "Handle()"),
        "/ws/src/billing/main.go": goFile("main", "main()"),
        "/ws/src/mail/main.go": goFile("main", "main()"),
      },
    });
    const main = "main.main /work/billing/main.go:4";
    expect(await bench.find("main.main /work/x/main.go:4")).toContain("ambiguous");
    expect(await bench.find("corp/billing/api.Handle /work/billing/api/api.go:4")).toBe(
      "/ws/src/billing/api/api.go:4 encloses",
    );
    expect(await bench.find(main)).toBe("/ws/src/billing/main.go:4 encloses");
  });

  test("of one dump do not serve another", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/one/api/api.go": goFile("api", "Handle()"),
        "/ws/one/main.go": goFile("main", "main()"),
        "/ws/two/main.go": goFile("main", "main()"),
      },
    });
    await bench.find("corp/api.Handle /app/api/api.go:4", { dumpUri: "a" });
    expect(await bench.find("main.main /app/main.go:4", { dumpUri: "a" })).toBe("/ws/one/main.go:4 encloses");
    expect(await bench.find("main.main /app/main.go:4", { dumpUri: "b" })).toContain("ambiguous");
  });
});

describe("names and paths", () => {
  test.each([
    ["main.main _testmain.go:47", "go test"],
    ["main.main /tmp/go-build1/b001/_testmain.go:47", "go test"],
    ["net.(*TCPConn).Read <autogenerated>:1", "compiler"],
    ["main._Cfunc_sleep _cgo_gotypes.go:85", "cgo"],
    ["f ?:0", "does not name a file"],
    ["f ??:0", "does not name a file"],
    ["f -:0", "does not name a file"],
    ["f a\u0000b.go:3", "not one that a file can have"],
  ])("%j is generated: %s", async (frame, reason) => {
    const bench = new LocatorBench({ files: APP });
    const answer = await bench.locate(frame);
    expect(answer).toEqual({ kind: "generated", reason: expect.stringContaining(reason) as string });
    expect(bench.files.calls).toEqual([]);
  });

  test("upper and lower case that differ are found when the text bears it out, under the name the disk has", async () => {
    const bench = new LocatorBench({
      files: { "/ws/go.mod": "module example.com/app", "/ws/Internal/Store.go": goFile("internal", "F()") },
    });
    expect(await bench.find("example.com/app/internal.F c:/b/internal/store.go:4")).toBe(
      "/ws/Internal/Store.go:4 encloses",
    );
    expect(await bench.find("example.com/app/internal.G c:/b/internal/store.go:4")).toBe("notFound");
  });

  test("case that differs is found without a go.mod as well", async () => {
    const bench = new LocatorBench({
      files: { "/ws/Pkg/Store/Store.go": goFile("store", "F()"), "/ws/pkg/other/store.go": goFile("store", "F()") },
    });
    expect(await bench.find("corp/pkg/store.F C:/b/pkg/store/store.go:4")).toBe("/ws/Pkg/Store/Store.go:4 encloses");
  });

  test("names that only case tells apart are not mixed up", async () => {
    const files = {
      "/ws/go.mod": "module example.com/app",
      "/ws/x.go": goFile("app", "F()"),
      "/ws/X.go": goFile("app", "F()"),
    };
    const bench = new LocatorBench({ files });
    expect(await bench.find("example.com/app.F /b/X.go:4")).toBe("/ws/X.go:4 encloses");
    expect(await bench.find("example.com/app.F /b/x.go:4")).toBe("/ws/x.go:4 encloses");
  });

  test("a workspace on Windows is found for its own paths, whatever their case", async () => {
    const bench = new LocatorBench({
      files: { "file:///c%3A/Proj/Main.go": goFile("main", "main()") },
      folders: ["file:///c%3A/Proj"],
    });
    expect(await bench.find("main.main C:/proj/Main.go:4")).toBe("/c:/Proj/Main.go:4 encloses");
    expect(await bench.find("main.main C:\\Proj\\main.go:4")).toBe("/c:/Proj/Main.go:4 encloses");
  });

  test("paths with blanks, plus signs, percent signs and at signs are found", async () => {
    const bench = new LocatorBench({
      files: { "/ws/go.mod": "module a.b/c", "/ws/my dir/100%+@x#?.go": goFile("d", "F()") },
    });
    expect(await bench.find("a.b/c/my%20dir.F /b/my dir/100%+@x#?.go:4")).toBe("/ws/my dir/100%+@x#?.go:4 encloses");
  });

  test("external tests and Bazel's own files are found", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/go.mod": "module example.com/app",
        "/ws/x/x_test.go": goFile("x_test", "TestX(t *testing.T)"),
        "/ws/x/y/y.go": goFile("y", "Y()"),
      },
    });
    expect(await bench.find("example.com/app/x_test.TestX /b/x/x_test.go:4")).toBe("/ws/x/x_test.go:4 encloses");
    expect(await bench.find("example.com/app/x/y.Y bazel-out/k8-fastbuild/bin/x/y/y.go:4")).toBe(
      "/ws/x/y/y.go:4 encloses",
    );
  });

  test("what Bazel made is found through its link in a workspace that is trusted", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/bazel-out": "->/cache/execroot/out",
        "/cache/execroot/out/bin/api/api.pb.go": goFile("api", "(x *M) Get()"),
      },
      settings: { trusted: true },
    });
    expect(await bench.find("corp/api.(*M).Get bazel-out/bin/api/api.pb.go:4")).toBe(
      "/ws/bazel-out/bin/api/api.pb.go:4 encloses",
    );
  });

  test("packages of files given one by one have no import path", async () => {
    const bench = new LocatorBench({
      files: { "/ws/go.mod": "module example.com/app", "/ws/x/x_test.go": goFile("x", "TestX()") },
    });
    expect(await bench.find("command-line-arguments.TestX /home/a/x/x_test.go:4")).toBe("/ws/x/x_test.go:4 encloses");
    expect(await bench.find("_/home/a/x.TestX /home/a/x/x_test.go:4")).toBe("/ws/x/x_test.go:4 encloses");
  });

  test("`go run f.go` with -trimpath leaves ./f.go", async () => {
    const bench = new LocatorBench({ files: { "/ws/f.go": goFile("main", "main()", "work()") } });
    expect(await bench.find("main.work ./f.go:12")).toBe("/ws/f.go:12 encloses");
  });
});

describe("safety", () => {
  const hostile = [
    "main.main //host/share/main.go:1",
    "main.main \\\\host\\share\\main.go:1",
    "main.main \\\\?\\C:\\main.go:1",
    "main.main file://host/share/main.go:1",
    "main.main /ws/../etc/passwd:1",
    "main.main ../../../etc/passwd:1",
    "main.main /etc/passwd:1",
    "main.main /proc/self/environ:1",
    "a.com/b.F a.com/../../../etc@v1.0.0/passwd:1",
    "net/http.F /usr/local/go/src/net/../../../../etc/passwd:1",
    "..%2f..%2fetc.F /x/passwd:1",
    `main.main ${"/a".repeat(20_000)}:1`,
    "main.main :1",
    " :",
  ];

  test.each(hostile)("%.60s touches nothing outside the workspace, GOROOT and the module cache", async (frame) => {
    const bench = new LocatorBench({
      files: {
        ...APP,
        "/etc/passwd": "root",
        "/go/src/net/net.go": "package net",
        "file://host/share/main.go": "package main",
      },
      settings: { goroot: "/go", goModCache: "/cache" },
    });
    expect(await bench.find(frame)).toMatch(/^(?:notFound|generated|ambiguous \/ws|\/ws)/);
    expect(bench.files.calls.filter((uri) => !/^file:\/\/\/(?:ws|go|cache)(?:\/|$)/.test(uri))).toEqual([]);
  });

  test("links are not followed by the search, so a loop of them ends and a link is no second file", async () => {
    const bench = new LocatorBench({
      files: {
        "/ws/go.mod": "module example.com/app",
        "/ws/x/x.go": goFile("x", "F()"),
        "/ws/x/loop": "->/ws",
        "/ws/y": "->/ws/x",
      },
    });
    expect(await bench.find("main.F /b/other/x.go:4")).toBe("notFound");
    expect(await bench.find("example.com/app/x.F /b/x/x.go:4")).toBe("/ws/x/x.go:4 encloses");
    expect(await bench.find("example.com/app/x.F /ws/y/x.go:4")).toBe("/ws/y/x.go:4 encloses");
  });
});

test("whatever a frame says, the answer is one and nothing outside is touched", async () => {
  const words = fc.constantFrom(
    "..",
    ".",
    "ws",
    "main.go",
    "c:",
    "",
    "src",
    "vendor",
    "a.com",
    "x@v1.0.0",
    "net",
    "%2e%2e",
    "host",
  );
  const path = fc.tuple(fc.constantFrom("", "/", "//", "\\\\", "C:/", "./"), fc.array(words, { maxLength: 6 }));
  const file = fc.oneof(
    fc.string(),
    path.map(([head, rest]) => head + rest.join("/")),
  );
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom("main.main", "a.com/x.F", "net/http.F", "../../etc.F", "F[...]).G.func1"),
  );
  const files = { ...APP, "/etc/passwd": "root", "file://host/x": "x" };
  await fc.assert(
    fc.asyncProperty(name, file, fc.integer(), async (symbol, place, line) => {
      const bench = new LocatorBench({ files, settings: { goroot: "/go", goModCache: "/cache" } });
      const answer = await bench.locator.locate(
        { function: symbol, file: place, line },
        { goVersion: null },
        neverCancelled,
      );
      expect(["found", "ambiguous", "notFound", "generated"]).toContain(answer.kind);
      expect(bench.files.calls.filter((uri) => !/^file:\/\/\/(?:ws|go|cache)(?:\/|$)/.test(uri))).toEqual([]);
    }),
  );
});

test("a workspace without end is searched up to a limit, and the answer says so", async () => {
  const endless: FileSystem = {
    stat: async () => undefined,
    readFile: async () => undefined,
    readDirectory: async () => Array.from({ length: 10 }, (_, i) => [`d${i}`, "directory"] as const),
    realPath: async (uri) => uri,
  };
  const locator = createSourceLocator({
    fileSystem: endless,
    logger: silentLogger,
    folders: [{ uri: "file:///ws", name: "ws" }],
    settings: { sourceMap: [], trusted: false },
  });
  const answer = await locator.locate(frameOf("a.com/b.F /x/b.go:1"), { goVersion: null }, neverCancelled);
  expect(answer).toMatchObject({ kind: "notFound" });
  expect(JSON.stringify(answer)).toContain("The workspace is large");
});

describe("the answer", () => {
  test("when nothing is found lists what was tried", async () => {
    const bench = new LocatorBench({ files: APP });
    const answer = await bench.locate("github.com/gone/x.F /src/gone/x/x.go:4");
    expect(answer).toEqual({
      kind: "notFound",
      tried: [
        "No entry of the setting goroutineDump.sourceMap leads to it.",
        "No workspace folder has /src/gone/x/x.go.",
        "No module of the workspace holds the package github.com/gone/x.",
        "The workspace has no file x.go.",
      ],
    });
  });

  test("is kept until a file changes", async () => {
    const bench = new LocatorBench({ files: APP });
    const get = "example.com/app/internal/store.(*Store).Get /b/internal/store/store.go:5";
    const late = "example.com/app/late.F /b/late/late.go:4";
    expect(await bench.find(get)).toContain("encloses");
    expect(await bench.find(late)).toBe("notFound");
    const calls = bench.files.calls.length;
    await bench.find(get);
    await bench.find(late);
    expect(bench.files.calls).toHaveLength(calls);

    bench.files.write("/ws/internal/store/store.go", "package store\n");
    bench.locator.invalidate("file:///ws/internal/store/store.go");
    expect(await bench.find(get)).toContain("drifted");
    bench.files.write("/ws/late/late.go", goFile("late", "F()"));
    bench.locator.invalidate("file:///ws/late/late.go");
    expect(await bench.find(late)).toBe("/ws/late/late.go:4 encloses");
    bench.files.delete("/ws/late/late.go");
    bench.locator.invalidate();
    expect(await bench.find(late)).toBe("notFound");
  });

  test("to a cancelled request is empty and is not kept", async () => {
    const bench = new LocatorBench({ files: APP });
    const frame = frameOf("example.com/app/internal/store.(*Store).Get /b/internal/store/store.go:5");
    const cancelled = await bench.locator.locate(frame, { goVersion: null }, { isCancellationRequested: true });
    expect(cancelled).toEqual({ kind: "notFound", tried: [] });
    expect((await bench.locator.locate(frame, { goVersion: null }, { isCancellationRequested: false })).kind).toBe(
      "found",
    );
  });

  test("works on virtual file systems and in several folders", async () => {
    const bench = new LocatorBench({
      files: {
        "vscode-vfs://github/a/b/go.mod": "module a.com/b",
        "vscode-vfs://github/a/b/x.go": goFile("b", "F()"),
        "/two/y.go": goFile("two", "G()"),
      },
      folders: ["vscode-vfs://github/a/b", "/two"],
    });
    expect(await bench.find("a.com/b.F /home/ci/b/x.go:4")).toBe("vscode-vfs://github/a/b/x.go:4 encloses");
    expect(await bench.find("corp/two.G /home/ci/two/y.go:4")).toBe("/two/y.go:4 encloses");
  });

  test("without a workspace still finds Go's own sources", async () => {
    const files = { "/go/src/net/http/server.go": goFile("http", "(c *conn) serve()") };
    const bench = new LocatorBench({ files, folders: [], settings: { goroot: "/go" } });
    expect(await bench.find("net/http.(*conn).serve net/http/server.go:5")).toBe(
      "/go/src/net/http/server.go:5 encloses",
    );
    expect(await bench.find("a.com/b.F /b/x.go:5")).toBe("notFound");
  });
});
