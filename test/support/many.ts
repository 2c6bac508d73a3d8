/** A text in which one thing comes very often. */
export interface Many {
  readonly name: string;
  readonly make: () => Uint8Array;
  /** How many goroutines it holds, as far as they are read. */
  readonly goroutines: number;
}

const N = 100_000;
const MAIN = "goroutine 1 [running]:\nmain.main()\n\t/src/x/main.go:8 +0x3a\n";

/** `n` pieces of text, one behind the other, in UTF-8: joined in parts, as one string would be too long. */
function repeated(n: number, piece: (index: number) => string, before = "", behind = ""): Uint8Array {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [encoder.encode(before)];
  for (let start = 0; start < n; start += 10_000) {
    const length = Math.min(10_000, n - start);
    chunks.push(encoder.encode(Array.from({ length }, (_, index) => piece(start + index)).join("")));
  }
  chunks.push(encoder.encode(behind));
  return Buffer.concat(chunks);
}

function goroutine(id: number, header: string, frame: string): string {
  return `goroutine ${id} ${header}:\n${frame}\ncreated by main.main in goroutine 1\n\t/src/x/main.go:8 +0x3a\n\n`;
}

const WORKER = "x/app.worker(0x1)\n\t/src/x/worker.go:9 +0x3a";

/** A hundred thousand or more of each thing that may be repeated. */
export const MANY: readonly Many[] = [
  { name: "panics", make: () => repeated(N, () => "panic: a\n", "", `\n${MAIN}`), goroutines: 1 },
  { name: "panics apart", make: () => repeated(N, () => "panic: a\n\n", "", MAIN), goroutines: 1 },
  {
    name: "labels at one place",
    make: () => repeated(N, (i) => goroutine(i + 2, `[chan receive, 5 minutes] {req: r${i}}`, WORKER), `${MAIN}\n`),
    goroutines: N + 1,
  },
  {
    name: "stacks at one place",
    make: () =>
      repeated(
        N,
        (i) => goroutine(i + 2, "[chan receive, 5 minutes]", `${WORKER}\nx/app.f${i}()\n\t/src/x/f.go:${i + 1} +0x1`),
        `${MAIN}\n`,
      ),
    goroutines: N + 1,
  },
  {
    name: "places",
    make: () =>
      repeated(N, (i) => goroutine(i + 2, "[select]", `x/app.f${i}()\n\t/src/x/f${i}.go:${i + 1} +0x1`), `${MAIN}\n`),
    goroutines: N + 1,
  },
  {
    name: "goroutines at one lock",
    make: () =>
      repeated(
        N,
        (i) =>
          goroutine(
            i + 2,
            "[sync.Mutex.Lock, 5 minutes]",
            `sync.(*Mutex).lockSlow(0xc000010000)\n\t/usr/local/go/src/sync/mutex.go:171 +0x1\n${WORKER}`,
          ),
        `${MAIN}\n`,
      ),
    goroutines: N + 1,
  },
  {
    name: "locks",
    make: () =>
      repeated(
        N,
        (i) =>
          goroutine(
            i + 2,
            "[sync.Mutex.Lock, 5 minutes]",
            `sync.(*Mutex).lockSlow(0xc${(i * 16).toString(16).padStart(9, "0")})\n\t/usr/local/go/src/sync/mutex.go:171 +0x1\n${WORKER}`,
          ),
        `${MAIN}\n`,
      ),
    goroutines: N + 1,
  },
  {
    name: "states",
    make: () => repeated(N, (i) => goroutine(i + 2, `[state ${i}]`, WORKER), `${MAIN}\n`),
    goroutines: N + 1,
  },
  {
    name: "records of a profile",
    make: () =>
      repeated(
        N,
        (i) => `1 @ 0x1 0x2\n# labels: {"request":"r${i}"}\n#\t0x1\tx/app.f${i}+0x1\t/src/x/f.go:${i + 1}\n\n`,
        `goroutine profile: total ${N}\n`,
      ),
    goroutines: N,
  },
  {
    name: "lines that fit nothing",
    make: () => repeated(N, (i) => `noise ${i}\n`, `${MAIN}\n`, `\n${goroutine(2, "[select]", WORKER)}`),
    goroutines: 2,
  },
  {
    name: "stacks without a header",
    make: () => repeated(N, (i) => `main.f${i}()\n\t/src/x/f.go:${i + 1} +0x1\n\n`, `${MAIN}\n`),
    goroutines: 1,
  },
  {
    name: "other profiles",
    make: () => repeated(N, () => "heap profile: 1: 1 [1: 1] @ heap/1\n", `${MAIN}\n`),
    goroutines: 1,
  },
];
