// The reader that anybody would write first, as a yardstick: stream, split into lines, one regular expression a line.
// Usage: node test/bench/naive.mjs FILE
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const HEADER = /^goroutine (\d+) \[([^,\]]+)(?:, (\d+) minutes)?.*\]:$/;
const CALL = /^(\S.*)\(.*\)$/;
const PLACE = /^\t(.+):(\d+)(?: \+0x[0-9a-f]+)?$/;

const groups = new Map();
let goroutine = null;

function close() {
  if (goroutine === null) return;
  const key = `${goroutine.state}\n${goroutine.frames.join("\n")}`;
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [goroutine.id]);
  else group.push(goroutine.id);
  goroutine = null;
}

for await (const line of createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Infinity })) {
  const header = HEADER.exec(line);
  if (header !== null) {
    close();
    goroutine = { id: Number(header[1]), state: header[2], frames: [] };
  } else if (goroutine !== null) {
    const frame = CALL.exec(line) ?? PLACE.exec(line);
    if (frame !== null) goroutine.frames.push(frame[1]);
  }
}
close();
console.log(`${[...groups.values()].reduce((sum, ids) => sum + ids.length, 0)} goroutines in ${groups.size} groups`);
