import { describe, expect, test } from "vitest";
import { renderRichText } from "../../../server/src/service/base/richText.ts";
import { namedArguments } from "../../../server/src/service/features/namedArguments.ts";

/** Its calls below are as Go 1.19 printed them. */
const SOURCE = `package main

type svc struct{ x int }

func (s *svc) all(ctx context.Context, op string, private bool, n int32, neg int64, b byte, list []string, m map[string]int) {
	<-s.ch
}

func (s svc) val(d time.Duration, p pair, arr [3]int, e struct{}, more ...int) {
	select {}
}

func few(a, b int32) (int, error) {
	go func(x int) {
		select {}
	}(1)
	select {}
}

func nils(err error, p *int, l []int, _ map[string]int, int8 func()) {
	select {}
}

func (q *queue[T]) put(item T) {
	select {}
}
`;

/** The lines of a call's arguments; undefined where they do not fit. */
function named(call: string, line: number): string[] | undefined {
  const open = call.lastIndexOf("(");
  const args = call.slice(open + 1, -1);
  const items = namedArguments({ function: call.slice(0, open), args, line: line - 1 }, SOURCE);
  return items && renderRichText([{ kind: "list", items }], "plaintext").value.split("\n");
}

describe("arguments have the names and types of the source", () => {
  test("with numbers as the type counts them, and what strings and slices are made of", () => {
    const call =
      "main.(*svc).all(0xc00001c1e8, {0x4faa38, 0xc000094000}, {0x4d5c76, 0x9}, 0x1, 0xfffffffb, 0xfffffffffffffff7?, 0x7, {0xc0000347b0, 0x2, 0x4}, 0x0)";
    expect(named(call, 6)).toEqual([
      "- s *svc = 0xc00001c1e8",
      "- ctx context.Context = {0x4faa38, 0xc000094000}",
      "- op string = length 9, at 0x4d5c76",
      "- private bool = true",
      "- n int32 = -5",
      "- neg int64 = -9 (may be out of date)",
      "- b byte = 7",
      "- list []string = length 2, capacity 4, at 0xc0000347b0",
      "- m map[string]int = nil",
    ]);
  });

  test("also where Go has left some out", () => {
    const call = "main.svc.val({0x0?}, 0x0?, {{0x0?, 0x0?}, 0x0?}, {0x1, 0x2, 0x3}, {}, {0x0?, ...}, ...)";
    expect(named(call, 10)).toEqual([
      "- s svc = {0x0} (may be out of date)",
      "- d time.Duration = 0x0 (may be out of date)",
      "- p pair = {{0x0, 0x0}, 0x0} (may be out of date)",
      "- arr [3]int = {0x1, 0x2, 0x3}",
      "- e struct{} = {}",
      "- more ...int = {0x0, ...} (may be out of date)",
    ]);
    expect(named("main.svc.val({0x1}, ...)", 10)).toEqual(["- s svc = {0x1}"]);
  });

  test("with nil for what is", () => {
    expect(named("main.nils({0x0?, 0x0?}, 0x0, {0x0, 0x0, 0x0}, 0x0, 0x0)", 22)).toEqual([
      "- err error = nil (may be out of date)",
      "- p *int = nil",
      "- l []int = nil",
      "- _ map[string]int = nil",
      "- int8 func() = nil",
    ]);
  });
});

describe("arguments that do not fit the source stay as they are", () => {
  test.each([
    ["of a release that prints words without braces", "main.nils(0x0, 0x0, 0x0, 0x0, 0x0)", 22],
    ["with the words of results behind them", "main.few(0x700000007, 0x0, 0x0, 0x0)", 18],
    ["too large for their types", "main.few(0x700000007, 0x0)", 18],
    ["too few", "main.few(0x7)", 18],
    ["of no shape that Go prints", "main.few(dead, 0x)", 18],
    ["of a closure", "main.few.func1(0x1)", 16],
    ["of another function", "main.other(0x1, 0x2)", 18],
    ["of a generic function, which gets a dictionary too", "main.(*queue[...]).put(0x1, 0x2)", 26],
  ])("%s", (_, call, line) => {
    expect(named(call, line)).toBeUndefined();
  });

  test("when the source is no Go", () => {
    expect(namedArguments({ function: "main.f", args: "0x1", line: 0 }, "func f(a int) {")).toBeUndefined();
  });
});
