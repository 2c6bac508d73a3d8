// Writes a dump as people have it: with the line ends of Windows, or behind what a log puts before each line.
import { closeSync, openSync, readSync, writeSync } from "node:fs";

const CHUNK = 1 << 20;
/** Lines that a log's clock takes for a millisecond. */
const LINES_A_MILLISECOND = 500;

/** Ways to wrap a line (without its end), by name. */
export const WRAPPINGS = {
  crlf: (line) => `${line}\r\n`,
  cri: (line, number) => `${timestamp(number)} stderr F ${line}\n`,
  json: (line, number) => `${JSON.stringify({ log: `${line}\n`, stream: "stderr", time: timestamp(number) })}\n`,
};

/** Copies a dump, each line wrapped. */
export function wrapDump(from, to, wrapping) {
  const wrap = WRAPPINGS[wrapping];
  const [source, target] = [openSync(from, "r"), openSync(to, "w")];
  const buffer = Buffer.alloc(CHUNK);
  let rest = "";
  let number = 0;
  for (let length = readSync(source, buffer); length > 0; length = readSync(source, buffer)) {
    const lines = (rest + buffer.latin1Slice(0, length)).split("\n");
    rest = lines.pop();
    writeSync(target, lines.map((line) => wrap(line, number++)).join(""), null, "latin1");
  }
  closeSync(source);
  closeSync(target);
}

/** As the kubelet writes it: nanoseconds, all of them different. */
function timestamp(number) {
  const time = new Date(Date.UTC(2026, 0, 2, 3, 4, 5) + Math.floor(number / LINES_A_MILLISECOND)).toISOString();
  return `${time.slice(0, -1)}${String((number * 1999) % 1_000_000).padStart(6, "0")}Z`;
}
