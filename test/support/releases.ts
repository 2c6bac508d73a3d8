import type { SourceFrame } from "../../server/src/service/locator/located.ts";
import { GO_STATEMENT } from "../../server/src/service/locator/located.ts";

/** One release of a made-up program: its files, and the frames of a goroutine and its creator in it. */
export interface Release {
  readonly tag: string;
  /** Path below the repository's top to text. */
  readonly files: ReadonlyMap<string, string>;
  /** As a traceback has them: innermost first, the place of `created by` last. */
  readonly frames: readonly SourceFrame[];
}

const MODULE = "example.com/harbour";
/** Where the program was built. */
const BUILT = "/build";

/**
 * The releases of a program in which, from one to the next, lines shift within and above long functions, functions move
 * between files and files between folders, and some get other names. The eighth differs from the seventh in its text for
 * people alone.
 */
export function releases(count = 20): readonly Release[] {
  return Array.from({ length: count }, (_, index) => release(index + 1));
}

/** The dump of a process of a release, as a traceback. */
export function dumpOf({ frames }: Release): string {
  const calls = frames.map(({ function: name, file, line }, index) => {
    const isCreator = index === frames.length - 2;
    return isCreator
      ? `created by ${name} in goroutine 1\n\t${file}:${line} +0x1d\n`
      : `${name}(0x1)\n\t${file}:${line} +0x2f\n`;
  });
  const [worker, main] = [calls.slice(0, -1), calls.slice(-1)];
  const workers = Array.from(
    { length: 60 },
    (_, index) => `goroutine ${index + 7} [chan send, 90 minutes]:\n${worker.join("")}\n`,
  );
  return `goroutine 1 [sleep, 90 minutes]:\n${main.join("")}\n${workers.join("")}`;
}

function release(number: number): Release {
  const tag = `v1.${number}.0`;
  const state = number === 8 ? 7 : number;
  const drain = state >= 12 ? "empty" : "drain";
  const drainFile = state % 4 === 0 ? "store/drain.go" : "store/store.go";
  const serverFolder = state >= 15 ? "internal/server" : "server";
  const drainText = lines(
    `// ${drain} hands everything on.`,
    `func (s *Store) ${drain}(item int) {`,
    ...notes(state % 3),
    "\ts.out <- item",
    "}",
  );
  const files = new Map([
    ["go.mod", `module ${MODULE}\n\ngo 1.21\n`],
    ["README.md", `Harbour ${tag}\n`],
    ["main.go", mainText(state, serverFolder)],
    [`${serverFolder}/server.go`, serverText(state)],
    ["store/store.go", storeText(state, drain) + (drainFile === "store/store.go" ? drainText : "")],
  ]);
  if (drainFile !== "store/store.go") files.set(drainFile, `package store\n\n${drainText}`);
  const frame = (path: string, name: string, code: string, more: Partial<SourceFrame>): SourceFrame => ({
    function: name,
    file: `${BUILT}/${path}`,
    line: lineOf(files.get(path) ?? "", code),
    ...more,
  });
  const server = `${MODULE}/${serverFolder}.Serve`;
  const put = `${MODULE}/store.(*Store).Put`;
  const drained = `${MODULE}/store.(*Store).${drain}`;
  return {
    tag,
    files,
    frames: [
      frame(drainFile, drained, "s.out <- item", { waits: "chan send" }),
      frame("store/store.go", put, `s.${drain}(item)`, { calls: drained }),
      frame("store/store.go", `${MODULE}/store.(*Store).Keep`, "s.Put(1)", { calls: put }),
      frame(`${serverFolder}/server.go`, `${server}.func1`, "st.Keep()", { calls: `${MODULE}/store.(*Store).Keep` }),
      frame(`${serverFolder}/server.go`, server, "go func() {", { calls: GO_STATEMENT }),
      frame("main.go", "main.main", "server.Serve(", { calls: server }),
    ],
  };
}

function mainText(state: number, serverFolder: string): string {
  return lines(
    "package main",
    "",
    `import "${MODULE}/${serverFolder}"`,
    "",
    "func main() {",
    ...work(Math.floor(state / 6), "prepare"),
    "\tserver.Serve()",
    "}",
    "",
    "func prepare(int) {}",
  );
}

function serverText(state: number): string {
  return lines(
    "package server",
    "",
    `import "${MODULE}/store"`,
    "",
    "func Serve() {",
    "\tst := store.New()",
    ...work(state % 7, "listen"),
    "\tgo func() {",
    ...work(state % 2, "listen"),
    "\t\tst.Keep()",
    "\t}()",
    ...work(9, "listen"),
    "}",
    "",
    "func listen(int) {}",
  );
}

function storeText(state: number, drain: string): string {
  return lines(
    "package store",
    "",
    ...notes((state * 7) % 13),
    "type Store struct{ out chan int }",
    "",
    "func New() *Store { return &Store{} }",
    "",
    "func (s *Store) Keep() {",
    ...work(8, "s.count"),
    "\ts.Put(1)",
    ...work(8, "s.count"),
    "}",
    "",
    "func (s *Store) Put(item int) {",
    ...work(10 + (state % 5), "s.count"),
    `\ts.${drain}(item)`,
    ...work(10, "s.count"),
    "}",
    "",
    "func (s *Store) count(int) {}",
    "",
  );
}

function notes(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `\t// Note ${index}.`);
}

function work(count: number, call: string): readonly string[] {
  return Array.from({ length: count }, (_, index) => `\t${call}(${index})`);
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

/** 1-based. */
function lineOf(text: string, code: string): number {
  const index = text.split("\n").findIndex((line) => line.includes(code));
  if (index < 0) throw new Error(`no line with ${code}`);
  return index + 1;
}
