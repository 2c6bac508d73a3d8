import { expect, it } from "vitest";
import { IgnoreFiles } from "../../../server/src/service/findings/ignoreFiles.ts";
import { MemoryFileSystem } from "../../support/memoryFileSystem.ts";

it.each([
  ["beside a folder whose name begins alike", ["file:///w/app", "file:///w/app-next"], "file:///w/app-next/x.dump", 1],
  ["in the deeper of two folders", ["file:///w/mono", "file:///w/mono/svc"], "file:///w/mono/svc/x.dump", 1],
  ["in the outer of two folders", ["file:///w/mono", "file:///w/mono/svc"], "file:///w/mono/x.dump", 0],
  ["in no folder", ["file:///w/app", "file:///w/b"], "file:///tmp/x.dump", 0],
])("a dump %s is on the list of its own folder", async (_, folders, dump, own) => {
  const files = new IgnoreFiles({
    fileSystem: new MemoryFileSystem(),
    folders: () => folders.map((uri) => ({ uri, name: "x" })),
  });

  expect((await files.readFor(dump))?.uri).toBe(`${folders[own]}/.goroutine-dump-ignore`);
});
