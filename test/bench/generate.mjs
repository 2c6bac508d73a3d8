// Writes a goroutine dump of any size in `debug=2` form: fixed seed, realistic arguments, stacks by Zipf's law.
// Usage: node test/bench/generate.mjs FILE [--goroutines N] [--stacks N] [--seed N]
import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";

const STATES = ["chan receive", "select", "IO wait", "sync.Mutex.Lock", "chan send", "semacquire", "sleep", "syscall"];
const MODULES = ["github.com/acme/shop", "example.com/platform/billing", "go.acme.dev/gateway/v2", "main"];
const PACKAGES = ["server", "store", "queue", "api/v1", "internal/cache", "worker", "transport/http2", "auth"];
const TYPES = ["Server", "Conn", "Pool", "Worker", "Session", "Registry", "Stream", "Batcher", "Handler"];
const METHODS = ["Serve", "run", "handle", "readLoop", "Process", "flush", "acquire", "dispatch", "Wait", "poll"];
const STANDARD = [
  ["internal/poll.(*FD).Read", "/usr/local/go/src/internal/poll/fd_unix.go"],
  ["net.(*conn).Read", "/usr/local/go/src/net/net.go"],
  ["net/http.(*conn).serve", "/usr/local/go/src/net/http/server.go"],
  ["sync.(*Mutex).Lock", "/usr/local/go/src/sync/mutex.go"],
  ["bufio.(*Reader).ReadLine", "/usr/local/go/src/bufio/bufio.go"],
];
const FLUSH_LENGTH = 1 << 20;

/** Pseudo-random numbers in [0, 1) (mulberry32). */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let hash = Math.imul(state ^ (state >>> 15), 1 | state);
    hash = (hash + Math.imul(hash ^ (hash >>> 7), 61 | hash)) ^ hash;
    return ((hash ^ (hash >>> 14)) >>> 0) / 4294967296;
  };
}

/** Calls at the top of goroutines that wait for what package sync has, with their states. */
const WAITS = [
  ["sync.Mutex.Lock", ["internal/sync.(*Mutex).lockSlow", "sync.(*Mutex).Lock"]],
  ["sync.RWMutex.RLock", ["sync.runtime_SemacquireRWMutexR", "sync.(*RWMutex).RLock"]],
  ["sync.WaitGroup.Wait", ["sync.runtime_SemacquireWaitGroup", "sync.(*WaitGroup).Wait"]],
  ["sync.Cond.Wait", ["sync.runtime_notifyListWait", "sync.(*Cond).Wait"]],
];

/** A stack of the varied kind: a third wait for locks, WaitGroups and Conds. */
function makeVariedStack(random, number) {
  const stack = makeStack(random, number);
  if (random() >= 1 / 3) return stack;
  const [state, calls] = WAITS[Math.floor(random() * WAITS.length)];
  const top = calls.map((name, index) => ({
    name,
    place: `/usr/local/go/src/sync/sync.go:${90 + index} +0x5${index}`,
  }));
  return { ...stack, state, frames: [...top, ...stack.frames] };
}

function makeStack(random, number) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const depth = 4 + Math.floor(22 * random() ** 2);
  const frames = [];
  for (let index = 0; index < depth; index++) {
    if (index < 4 && random() < 0.4) {
      const [name, file] = pick(STANDARD);
      frames.push({ name, place: `${file}:${100 + Math.floor(random() * 900)} +0x${(17 + index).toString(16)}` });
      continue;
    }
    const module = pick(MODULES);
    const path = module === "main" ? "main" : `${module}/${pick(PACKAGES)}`;
    const closure = random() < 0.2 ? `.func${1 + (number % 7)}` : "";
    const file = `/home/build/src/${path}/${pick(METHODS).toLowerCase()}.go`;
    const place = `${file}:${1 + Math.floor(random() * 1500)} +0x${(16 + Math.floor(random() * 4000)).toString(16)}`;
    frames.push({ name: `${path}.(*${pick(TYPES)}).${pick(METHODS)}${closure}`, place });
  }
  const creator = frames.at(-1);
  return { frames, state: pick(STATES), creator: creator.name.replace(/\.func\d+$/, ""), creatorPlace: creator.place };
}

function address(random) {
  return `0xc${Math.floor(random() * 0xffffffff)
    .toString(16)
    .padStart(9, "0")}`;
}

function args(random) {
  const shape = random();
  if (shape < 0.15) return "";
  if (shape < 0.25) return "...";
  if (shape < 0.5) return address(random);
  if (shape < 0.75) return `${address(random)}, {${address(random)}?, 0x${Math.floor(random() * 64).toString(16)}}`;
  return `{${address(random)}, ${address(random)}}, 0x1, ${address(random)}, {0x7f21a0, ${address(random)}}`;
}

/** Arguments in all the shapes that `runtime.printArgs` has. */
function variedArgs(random) {
  const shape = random();
  if (shape < 0.1) return "{...}";
  if (shape < 0.2) return `${address(random)}?`;
  if (shape < 0.3) return `{{${address(random)}?, 0x${Math.floor(random() * 99)}}, {0x0, 0x0}}, _, ...`;
  return args(random);
}

/** Index chosen by Zipf's law over `count` ranks. */
function zipf(random, count) {
  const cumulative = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) cumulative[rank] = sum += 1 / (rank + 1);
  return () => {
    const target = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/**
 * Writes the dump and gives its size in bytes. `stacks` is the number of distinct stacks. `isVaried`: arguments of all
 * shapes, one call in fifty at another offset of the same line, a third of the stacks waiting for locks and the like.
 */
export function generateDump({ path, goroutines, stacks = 200, seed = 1, isVaried = false }) {
  const random = randomNumbers(seed);
  const make = isVaried ? makeVariedStack : makeStack;
  const argsOf = isVaried ? variedArgs : args;
  const placeOf = (place) => (isVaried && random() < 0.02 ? place.replace(/\+0x.*/, "+0x7e") : place);
  const variants = Array.from({ length: stacks }, (_, number) => make(random, number));
  const choose = zipf(random, stacks);
  const file = openSync(path, "w");
  let text = "";
  let bytes = 0;
  for (let number = 1; number <= goroutines; number++) {
    const { frames, state, creator, creatorPlace } = variants[choose()];
    const wait = random() < 0.6 ? `, ${1 + Math.floor(random() * 600)} minutes` : "";
    text += `goroutine ${number} [${number === 1 ? "running" : state + wait}]:\n`;
    for (const { name, place } of frames) text += `${name}(${argsOf(random)})\n\t${placeOf(place)}\n`;
    text += `created by ${creator} in goroutine ${1 + Math.floor(random() * number)}\n\t${creatorPlace}\n\n`;
    if (text.length < FLUSH_LENGTH && number < goroutines) continue;
    bytes += writeSync(file, text, null, "latin1");
    text = "";
  }
  closeSync(file);
  return bytes;
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      goroutines: { type: "string", default: "10000" },
      stacks: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
    },
  });
  const [path] = positionals;
  const { goroutines, stacks, seed } = values;
  const bytes = generateDump({ path, goroutines: Number(goroutines), stacks: Number(stacks), seed: Number(seed) });
  console.log(`${path}: ${bytes} bytes`);
}
