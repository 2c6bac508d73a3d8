import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { DumpCache } from "../../../server/src/service/document/dumpCache.ts";
import { type ParseDumps, parseInTurns, type TextSize } from "../../../server/src/service/host/parseDumps.ts";
import type { CancellationToken, Clock } from "../../../server/src/service/base/ports.ts";
import type { LanguageServiceHost } from "../../../server/src/service/host/host.ts";
import { DEFAULT_SETTINGS } from "../../../server/src/service/host/settings.ts";
import { noToken, stillClock } from "../../support/openText.ts";
import { dumpDocument } from "../../support/serviceBench.ts";

const DUMP = "goroutine 1 [running]:\nmain.main()\n\t/a.go:3 +0x1\n";

/** Settings as they are unless a test says otherwise. */
const settings = () => Promise.resolve(DEFAULT_SETTINGS);

/** A cache that says how often it parsed, and with which tokens. */
function countingCache(settingsOf: LanguageServiceHost["settings"] = settings, goOn = Promise.resolve()) {
  const tokens: CancellationToken[] = [];
  const parse: ParseDumps = async (chunks, token, linePrefix) => {
    tokens.push(token);
    await goOn;
    return parseInTurns(stillClock)(chunks, token, linePrefix);
  };
  return { cache: new DumpCache({ parse, clock: stillClock, settings: settingsOf }), tokens };
}

describe("what was read of a document", () => {
  test("is read once a version, also when it is asked for twice at a time", async () => {
    const { cache, tokens } = countingCache();
    const document = dumpDocument(DUMP);
    const [first, second] = await Promise.all([cache.get(document, noToken), cache.get(document, noToken)]);
    expect(first?.dumps).toHaveLength(1);
    expect(second).toBe(first);
    expect(await cache.get(document, noToken)).toBe(first);
    expect(tokens).toHaveLength(1);
  });

  test("is told its size before it is read", async () => {
    const sizes: (TextSize | undefined)[] = [];
    const parse: ParseDumps = (chunks, token, linePrefix, size) => {
      sizes.push(size && { length: size.length, longestLine: size.longestLine });
      return parseInTurns(stillClock)(chunks, token, linePrefix);
    };
    await new DumpCache({ parse, clock: stillClock, settings }).get(dumpDocument(DUMP), noToken);
    expect(sizes).toEqual([{ length: DUMP.length, longestLine: "goroutine 1 [running]:\n".length }]);
  });

  test("of an older version is dropped, and its reading cancelled", async () => {
    let goOn: (() => void) | undefined;
    const { cache, tokens } = countingCache(settings, new Promise<void>((resolve) => (goOn = resolve)));
    const document = dumpDocument(DUMP);
    const old = cache.get(document, noToken);
    await expect.poll(() => tokens.length).toBe(1);
    TextDocument.update(document, [{ text: "nothing" }], 2);
    const present = cache.get(document, noToken);
    goOn?.();
    expect((await present)?.dumps).toEqual([]);
    expect(await old).toBeUndefined();
    expect(tokens.map((token) => token.isCancellationRequested)).toEqual([true, false]);
  });

  test("is the text as it was, whatever the document has become", async () => {
    const { cache } = countingCache();
    const document = dumpDocument(DUMP);
    const text = await cache.get(document, noToken);
    TextDocument.update(document, [{ text: "" }], 2);
    expect(text?.ranges.lineRange(2).end).toEqual({ line: 2, character: 13 });
  });

  test("is read again when a setting says what stands before its lines", async () => {
    let current = "";
    const { cache, tokens } = countingCache(() => Promise.resolve({ ...DEFAULT_SETTINGS, linePrefix: current }));
    const marked = DUMP.replaceAll(/^/gm, "x~").replace("x~", "y~");
    const document = dumpDocument(marked);
    const functionsFor = async (linePrefix: string) => {
      current = linePrefix;
      return (await cache.get(document, noToken))?.dumps.flatMap(({ dump }) => dump.functions);
    };
    expect(await functionsFor("")).toEqual(["x~main.main"]);
    expect(await functionsFor("*~")).toEqual(["main.main"]);
    expect(tokens).toHaveLength(2);
  });

  test("is forgotten when the document closes", async () => {
    const { cache, tokens } = countingCache();
    const document = dumpDocument(DUMP);
    await cache.get(document, noToken);
    cache.close(document.uri);
    await cache.get(document, noToken);
    expect(tokens.map((token) => token.isCancellationRequested)).toEqual([true, false]);
  });

  test("is not read when the document closes while its settings are asked for", async () => {
    const { cache, tokens } = countingCache();
    const document = dumpDocument(DUMP);
    const asked = cache.get(document, noToken);
    cache.close(document.uri);
    expect(await asked).toBeUndefined();
    expect(tokens).toEqual([]);
  });

  test("is undefined for a request that is cancelled", async () => {
    const { cache } = countingCache();
    expect(await cache.get(dumpDocument(DUMP), { isCancellationRequested: true })).toBeUndefined();
  });

  test("is tried again after a reading that failed", async () => {
    let isBroken = true;
    const cache = new DumpCache({
      parse: (chunks, token) =>
        isBroken ? Promise.reject(new Error("broken")) : parseInTurns(stillClock)(chunks, token),
      clock: stillClock,
      settings,
    });
    const document = dumpDocument(DUMP);
    await expect(cache.get(document, noToken)).rejects.toThrow("broken");
    isBroken = false;
    expect((await cache.get(document, noToken))?.dumps).toHaveLength(1);
  });
});

describe("reading in turns", () => {
  test("lets others have a turn, and stops when it is cancelled in between", async () => {
    const token = { isCancellationRequested: false };
    let now = 0;
    let turns = 0;
    const clock: Clock = {
      now: () => (now += 6),
      yieldTurn: async () => {
        turns++;
        token.isCancellationRequested = turns === 3;
      },
    };
    const chunk = new TextEncoder().encode(DUMP);
    let read = 0;
    function* chunks() {
      for (; read < 1000; read++) yield chunk;
    }
    expect(await parseInTurns(clock)(chunks(), token)).toBeUndefined();
    expect(turns).toBe(3);
    expect(read).toBeLessThan(20);
  });
});
