import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { GO_STATEMENT, type SourceFrame } from "../../server/src/service/locator/located.ts";

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
  let above: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const frame = profileFrame(line) ?? tracebackFrame(call, line);
    if (frame) {
      const calls = call.startsWith("created by ") ? GO_STATEMENT : above;
      frames.set(JSON.stringify(frame), calls === undefined ? frame : { ...frame, calls });
      above = frame.function;
    } else if (!CALL.test(line)) above = undefined;
    call = line;
  }
  return [...frames.values()];
}

function profileFrame(line: string): SourceFrame | undefined {
  const [, name, file, number] = PROFILE_LINE.exec(line) ?? [];
  return name === undefined || file === undefined ? undefined : { function: name, file, line: Number(number) };
}

function tracebackFrame(call: string, line: string): SourceFrame | undefined {
  const [, file, number] = LOCATION.exec(line) ?? [];
  const name = CALL.exec(call)?.[1];
  return name === undefined || file === undefined ? undefined : { function: name, file, line: Number(number) };
}
