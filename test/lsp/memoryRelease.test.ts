import { DidCloseTextDocumentNotification, FoldingRangeRequest } from "vscode-languageserver/node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memoryRelease } from "../../server/src/lsp/memoryRelease.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { silentLogger } from "../support/memoryFileSystem.ts";

const uri = "file:///w/large.dump";
const LARGE = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:1 +0x1\n\n".repeat(40_000);
const collectGarbage = vi.fn<() => Promise<void>>(() => Promise.resolve());

let pair: Pair;
beforeEach(async () => {
  collectGarbage.mockClear();
  pair = await connectPair({ platform: { collectGarbage } });
});
afterEach(() => pair.dispose());

async function openAndClose(text: string): Promise<void> {
  const textDocument = { uri };
  await pair.open(uri, text);
  await pair.client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
  await pair.client.sendRequest(FoldingRangeRequest.type, { textDocument });
}

test("memory is given back when a large document was closed, once for several", async () => {
  await openAndClose(LARGE);
  await openAndClose(LARGE);
  expect(collectGarbage).not.toHaveBeenCalled();
  pair.timers.runAll();
  expect(collectGarbage).toHaveBeenCalledOnce();
});

test("memory is given back when a condensed file was closed", async () => {
  await pair.client.sendRequest("goroutineDump/closeFile", { uri });
  pair.timers.runAll();
  expect(collectGarbage).toHaveBeenCalledOnce();
});

test("a small document is not worth it", async () => {
  await openAndClose("goroutine 1 [running]:\n");
  pair.timers.runAll();
  expect(collectGarbage).not.toHaveBeenCalled();
});

test("what is opened meanwhile begins the wait anew, and begins none by itself", () => {
  const begun: string[] = [];
  const platform = {
    collectGarbage,
    after: (_: number, run: () => void) => {
      begun.push("wait");
      if (begun.length === 3) run();
      return () => void begun.push("called off");
    },
  };
  const memory = memoryRelease(platform, silentLogger);

  memory.opened();
  expect(begun).toEqual([]);
  memory.closed();
  expect(begun).toEqual(["wait"]);
  memory.opened();
  expect(begun).toEqual(["wait", "called off", "wait"]);
  expect(collectGarbage).toHaveBeenCalledOnce();
});
