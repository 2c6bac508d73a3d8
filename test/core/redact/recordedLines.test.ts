import { expect, it } from "vitest";
import { DumpReader } from "../../../server/src/core/read/dumpReader.ts";
import { redacted } from "../../../server/src/core/redact/redact.ts";
import { RecordedLines } from "../../../server/src/core/redact/recordedLines.ts";

const GOROUTINE = "goroutine 7 [running]:\nmain.f()\n\t/x/a.go:1 +0x1\n";

function record(text: string) {
  const lines = new RecordedLines();
  const reader = new DumpReader("", lines);
  reader.push(new TextEncoder().encode(text));
  return { lines, dumps: reader.end().dumps };
}

function redact(text: string): string {
  const { lines, dumps } = record(text);
  return [...redacted(dumps, lines, { privatePaths: [] })].join("");
}

it("keeps of other text as many lines as the redacted dump has use for", () => {
  const { lines } = record(`${GOROUTINE}\n${"somebody logged in\n".repeat(1000)}\n${GOROUTINE}`);
  const kept = [...lines.texts].flatMap((text) => text.lines);
  expect(kept.length).toBeLessThan(70);
  expect(kept.join()).not.toContain("somebody");
});

it("keeps a line once, however often it comes", () => {
  const { lines } = record(`${GOROUTINE}\n`.repeat(10));
  const [text] = lines.texts;
  expect(new Set(text?.lines).size).toBe(4);
});

it("keeps the line of a log that tells of the panic right above a goroutine, and of no other", () => {
  const logged = "2026/01/02 http: panic serving 10.0.0.1:5: boom\n";
  expect(redact(`${GOROUTINE}\nhello\n${logged}${GOROUTINE}`)).toContain("log: panic serving ip1: boom\ngoroutine");
  expect(redact(`${GOROUTINE}\n${"good morning\n".repeat(60)}${logged}good evening\n${GOROUTINE}`)).not.toContain(
    "boom",
  );
});
