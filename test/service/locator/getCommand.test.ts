import { expect, test } from "vitest";
import { frameTarget } from "../../../server/src/service/locator/frameTarget.ts";
import { getCommand } from "../../../server/src/service/locator/getCommand.ts";
import { versionOf } from "../../../server/src/service/locator/standardPath.ts";

test.each([
  ["github.com/Acme/kit", "v1.4.2", "go mod download github.com/Acme/kit@v1.4.2"],
  ["gopkg.in/yaml.v3", "v3.0.1", "go mod download gopkg.in/yaml.v3@v3.0.1"],
  ["example.com/~jo/kit_2", "v2.0.0+incompatible", "go mod download example.com/~jo/kit_2@v2.0.0+incompatible"],
  ["a.com/b", "v0.0.0-20240102030405-abcdef123456", "go mod download a.com/b@v0.0.0-20240102030405-abcdef123456"],
  ["std", "1.22.3", "go run golang.org/dl/go1.22.3@latest download"],
  ["std", "1.23rc1", "go run golang.org/dl/go1.23rc1@latest download"],
])("%s %s is brought by a command", (module, version, command) => {
  expect(getCommand({ module, version })).toBe(command);
});

test.each([
  ["a.com/b;rm -rf x", "v1.0.0"],
  ["a.com/$(id)", "v1.0.0"],
  ["a.com/`id`", "v1.0.0"],
  ["a.com/b\nid", "v1.0.0"],
  ["a.com/b&&id", "v1.0.0"],
  ["a.com/b|id", "v1.0.0"],
  ["a.com/b%PATH%", "v1.0.0"],
  ["a.com/b'", "v1.0.0"],
  ["a.com\\b", "v1.0.0"],
  ["-modfile=x.com/b", "v1.0.0"],
  ["a.com/-b", "v1.0.0"],
  ["a.com/../b", "v1.0.0"],
  ["a.com//b", "v1.0.0"],
  ["a.com/b.", "v1.0.0"],
  ["/etc/passwd", "v1.0.0"],
  ["..", "v1.0.0"],
  ["kit", "v1.0.0"],
  ["cmd", "v1.0.0"],
  ["a.com/bücher", "v1.0.0"],
  [`a.com/${"b".repeat(300)}`, "v1.0.0"],
  ["a.com/b", "latest"],
  ["a.com/b", "v1"],
  ["a.com/b", "v1.0.0;id"],
  ["a.com/b", "v1.0.0 -x"],
  ["a.com/b", "v1.0.0+dirty"],
  ["a.com/b", "v1.0.0-\nid"],
  ["std", "1.22"],
  ["std", "1.22 or later"],
  ["std", "1.22.3;id"],
  ["std", "2.0.0"],
  ["std", "1.22.3/../../x"],
])("%j %j makes no command", (module, version) => {
  expect(getCommand({ module, version })).toBeUndefined();
});

test.each([
  ["/root/go/pkg/mod/github.com/!acme/kit@v1.5.0/pool.go", "go mod download github.com/Acme/kit@v1.5.0"],
  ["C:\\go\\pkg\\mod\\k8s.io\\klog@v2.0.0+incompatible\\a\\b.go", "go mod download k8s.io/klog@v2.0.0+incompatible"],
  ["github.com/gorilla/websocket@v1.5.0/conn.go", "go mod download github.com/gorilla/websocket@v1.5.0"],
  ["/src/main.go", undefined],
  ["a.com/x;rm -rf @v1.0.0/x.go", undefined],
  ["a.com/x@v1.0.0$(id)/x.go", undefined],
])("the source of a frame in %s is brought by %s", (file, command) => {
  const target = frameTarget({ function: "a.com/x.F", file, line: 1 });
  const version = typeof target === "string" ? undefined : versionOf(target, undefined);
  expect(version && getCommand(version)).toBe(command);
});
