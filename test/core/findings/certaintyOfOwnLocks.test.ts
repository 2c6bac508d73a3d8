import { expect, test } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { analyse } from "../../support/analyse.ts";
import { type GoroutineText, wholeDumpText } from "../../support/goroutineText.ts";

const MAIN: GoroutineText = {
  id: 1,
  state: "IO wait",
  frames: [
    "net/http.(*Server).Serve(0xc000100000) /usr/local/go/src/net/http/server.go:3454",
    "main.main() main.go:84",
  ],
};

/** A box that waits for a lock in an inner call, with what Go prints of the receivers of both. */
const nested = (inner: string, outer: string): GoroutineText => ({
  id: 7,
  state: "sync.Mutex.Lock, 3 minutes",
  frames: [
    "sync.runtime_SemacquireMutex(0x0?, 0x0?, 0x0?) /usr/local/go/src/runtime/sema.go:77",
    "sync.(*Mutex).lockSlow(0xc000118008) /usr/local/go/src/sync/mutex.go:171",
    "sync.(*Mutex).Lock(...) /usr/local/go/src/sync/mutex.go:90",
    `shop/box.(*Box).Put(${inner}, 0x5) box.go:20`,
    `shop/box.(*Box).Move(${outer}, 0x5) box.go:33`,
  ],
  by: ["main.main main.go:40", 1],
});

const ownLocks = (text: string) =>
  analyse(text)
    .findings.filter(({ rule }) => rule === "self-deadlock")
    .map(({ certainty }) => certainty);

test.each([
  ["0xc000118000", "0xc000118000", ["strong"]],
  ["0x0?", "0xc000118000", ["strong"]],
  ["0x0?", "0x0?", ["suspect"]],
  ["0x0?", "0xc000118040", ["suspect"]],
  ["0xc000118000", "0xc000119000", []],
])("a call of %s within one of %s is on one value as far as the receivers tell", (inner, outer, certainties) => {
  expect(ownLocks(wholeDumpText(MAIN, nested(inner, outer)))).toEqual(certainties);
});

const evidenceOf = (inner: string, outer: string) => {
  const { findings } = analyse(wholeDumpText(MAIN, nested(inner, outer)));
  return findings.find(({ rule }) => rule === "self-deadlock")?.evidence.map(english);
};

test("what is told of the value and of others is no more than is known", () => {
  expect(evidenceOf("0xc000118000", "0xc000118000")?.slice(0, 2)).toEqual([
    "The outer call box.(*Box).Move at box.go:33 is on the same stack and on the same value.",
    "Nobody else in the dump can hold the lock.",
  ]);
  expect(evidenceOf("0x0?", "0x0?")?.slice(0, 2)).toEqual([
    "The outer call box.(*Box).Move at box.go:33 is on the same stack and of the same type.",
    "Nobody else is seen to hold the lock.",
  ]);
});

const difference = (count: number) =>
  [
    "goroutine profile: total 1",
    `${count} @ 0x1 0x2 0x3 0x5 0x6`,
    "#\t0x5\tsync.runtime_SemacquireMutex+0x1\t/usr/local/go/src/runtime/sema.go:77",
    "#\t0x6\tsync.(*Mutex).lockSlow+0x1\t/usr/local/go/src/sync/mutex.go:171",
    "#\t0x1\tsync.(*Mutex).Lock+0x1\t/usr/local/go/src/sync/mutex.go:81",
    "#\t0x2\tshop/box.(*Box).Put+0x1\t/src/box/box.go:20",
    "#\t0x3\tshop/box.(*Box).Move+0x1\t/src/box/box.go:33",
    "",
    "1 @ 0x4",
    "#\t0x4\tmain.main+0x1\t/src/main.go:84",
    "",
  ].join("\n");

test("nobody stands in a stack that the difference of two profiles counts below zero", () => {
  expect(ownLocks(difference(1))).toEqual(["suspect"]);
  expect(ownLocks(difference(-1))).toEqual([]);
});
