import { describe, expect, test } from "vitest";
import type { FileSystem } from "../../../server/src/service/base/ports.ts";
import { createSourceLocator, type SourceLocator } from "../../../server/src/service/locator/sourceLocator.ts";
import { findBuiltSource } from "../../../server/src/service/revision/builtSource.ts";
import { frameOf } from "../../support/locatorBench.ts";
import { MemoryFileSystem, neverCancelled, silentLogger } from "../../support/memoryFileSystem.ts";
import { MemoryHistory } from "../../support/memoryHistory.ts";
import type { Release } from "../../support/releases.ts";

type Files = Readonly<Record<string, string>>;

/** A machine with files, and repositories: top folder to tags, the oldest first, to files. */
interface Machine {
  readonly files: Files;
  readonly repositories?: Readonly<Record<string, Readonly<Record<string, Files>>>>;
}

function locatorOver(fileSystem: FileSystem): SourceLocator {
  return createSourceLocator({
    fileSystem,
    logger: silentLogger,
    folders: [{ uri: "file:///ws", name: "ws" }],
    settings: { sourceMap: [], trusted: true, goroot: "/go", goModCache: "/cache" },
  });
}

/** What is found out of frames, written as `function file:line`, in the workspace `/ws`. */
async function built(
  { files, repositories = {} }: Machine,
  frames: readonly string[],
  goVersion: string | null = null,
) {
  const fileSystem = new MemoryFileSystem(files);
  const histories = Object.entries(repositories).map(
    ([top, tags]) => new MemoryHistory(releasesOf(tags), `file://${top}`),
  );
  const host = {
    fileSystem,
    folders: ["file:///ws"],
    locator: locatorOver(fileSystem),
    locatorOver,
    openHistory: async (folder: string) => histories.find(({ root }) => `${folder}/`.startsWith(`${root}/`)),
    clock: { now: () => 0 },
  };
  const all = frames.map(frameOf);
  const context = { goVersion, frames: all };
  const dump = { frames: all, context, readHead: async () => "", wanted: undefined };
  const source = await findBuiltSource(dump, host, neverCancelled);
  if (!source) throw new Error("nobody has cancelled it");
  const places = all.map((frame) => {
    const place = source.place(frame);
    const { drift, built: of, otherVersion, carried } = place ?? {};
    return { drift, revision: of?.revision.name, otherVersion, today: carried && carried.line + 1 };
  });
  return { ...source, places, isRead: source.locator !== undefined };
}

function releasesOf(tags: Readonly<Record<string, Files>>): readonly Release[] {
  return Object.entries(tags).map(([tag, files]) => ({ tag, files: new Map(Object.entries(files)), frames: [] }));
}

/** A file with a function of some lines, below some others. */
function goFile(name: string, func: string, before: number): string {
  const notes = Array.from({ length: before }, (_, line) => `// Note ${line}.\n`).join("");
  return `package ${name}\n\n${notes}func ${func} {\n\tprepare()\n\twork()\n\tfinish()\n}\n`;
}

/** Line of its call of `work`. */
const lineOf = (before: number): number => 3 + before + 2;

const GO = "/usr/local/go/src/net/http/server.go";
const serve = (before: number, file = GO): string => `net/http.(*conn).serve ${file}:${lineOf(before)}`;
const server = (before: number): string => goFile("http", "(c *conn) serve()", before);
const park = (before: number): string => `runtime.gopark /usr/local/go/src/runtime/proc.go:${lineOf(before)}`;
const proc = (before: number): string => goFile("runtime", "gopark()", before);

describe("Go itself", () => {
  const files = {
    "/ws/go.mod": "module example.com/app\n",
    "/go/VERSION": "go1.19.8\n",
    "/go/src/go.mod": "module std\n",
    "/go/src/net/http/server.go": server(1),
    "/go/src/runtime/proc.go": proc(1),
  };
  const wanted = { module: "std", wanted: "1.22.3", found: "1.19.8" };

  test("of another release is told, wherever its lines fall, and the workspace's source is read all the same", async () => {
    // The first is within the function, if not at its line; the second is outside of it.
    const { places, missing, isDrifted, isRead } = await built({ files }, [serve(2), serve(9)], "go1.22.3");
    expect(places).toMatchObject([
      { drift: "unknown", otherVersion: wanted },
      { drift: "other lines", otherVersion: wanted },
    ]);
    expect(missing).toEqual([{ module: "std", version: "1.22.3", frames: 2 }]);
    expect({ isDrifted, isRead }).toEqual({ isDrifted: false, isRead: true });
  });

  test("of the release of the dump is what it was built with", async () => {
    const { places, missing } = await built({ files }, [serve(1)], "go1.19.8");
    expect(places).toEqual([{ drift: "none", revision: undefined, otherVersion: undefined, today: undefined }]);
    expect(missing).toEqual([]);
  });

  test("of a dump that names no release fits as long as all frames do", async () => {
    expect((await built({ files }, [serve(1), park(1)])).places).toMatchObject([{ drift: "none" }, { drift: "none" }]);
    const other = { module: "std", wanted: null, found: "1.19.8" };
    const { places, missing } = await built({ files }, [serve(2), park(9)]);
    expect(places).toMatchObject([
      { drift: "unknown", otherVersion: other },
      { drift: "other lines", otherVersion: other },
    ]);
    expect(missing).toEqual([]);
  });

  const checkout = {
    files: { ...files, "/go/VERSION": "devel go1.24-0123abcd" },
    repositories: {
      "/go": Object.fromEntries(
        [10, 20, 30].map((before) => [
          `go1.2${before / 10}.0`,
          {
            "src/go.mod": "module std\n",
            "src/net/http/server.go": server(before),
            "src/runtime/proc.go": proc(before),
          },
        ]),
      ),
    },
  };

  test("of a checkout is read at the tag of the dump's release", async () => {
    const { places, missing, repositories } = await built(checkout, [serve(20), park(20)], "go1.22.0");
    const place = { drift: "other lines", revision: "go1.22.0", otherVersion: undefined, today: lineOf(1) };
    expect(places).toEqual([place, place]);
    expect(missing).toEqual([]);
    expect(repositories).toMatchObject([{ kind: "exact", isGo: true, frames: 2 }]);
  });

  test("of a checkout is read at the tag that its frames fit, when the dump names none", async () => {
    const { repositories, isRead } = await built(checkout, [serve(10), park(10)]);
    expect(repositories).toMatchObject([{ kind: "exact", revision: { name: "go1.21.0" } }]);
    expect(isRead).toBe(true);
  });

  test("of a checkout without the release is told to be another one, and no other tag is taken for it", async () => {
    const { places, repositories } = await built(checkout, [serve(20), park(20)], "go1.22.9");
    expect(places[0]).toMatchObject({ revision: undefined, otherVersion: { wanted: "1.22.9", found: null } });
    expect(repositories).toMatchObject([{ kind: "none", lacks: "go1.22.9" }]);
  });

  test("of a repository that is not Go's, only around it, is not looked for there", async () => {
    const around = { "/": checkout.repositories["/go"] };
    const { repositories } = await built({ ...checkout, repositories: around }, [serve(20)], "go1.22.0");
    expect(repositories).toEqual([]);
  });
});

function pool(before: number): string {
  return goFile("kit", "Get()", before);
}

function kit(before: number): Files {
  return { "go.mod": "module example.com/kit\n", "pool.go": pool(before) };
}

/** A checkout beside the workspace, which its `go.mod` puts in place of the module. */
function replaced(tags: Readonly<Record<string, Files>>): Machine {
  return {
    files: {
      "/ws/go.mod": "module example.com/app\nreplace example.com/kit => ../kit\n",
      "/kit/go.mod": "module example.com/kit\n",
      "/kit/pool.go": pool(1),
    },
    repositories: { "/kit": tags },
  };
}

/** A repository of two modules. */
function twoModules(before: number, inApi: number): Files {
  return {
    ...kit(before),
    "api/v2/go.mod": "module example.com/kit/api/v2\n",
    "api/v2/call.go": goFile("api", "Call()", inApi),
  };
}

describe("a module that the dump names with its version", () => {
  const KIT = "/root/go/pkg/mod/example.com/kit@v1.5.0/pool.go";
  const get = (before: number, file = KIT): string => `example.com/kit.Get ${file}:${lineOf(before)}`;
  test("is read at its tag where a checkout of it is at hand", async () => {
    const { places, isRead } = await built(replaced({ "v1.4.0": kit(10), "v1.5.0": kit(20), "v1.6.0": kit(30) }), [
      get(20),
    ]);
    expect(places).toMatchObject([{ drift: "other lines", revision: "v1.5.0", today: lineOf(1) }]);
    expect(isRead).toBe(true);
  });

  test("is read at its tag, too, where today's text would fit as well", async () => {
    const { places } = await built(replaced({ "v1.5.0": kit(1) }), [get(1)]);
    expect(places).toMatchObject([{ drift: "none", revision: "v1.5.0" }]);
  });

  test("is not taken for another tag that fits", async () => {
    const { places, isRead } = await built(replaced({ "v1.4.0": kit(10), "v1.5.1": kit(20) }), [get(20)]);
    expect(places).toMatchObject([{ drift: "other lines", revision: undefined }]);
    expect(isRead).toBe(false);
  });

  test("is not taken for another tag either where its own text is not what was built", async () => {
    const { places, repositories } = await built(replaced({ "v1.5.0": kit(30), "v1.5.1": kit(20) }), [get(20)]);
    expect(places).toMatchObject([{ revision: undefined }]);
    expect(repositories).toMatchObject([{ kind: "none", lacks: null }]);
  });

  test("means nothing where the build wrote it of a module that is replaced", async () => {
    const { places } = await built(replaced({ "v1.4.0": kit(10), "v1.5.1": kit(20) }), [
      get(20, "example.com/kit@v1.5.0/pool.go"),
    ]);
    expect(places).toMatchObject([{ drift: "other lines", revision: "v1.5.1" }]);
  });

  test("of the module cache is told to be another one, with what was wanted", async () => {
    const files = { "/ws/go.mod": "module example.com/app\n", "/cache/example.com/kit@v1.6.0/pool.go": pool(20) };
    const { places, missing } = await built({ files }, [get(20)]);
    const otherVersion = { module: "example.com/kit", wanted: "v1.5.0", found: "v1.6.0" };
    expect(places).toMatchObject([{ drift: "unknown", otherVersion }]);
    expect(missing).toEqual([{ module: "example.com/kit", version: "v1.5.0", frames: 1 }]);
  });

  test("that is nowhere is told to be missing", async () => {
    const { missing } = await built({ files: { "/ws/go.mod": "module example.com/app\n" } }, [get(20), get(6)]);
    expect(missing).toEqual([{ module: "example.com/kit", version: "v1.5.0", frames: 2 }]);
  });

  test("of a repository of several has the tags of its folder, and the others have theirs", async () => {
    const call = `example.com/kit/api/v2.Call /root/go/pkg/mod/example.com/kit/api/v2@v2.3.0/call.go:${lineOf(80)}`;
    const today = Object.entries(twoModules(1, 1)).map(([path, content]) => [`/ws/${path}`, content] as const);
    const repositories = {
      "/ws": { "v1.4.0": twoModules(10, 60), "v1.5.0": twoModules(20, 60), "api/v2.3.0": twoModules(30, 80) },
    };
    const { places, isRead } = await built({ files: Object.fromEntries(today), repositories }, [get(20), call]);
    expect(places).toMatchObject([{ revision: "v1.5.0" }, { revision: "api/v2.3.0" }]);
    // One folder cannot be read at two revisions.
    expect(isRead).toBe(false);
  });
});
