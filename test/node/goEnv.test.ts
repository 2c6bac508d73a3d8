import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { parseGoEnv, readGoEnv } from "../../server/src/node/goEnv.ts";

test("a Go that is not installed gives no environment", async () => {
  expect(await readGoEnv(tmpdir(), "goroutine-dump-no-such-command")).toBeUndefined();
});

test("a command that answers something else gives no environment", async () => {
  expect(await readGoEnv(tmpdir(), process.execPath)).toBeUndefined();
});

test.each([
  ['{"GOROOT":"/usr/local/go","GOPATH":"/home/a/go"}', { GOROOT: "/usr/local/go", GOPATH: "/home/a/go" }],
  ['{"GOROOT":"","GOMODCACHE":"C:\\\\go\\\\mod"}', { GOMODCACHE: "C:\\go\\mod" }],
  ['{"GOROOT":7}', {}],
  ["null", undefined],
  ["go: no such tool", undefined],
])("go env -json %s is read as %o", (json, expected) => {
  expect(parseGoEnv(json)).toEqual(expected);
});
