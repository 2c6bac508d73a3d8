import { DumpReader } from "../../core/read/dumpReader.ts";
import { RecordedLines } from "../../core/redact/recordedLines.ts";
import { redacted } from "../../core/redact/redact.ts";
import { Redactor } from "../../core/redact/redactor.ts";
import type { Steps } from "../../core/steps.ts";
import type { OpenText } from "../document/openText.ts";

/** Bytes read in one step. */
const STEP = 64 * 1024;

/** How a text is redacted. */
export interface RedactingOptions {
  readonly privatePaths: readonly string[];
  /** What stands before each line, see the setting of that name. */
  readonly linePrefix: string;
}

/** The dumps of a text redacted, or a part of it with the names that it has among them. Undefined: it holds no dump. */
export function* redactSteps(
  { reading, ranges }: OpenText,
  part: string | null,
  { privatePaths, linePrefix }: RedactingOptions,
): Steps<string | undefined> {
  if (reading.dumps.length === 0) return undefined;
  if (part !== null) {
    const redactor = new Redactor(reading.dumps, { privatePaths });
    return part
      .split("\n")
      .map((line) => redactor.line(line))
      .join("\n");
  }
  const lines = new RecordedLines();
  const reader = new DumpReader(linePrefix, lines);
  for (let start = 0; start < reading.bytes; start += STEP) {
    reader.push(ranges.bytes({ start, end: Math.min(reading.bytes, start + STEP) }));
    yield;
  }
  reader.end();
  let text = "";
  for (const piece of redacted(reading.dumps, lines, { privatePaths })) {
    text += piece;
    yield;
  }
  return text;
}
