import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { SourceFrame } from "../../server/src/service/source/located.ts";

/** A call line and its location line, as tracebacks and race reports print them. */
const CALL = /^\s*(?:created by )?(\S.*?)(?:\((?:[0-9a-fx?{}_,. ]|\.\.\.)*\))?(?: in goroutine \d+)?$/;
const LOCATION = /^\s+(\S.*):(\d+)(?: \+0x.*)?$/;
/** `#	0x49de2d	main.f+0x24	/src/main.go:12` */
const PROFILE_LINE = /^#\t+0x[0-9a-f]+\t+(\S.*)\+0x[0-9a-f]+\t+(.+):(\d+)$/;

/** The distinct frames of a dump in text, read with patterns of its own: it is not the parser that is tested with it. */
export function readFrames(path: string): readonly SourceFrame[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
  const frames = new Map<string, SourceFrame>();
  let call = "";
  for (const line of text.split(/\r?\n/)) {
    const [, name, , atLine] = PROFILE_LINE.exec(line) ?? [];
    const [, file, number] = atLine === undefined ? (LOCATION.exec(line) ?? []) : PROFILE_LINE.exec(line)!.slice(1);
    const fn = name ?? CALL.exec(call)?.[1];
    if (file !== undefined && fn !== undefined) {
      const frame = { function: fn, file, line: Number(number) };
      frames.set(JSON.stringify(frame), frame);
    }
    call = line;
  }
  return [...frames.values()];
}
