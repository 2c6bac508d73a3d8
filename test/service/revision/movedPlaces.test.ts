import { expect, test } from "vitest";
import { MovedPlaces } from "../../../server/src/service/revision/movedPlaces.ts";
import { MemoryFileSystem } from "../../support/memoryFileSystem.ts";
import { commitOf, MemoryHistory } from "../../support/memoryHistory.ts";

type Files = Readonly<Record<string, string>>;

/** Where a line, named by its code, of a file of an older release is today. */
async function follow(older: Files, today: Files, path: string, code: string): Promise<string> {
  const history = new MemoryHistory([
    { tag: "v1.0.0", files: new Map(Object.entries(older)), frames: [] },
    { tag: "v1.1.0", files: new Map(Object.entries(today)), frames: [] },
  ]);
  const files = Object.fromEntries(Object.entries(today).map(([name, text]) => [`/repo/${name}`, text]));
  const places = new MovedPlaces(history, commitOf("v1.0.0"), new MemoryFileSystem(files));
  const found = await places.follow(path, lineOf(older[path] ?? "", code));
  if (!found) return "nowhere";
  const where = found.uri.replace("file:///repo/", "");
  const line = (today[where] ?? "").split("\n")[found.line]?.trim();
  return `${found.isFunctionGone ? "without its function, " : ""}${found.kind} in ${where}: ${line}`;
}

function lineOf(text: string, code: string): number {
  return text.split("\n").findIndex((line) => line.trim() === code);
}

/** A function with a call in its middle. */
function fn(name: string, code: string, before = 3): string {
  const lines = Array.from({ length: before }, (_, index) => `\tprepare(${index})`);
  return `func ${name} {\n${lines.join("\n")}\n\t${code}\n\tfinish()\n}\n`;
}

function file(...functions: readonly string[]): string {
  return `package store\n\n${functions.join("\n")}`;
}

const PUT = fn("(s *Store) Put(item int)", "s.out <- item");
const KEEP = fn("(s *Store) Keep()", "s.Put(1)");
const OTHER = fn("other()", "s.out <- item", 6);

test.each<[what: string, today: Files, expected: string]>([
  ["stands in another file", { "a.go": file(KEEP), "b.go": file(OTHER, PUT) }, "same in b.go: s.out <- item"],
  [
    "has changed in another file",
    { "a.go": file(KEEP), "b.go": file(fn("(s *Store) Put(item int, n int)", "s.in <- item")) },
    "changed in b.go: s.in <- item",
  ],
  [
    "is without the line in another file",
    { "a.go": file(KEEP), "b.go": file(PUT.replace("\ts.out <- item\n", "")) },
    "gone in b.go: finish()",
  ],
  ["stands below others in its file", { "a.go": file(KEEP, OTHER, PUT) }, "same in a.go: s.out <- item"],
  [
    "has another name",
    { "a.go": file(PUT.replace("Put", "Add"), KEEP) },
    "without its function, same in a.go: s.out <- item",
  ],
  [
    "is there for two systems",
    { "a.go": file(KEEP), "a_linux.go": file(PUT), "a_windows.go": file(PUT) },
    "without its function, gone in a.go: func (s *Store) Keep() {",
  ],
  [
    "is in a test alone",
    { "a.go": file(KEEP), "a_test.go": file(PUT) },
    "without its function, gone in a.go: func (s *Store) Keep() {",
  ],
  [
    "is of another package in the folder",
    { "a.go": file(KEEP), "gen.go": file(PUT).replace("package store", "package main") },
    "without its function, gone in a.go: func (s *Store) Keep() {",
  ],
  [
    "is in another package's folder",
    { "a.go": file(KEEP), "sub/b.go": file(PUT) },
    "without its function, gone in a.go: func (s *Store) Keep() {",
  ],
  [
    "is gone, and another has its line now",
    { "a.go": file(PUT.replace("Put(item int)", "Keep()")) },
    "without its function, gone in a.go: s.out <- item",
  ],
  [
    "is of another type",
    { "a.go": file(PUT.replace("*Store", "*Shop"), KEEP) },
    "without its function, same in a.go: s.out <- item",
  ],
  ["stands in a file of another folder", { "new/a.go": file(PUT, KEEP) }, "same in new/a.go: s.out <- item"],
  [
    "stands beside a file of another folder",
    { "new/a.go": file(KEEP), "new/b.go": file(PUT) },
    "same in new/b.go: s.out <- item",
  ],
  ["is gone with its file", { "b.go": file(KEEP) }, "nowhere"],
  ["is without a file but in its package", { "b.go": file(PUT) }, "same in b.go: s.out <- item"],
])("a line whose function %s", async (_, today, expected) => {
  expect(await follow({ "a.go": file(PUT, KEEP) }, today, "a.go", "s.out <- item")).toBe(expected);
});

test("a line outside of any function is followed within its file", async () => {
  const [older, newer] = [file("var out = make(chan int)\n", PUT), file("// More.\n", "var out = make(chan int)\n")];
  expect(await follow({ "a.go": older }, { "a.go": newer }, "a.go", "var out = make(chan int)")).toBe(
    "same in a.go: var out = make(chan int)",
  );
});

test("of functions that share a name, as init, none is taken for another", async () => {
  const older = file(fn("init()", "first()"), fn("init()", "second()"));
  const moved = { "a.go": file(KEEP), "b.go": file(fn("init()", "second()")) };
  expect(await follow({ "a.go": older }, moved, "a.go", "second()")).not.toContain("b.go");
});
