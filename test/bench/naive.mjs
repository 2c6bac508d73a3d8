// The reader that anybody would write first, as a yardstick: stream, split into lines, one regular expression a line, an
// object for each goroutine with its frames, and in the end groups of those that have the same stack, as JSON, or folded
// as for a flame graph.
// Usage: node test/bench/naive.mjs FILE [--folded]
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const HEADER = /^goroutine (\d+) \[([^,\]]+)(?:, (\d+) minutes)?.*\]:$/;
const CREATED = /^created by (.+?)(?: in goroutine (\d+))?$/;
const CALL = /^(\S.*)\((.*)\)$/;
const PLACE = /^\t(.+):(\d+)(?: \+0x[0-9a-f]+)?$/;

async function read(path) {
  const goroutines = [];
  let goroutine = null;
  let frame = null;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    let match;
    if ((match = HEADER.exec(line)) !== null) {
      goroutine = {
        id: Number(match[1]),
        state: match[2],
        minutes: Number(match[3] ?? 0),
        frames: [],
        createdBy: null,
      };
      goroutines.push(goroutine);
    } else if (goroutine === null) {
      continue;
    } else if ((match = PLACE.exec(line)) !== null) {
      frame.file = match[1];
      frame.line = Number(match[2]);
    } else if ((match = CREATED.exec(line)) !== null) {
      frame = goroutine.createdBy = { function: match[1], creator: Number(match[2]), file: null, line: null };
    } else if ((match = CALL.exec(line)) !== null) {
      frame = { function: match[1], arguments: match[2], file: null, line: null };
      goroutine.frames.push(frame);
    }
  }
  return goroutines;
}

function group(goroutines) {
  const groups = new Map();
  for (const goroutine of goroutines) {
    const stack = goroutine.frames.map((frame) => `${frame.function} ${frame.file}:${frame.line}`).join("\n");
    const key = `${goroutine.state}\n${stack}`;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [goroutine]);
    else members.push(goroutine);
  }
  return [...groups.values()].sort((left, right) => right.length - left.length);
}

function json(groups) {
  const reports = groups.map((members) => {
    const [{ state, frames, createdBy }] = members;
    return { count: members.length, state, frames, createdBy, goroutines: members.slice(0, 10).map(({ id }) => id) };
  });
  return JSON.stringify(reports, null, 2);
}

function folded(groups) {
  const lines = groups.map((members) => {
    const [{ state, frames }] = members;
    const calls = frames.map((frame) => frame.function).reverse();
    return `${[...calls, `[${state}]`].join(";")} ${members.length}`;
  });
  return lines.join("\n");
}

const [path, form] = process.argv.slice(2);
const groups = group(await read(path));
console.log(form === "--folded" ? folded(groups) : json(groups));
