import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { parseGoEnv, readGoEnv } from "../../server/src/node/goEnv.ts";
import { programOf } from "../../server/src/node/program.ts";

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

test("on Windows the go of the PATH is asked, never one in the folder of the sources, on a share, or beside a device", () => {
  const asked: string[] = [];
  const find = (Path: string, there: readonly string[]) =>
    programOf("go", { Path }, "win32", (path) => asked.push(path) > 0 && there.includes(path));

  expect(find(".;;bin;\\\\host\\share;\\\\.\\C:;C:\\Go\\bin;D:/tools", ["D:\\tools\\go.exe"])).toBe(
    "D:\\tools\\go.exe",
  );
  expect(asked).toEqual(["C:\\Go\\bin\\go.exe", "D:\\tools\\go.exe"]);
  expect(find("C:\\Go\\bin", ["go.exe", ".\\go.exe"])).toBeUndefined();
  expect(programOf("go", {}, "linux")).toBe("go");
});
