import { describe, expect, it } from "vitest";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { condensedFiles } from "../../support/condensed.ts";
import type { LargeFiles } from "../../../server/src/service/host/largeFiles.ts";

const BLOCK = (id: number) =>
  `goroutine ${id} [select, 4 minutes]:\nmain.f(0x${id}, {0xc000012345, 0x2})\n\t/src/f.go:3 +0x1d\n`;
const TEXT = encodeUtf8([1, 2, 3].map(BLOCK).join("\n"));
const TOKEN = { isCancellationRequested: false };

/** A disk with one file on it. */
const FILES: LargeFiles = {
  read: (uri, token, progress) => {
    progress(TEXT.length, TEXT.length);
    if (token.isCancellationRequested) return Promise.resolve({ kind: "cancelled" });
    if (uri !== "file:///big.txt") return Promise.resolve({ kind: "failed", message: "no such file" });
    return Promise.resolve({ kind: "reading", reading: readDumps(TEXT) });
  },
  readSpans: (_, spans) => Promise.resolve(spans.map(({ start, end }) => TEXT.slice(start, end))),
};

describe("a file shown condensed", () => {
  it("is a dump with the goroutines counted, and tells how far its reading has come", async () => {
    const told: number[] = [];
    const result = await condensedFiles(FILES).open("file:///big.txt", TOKEN, (bytes) => told.push(bytes));
    expect(result).toMatchObject({ kind: "text", dumps: 1, goroutines: 3, notes: [] });
    expect(result.kind === "text" && result.text).toContain("... and 2 more goroutines with this stack");
    expect(told).toEqual([TEXT.length]);
  });

  it("gives the text of one goroutine with its arguments until it is closed", async () => {
    const files = condensedFiles(FILES);
    await files.open("file:///big.txt", TOKEN, () => {});
    expect(await files.fullText("file:///big.txt", 2, TOKEN)).toEqual({ text: BLOCK(2) });
    expect(await files.fullText("file:///big.txt", 3, TOKEN)).toEqual({ text: BLOCK(3) });
    expect(await files.fullText("file:///big.txt", 4, TOKEN)).toBeNull();
    files.close("file:///big.txt");
    expect(await files.fullText("file:///big.txt", 2, TOKEN)).toBeNull();
  });

  it("says why it cannot be read, and that reading was cancelled", async () => {
    const files = condensedFiles(FILES);
    const open = (uri: string, token = TOKEN) => files.open(uri, token, () => {});
    expect(await open("file:///other.txt")).toEqual({ kind: "failed", reason: "no such file" });
    expect(await open("file:///big.txt", { isCancellationRequested: true })).toEqual({ kind: "cancelled" });
    expect(await condensedFiles(undefined).open("file:///big.txt", TOKEN, () => {})).toMatchObject({
      kind: "failed",
    });
  });
});
