import { expect, test } from "vitest";
import { AnalysedTexts } from "../../../server/src/service/findings/analyses.ts";
import { JudgedDumps } from "../../../server/src/service/analysis/judgedDumps.ts";
import { type LanguageServiceHost, PLAIN_CLIENT } from "../../../server/src/service/host/host.ts";
import { IgnoreFiles } from "../../../server/src/service/findings/ignoreFiles.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../server/src/service/host/settings.ts";
import type { Clock } from "../../../server/src/service/base/ports.ts";
import { Sources } from "../../../server/src/service/document/sources.ts";
import { goFile } from "../../support/locatorBench.ts";
import { MemoryFileSystem, silentLogger } from "../../support/memoryFileSystem.ts";
import { openText, stillClock } from "../../support/openText.ts";

const DUMP = "goroutine 7 [chan send (nil chan)]:\nexample.com/app.work()\n\t/build/app.go:4 +0x1\n";

/** What the rules are run with: a workspace that holds the source, and settings that a test may change. */
function bench(clock: Clock = stillClock) {
  const files = new MemoryFileSystem({ "/ws/go.mod": "module example.com/app", "/ws/app.go": goFile("app", "work()") });
  let current: Settings = DEFAULT_SETTINGS;
  const host: LanguageServiceHost = {
    fileSystem: files,
    logger: silentLogger,
    clock,
    parse: () => Promise.resolve(undefined),
    client: PLAIN_CLIENT,
    settings: () => Promise.resolve(current),
    folders: () => [{ uri: "file:///ws", name: "ws" }],
    trusted: false,
    chosenSources: {},
    chosenRevisions: {},
  };
  const sources = new Sources(host);
  return {
    files,
    sources,
    analyses: new AnalysedTexts(host, new JudgedDumps(host, sources), new IgnoreFiles(host), {
      wholeOf: () => undefined,
    }),
    set: (settings: Settings) => (current = settings),
  };
}

test("a text is analysed once, and again when a source file has changed", async () => {
  const { files, sources, analyses } = bench();
  const text = await openText(DUMP);
  const first = await analyses.of(text);
  expect(first[0]?.findings.map(({ rule }) => rule)).toEqual(["nil-channel"]);
  expect(files.calls).toContain("file:///ws/app.go");
  expect(await analyses.of(text)).toBe(first);
  sources.invalidate("file:///ws/app.go");
  expect(await analyses.of(text)).not.toBe(first);
});

test("a rule that is switched off says nothing, at once", async () => {
  const { analyses, set } = bench();
  const text = await openText(DUMP);
  expect((await analyses.of(text))[0]?.findings).toHaveLength(1);
  set({ ...DEFAULT_SETTINGS, rules: { "nil-channel": "off" } });
  expect((await analyses.of(text))[0]?.findings).toEqual([]);
});

test("a text that is out of date is not analysed to its end", async () => {
  const { analyses } = bench();
  const text = await openText(DUMP);
  Object.assign(text.token, { isCancellationRequested: true });
  expect((await analyses.of(text))[0]?.findings).toEqual([]);
});

test("thousands of dumps are analysed in turns, too: each takes its steps when the one before has ended", async () => {
  let looks = 0;
  let longest = 0;
  let time = 0;
  // Each look at the clock is a step that takes a millisecond. How many are there in one turn of the loop?
  const clock: Clock = {
    now: () => {
      looks++;
      return ++time;
    },
    yieldTurn: () => new Promise((resolve) => void setImmediate(resolve)),
  };
  const count = (): void => {
    longest = Math.max(longest, looks);
    looks = 0;
    watching = setImmediate(count);
  };
  const { analyses } = bench(clock);
  const text = await openText(`${DUMP}\n`.repeat(500));
  let watching = setImmediate(count);
  const findings = await analyses.of(text);
  clearImmediate(watching);

  expect(findings).toHaveLength(500);
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(50);
});
