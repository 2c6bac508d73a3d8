import { afterEach, expect, test } from "vitest";
import type { Hover, LocationLink } from "vscode-languageserver-types";
import type { FrameResolution, SourceVersionResult } from "../../server/src/protocol/index.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { goFile } from "../support/locatorBench.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";

const DUMP = "file:///dumps/app.dump";
const TEXT = `goroutine 7 [IO wait]:
net/http.(*conn).serve(0x1)
	/home/dev/sdk/go1.22.3/src/net/http/server.go:5 +0x2f
example.com/kit.Get(0x1)
	/root/go/pkg/mod/example.com/kit@v1.5.0/pool.go:5 +0x2f
`;
const serve = { function: "net/http.(*conn).serve", file: "/home/dev/sdk/go1.22.3/src/net/http/server.go", line: 5 };
const get = { function: "example.com/kit.Get", file: "/root/go/pkg/mod/example.com/kit@v1.5.0/pool.go", line: 5 };
const WARNING = "The program was built with Go 1.22.3; here is Go 1.19.8.";
const COMMAND = "go run golang.org/dl/go1.22.3@latest download";

let pair: Pair;
let files: MemoryFileSystem;

async function open(): Promise<void> {
  files = new MemoryFileSystem({
    "/ws/go.mod": "module example.com/app\n",
    "/go/VERSION": "go1.19.8\n",
    "/go/src/net/http/server.go": goFile("http", "(c *conn) serve()"),
  });
  pair = await connectPair({
    params: {
      workspaceFolders: [{ uri: "file:///ws", name: "ws" }],
      initializationOptions: { trusted: true },
    },
    platform: { fileSystem: files, goEnv: async () => ({ GOROOT: "/go", GOMODCACHE: "/cache" }) },
  });
  await pair.open(DUMP, TEXT);
}

afterEach(() => pair.dispose());

function resolve(frame: typeof serve, more: object = {}): Promise<FrameResolution> {
  return pair.client.sendRequest("goroutineDump/resolveFrame", { uri: DUMP, frame, ...more });
}

function version(sourceUri: string): Promise<SourceVersionResult> {
  return pair.client.sendRequest("goroutineDump/sourceVersion", { uri: DUMP, sourceUri });
}

test("a file of another release of Go is opened with what was wanted, what is here, and what brings it", async () => {
  await open();
  expect(await resolve(serve)).toMatchObject({
    kind: "found",
    place: { uri: "file:///go/src/net/http/server.go" },
    warning: WARNING,
    isOtherVersion: true,
    get: COMMAND,
  });
  const position = { line: 2, character: 10 };
  const hover = await pair.client.sendRequest<Hover>("textDocument/hover", { textDocument: { uri: DUMP }, position });
  const { value } = hover.contents as { readonly value: string };
  expect(value).toContain("Careful: The program was built with Go 1.22.3; here is Go 1.19.8.");
  expect(value).toContain(`To get the right one: ${COMMAND}`);
});

test("whoever comes to the file in another way can ask whether it is the right one", async () => {
  await open();
  const place = { textDocument: { uri: DUMP }, position: { line: 2, character: 10 } };
  const links = await pair.client.sendRequest<LocationLink[]>("textDocument/definition", place);
  const { targetUri = "", uri = targetUri } = (links[0] ?? {}) as { targetUri?: string; uri?: string };
  expect(await version(uri)).toEqual({ warning: WARNING, get: COMMAND });
  expect(await version("file:///go/src/net/http/client.go")).toBeNull();
});

test("a file that is not here has a command that brings it, and is found once it has come", async () => {
  await open();
  expect(await resolve(get)).toMatchObject({ kind: "notFound", get: "go mod download example.com/kit@v1.5.0" });
  files.write("/cache/example.com/kit@v1.5.0/pool.go", goFile("kit", "Get()"));
  expect(await resolve(get)).toMatchObject({ kind: "notFound" });
  expect(await resolve(get, { anew: true })).toMatchObject({ kind: "found", warning: null, get: null });
});

test("a file whose version the dump does not name needs no command", async () => {
  await open();
  expect(await resolve({ ...get, file: "/src/kit/pool.go" })).toMatchObject({ kind: "notFound", get: null });
});
