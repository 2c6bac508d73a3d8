import { expect, test, vi } from "vitest";
import { PLAIN_CLIENT } from "../../server/src/service/host.ts";
import { DEFAULT_SETTINGS } from "../../server/src/service/settings.ts";
import { Sources } from "../../server/src/service/sources.ts";
import { goFile } from "../support/locatorBench.ts";
import { MemoryFileSystem, neverCancelled, silentLogger } from "../support/memoryFileSystem.ts";
import { openText, stillClock } from "../support/openText.ts";

const DUMP = "goroutine 7 [chan send]:\nexample.com/app.work()\n\t/build/app.go:4 +0x1\n";

function sourcesOver(files: MemoryFileSystem): Sources {
  return new Sources({
    fileSystem: files,
    logger: silentLogger,
    clock: stillClock,
    parse: () => Promise.resolve(undefined),
    client: PLAIN_CLIENT,
    settings: () => Promise.resolve(DEFAULT_SETTINGS),
    folders: () => [{ uri: "file:///ws", name: "ws" }],
    trusted: false,
    chosenSources: {},
  });
}

test("the source is read for the findings once, and again when a file has changed", async () => {
  const files = new MemoryFileSystem({ "/ws/go.mod": "module example.com/app", "/ws/app.go": goFile("app", "work()") });
  const sources = sourcesOver(files);
  const text = await openText(DUMP);
  const useSource = vi.spyOn(text, "useSource");
  await sources.readFacts(text, neverCancelled);
  await sources.readFacts(text, neverCancelled);
  expect(useSource).toHaveBeenCalledTimes(1);
  sources.invalidate("file:///ws/app.go");
  await sources.readFacts(text, neverCancelled);
  expect(useSource).toHaveBeenCalledTimes(2);
});

test("a cancelled reading leaves the findings as they are", async () => {
  const text = await openText(DUMP);
  const useSource = vi.spyOn(text, "useSource");
  await sourcesOver(new MemoryFileSystem()).readFacts(text, { isCancellationRequested: true });
  expect(useSource).not.toHaveBeenCalled();
});
