import { expect, test } from "vitest";
import { parseGoMod } from "../../../server/src/service/golang/goMod.ts";
import { escapeModule, unescapeModule, versionedPath } from "../../../server/src/service/locator/modulePath.ts";

test("a go.mod tells its module, what it requires and what it replaces", () => {
  const file = parseGoMod(`// a comment
module "example.com/app" // the module

go 1.22

require github.com/a/b v1.0.0
require (
	github.com/c/d/v2 v2.3.4 // indirect
	gopkg.in/yaml.v3 v3.0.1
)

replace github.com/a/b => ../b
replace (
	github.com/c/d/v2 v2.3.4 => github.com/me/d v0.0.0-20240101000000-abcdef
	"github.com/e/f" => \`./third party/f\`
)
exclude github.com/x/y v1.0.0
`);
  expect(file.module).toBe("example.com/app");
  expect([...file.requires]).toEqual([
    ["github.com/a/b", "v1.0.0"],
    ["github.com/c/d/v2", "v2.3.4"],
    ["gopkg.in/yaml.v3", "v3.0.1"],
  ]);
  expect(file.replaces).toEqual([
    { module: "github.com/a/b", version: undefined, target: "../b", targetVersion: undefined },
    {
      module: "github.com/c/d/v2",
      version: "v2.3.4",
      target: "github.com/me/d",
      targetVersion: "v0.0.0-20240101000000-abcdef",
    },
    { module: "github.com/e/f", version: undefined, target: "./third party/f", targetVersion: undefined },
  ]);
});

test("a go.work tells the folders it uses, CRLF or not", () => {
  expect(parseGoMod("go 1.22\r\nuse ./a\r\nuse (\r\n\t./b // b\r\n\t../c\r\n)\r\n").uses).toEqual([
    "./a",
    "./b",
    "../c",
  ]);
});

test.each(["", "module", "module (", "replace a =>", "replace => b", "require (\n)", ")))", '"', "\0"])(
  "the broken file %j is read as far as it goes",
  (text) => {
    expect(parseGoMod(text)).toMatchObject({ module: "", replaces: [], uses: [] });
  },
);

test("upper-case letters are written with an exclamation mark in the module cache", () => {
  expect(escapeModule("github.com/BurntSushi/toml@v1.4.0")).toBe("github.com/!burnt!sushi/toml@v1.4.0");
  expect(unescapeModule("github.com/!burnt!sushi/toml")).toBe("github.com/BurntSushi/toml");
});

test.each([
  ["/home/a/go/pkg/mod/github.com/!acme/kit@v1.4.2/pool/pool.go", "github.com/Acme/kit", "v1.4.2", "pool/pool.go"],
  ["/home/a.b/go/pkg/mod/gopkg.in/x.v2@v2.1.0/x.go", "gopkg.in/x.v2", "v2.1.0", "x.go"],
  ["github.com/acme/queue/v2@v2.3.0/queue.go", "github.com/acme/queue/v2", "v2.3.0", "queue.go"],
  [
    "/modcache/github.com/a/b@v0.0.0-20240101000000-abcdef012345/c/d.go",
    "github.com/a/b",
    "v0.0.0-20240101000000-abcdef012345",
    "c/d.go",
  ],
  ["/home/a/x@y/main.go", undefined, undefined, undefined],
  ["/home/a/x/main.go", undefined, undefined, undefined],
])("%s is of module %s at %s", (path, module, version, rest) => {
  const found = versionedPath(path.split("/").filter((segment) => segment !== ""));
  expect([found?.module, found?.version, found?.rest.join("/")]).toEqual([module, version, rest]);
});
