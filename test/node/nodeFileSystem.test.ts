import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeFileSystem, readNodeText } from "../../server/src/node/nodeFileSystem.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goroutine dump "));
  await mkdir(join(folder, "sub"));
  await writeFile(join(folder, "a%20b.go"), "package a\n");
  await symlink(join(folder, "sub"), join(folder, "link"));
});

afterAll(() => rm(folder, { recursive: true }));

function uriOf(...names: readonly string[]): string {
  return pathToFileURL(join(folder, ...names)).toString();
}

test("a file is read up to a size, whatever its name holds", async () => {
  const bytes = await nodeFileSystem.readFile(uriOf("a%20b.go"), 100);
  expect(new TextDecoder().decode(bytes)).toBe("package a\n");
  expect(await nodeFileSystem.readFile(uriOf("a%20b.go"), 9)).toBeUndefined();
  expect(await nodeFileSystem.readFile(uriOf("sub"), 100)).toBeUndefined();
});

test("a text is read as UTF-8, without its mark, and what is no UTF-8 is absent", async () => {
  await writeFile(join(folder, "sub", "marked.txt"), "\ufeffgoroutine é\r\n");
  await writeFile(join(folder, "sub", "latin.txt"), Buffer.from("goroutine é", "latin1"));
  expect(await readNodeText(uriOf("sub", "marked.txt"), 100)).toBe("goroutine é\r\n");
  expect(await readNodeText(uriOf("sub", "marked.txt"), 10)).toBeUndefined();
  expect(await readNodeText(uriOf("sub", "latin.txt"), 100)).toBeUndefined();
  expect(await readNodeText(uriOf("none.txt"), 100)).toBeUndefined();
});

test("a folder lists files, folders, and links as something else", async () => {
  const entries = await nodeFileSystem.readDirectory(uriOf());
  expect(new Map(entries)).toEqual(
    new Map([
      ["a%20b.go", "file"],
      ["link", "other"],
      ["sub", "directory"],
    ]),
  );
});

test("a link is followed when it is asked for itself", async () => {
  expect((await nodeFileSystem.stat(uriOf("link")))?.kind).toBe("directory");
  expect((await nodeFileSystem.stat(uriOf("a%20b.go")))?.size).toBe(10);
});

test.each([
  "file://host/share/x.go",
  "file:////host/share/x.go",
  "https://example.com/x.go",
  "file:///%00",
  "vscode-vfs://a/b",
  "",
])("%s is absent", async (uri) => {
  expect(await nodeFileSystem.stat(uri)).toBeUndefined();
  expect(await nodeFileSystem.readFile(uri, 100)).toBeUndefined();
  expect(await nodeFileSystem.readDirectory(uri)).toEqual([]);
});

test("what does not exist is absent", async () => {
  expect(await nodeFileSystem.stat(uriOf("none.go"))).toBeUndefined();
  expect(await nodeFileSystem.readFile(uriOf("none.go"), 100)).toBeUndefined();
  expect(await nodeFileSystem.readDirectory(uriOf("none"))).toEqual([]);
});
