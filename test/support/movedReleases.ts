import { GO_STATEMENT, type SourceFrame } from "../../server/src/service/locator/located.ts";
import type { Release } from "./releases.ts";

const MODULE = "example.com/shop";

/** The first three releases of a small program, whose lines shift from one to the next, and a last one. */
export interface MovedProgram {
  readonly releases: readonly Release[];
  /** Where the files of the first release are in the last one; a file that is gone is not in it. */
  readonly today: ReadonlyMap<string, string>;
}

/** What the last release has done with the files: the path that a file of the third gets; undefined: it is gone. */
export type Move = (path: string) => string | undefined;

/** Ways in which a repository is arranged anew. */
export const MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
  ["a file renamed", (path) => (path === "main.go" ? "server.go" : path)],
  ["a file deleted", (path) => (path === "main.go" ? undefined : path)],
  ["a package moved", (path) => path.replace(/^store\//, "internal/store/")],
  ["a package deleted", (path) => (path.startsWith("store/") ? undefined : path)],
  ["the module's folder moved", (path) => `services/shop/${path}`],
  ["the module's folder deleted", () => undefined],
]);

/** How the program was built: where its files are said to be. */
export type Build = (path: string) => string;

/** Ways to build it. */
export const BUILDS: ReadonlyMap<string, Build> = new Map<string, Build>([
  ["elsewhere", (path) => `/home/ci/work/shop/${path}`],
  ["with -trimpath", (path) => `${MODULE}/${path}`],
]);

/** The program with a package of its own beside `main`; `isAlone`: of one file. The last release has a new file at least. */
export function movedProgram(move: Move, build: Build, isAlone = false): MovedProgram {
  const shifting = [1, 2, 3].map((state) => release(state, build, isAlone));
  const third = shifting[2]!;
  const today = new Map([...third.files.keys()].flatMap((path) => (move(path) ? [[path, move(path)!] as const] : [])));
  const moved = [...today].map(([path, to]) => [to, third.files.get(path)!] as const);
  const files = new Map([["tools/gen.go", "package tools\n"], ...moved]);
  return { releases: [...shifting, { tag: "v4", files, frames: [] }], today };
}

function release(state: number, build: Build, isAlone: boolean): Release {
  const shift = "// Note.\n\n".repeat(state);
  const put = isAlone ? "out <- 1" : "store.Put(out)";
  const main = `package main\n\n${shift}func main() {\n\tout := make(chan int)\n\tgo work(out)\n\tselect {}\n}\n\nfunc work(out chan int) {\n\t${put}\n}\n`;
  const files = new Map([
    ["go.mod", `module ${MODULE}\n\ngo 1.21\n`],
    ["main.go", main],
  ]);
  const store = `package store\n\n${shift}func Put(out chan int) {\n\tout <- 1\n}\n`;
  if (!isAlone) files.set("store/store.go", store);
  const frame = (path: string, name: string, code: string, more: Partial<SourceFrame>): SourceFrame => ({
    function: name,
    file: build(path),
    line: files.get(path)!.split("\n").indexOf(`\t${code}`) + 1,
    ...more,
  });
  const waits = { waits: "chan send" };
  const sending = `${MODULE}/store.Put`;
  const frames = [
    ...(isAlone ? [] : [frame("store/store.go", sending, "out <- 1", waits)]),
    frame("main.go", "main.work", put, isAlone ? waits : { calls: sending }),
    frame("main.go", "main.main", "go work(out)", { calls: GO_STATEMENT }),
  ];
  return { tag: `v${state}`, files, frames };
}

/** The dump of a process of a release: one goroutine, and who has started it. */
export function goroutineOf({ frames }: Release): string {
  const [creator, ...calls] = [...frames].reverse();
  const inner = calls.reverse().map(({ function: name, file, line }) => `${name}(0x1)\n\t${file}:${line} +0x2f\n`);
  const created = `created by ${creator!.function} in goroutine 1\n\t${creator!.file}:${creator!.line} +0x1d\n`;
  return `goroutine 7 [chan send, 90 minutes]:\n${inner.join("")}${created}`;
}
