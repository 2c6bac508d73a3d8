import { describe, expect, test } from "vitest";
import { ArgumentNumbers } from "../../../server/src/core/analysis/argumentNumbers.ts";
import type { PointerArgument } from "../../../server/src/core/analysis/arguments.ts";
import { blockSpan } from "../../../server/src/core/analysis/readArguments.ts";
import { RereadArguments } from "../../../server/src/core/analysis/rereadArguments.ts";
import { TraitsTable } from "../../../server/src/core/analysis/traits.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { SoughtAddresses } from "../../../server/src/core/locks/soughtAddresses.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { corpusBytes, corpusFiles } from "../../support/corpus.ts";
import { LINE_WRAPPERS, PREFIXES } from "../../support/wrappers.ts";

/** The arguments of all goroutines of a dump. */
function argumentsOf(dump: Dump, bytes: Uint8Array): RereadArguments {
  const traits = new TraitsTable(dump, groupGoroutines(dump, { byLabels: false }));
  const rows = Uint32Array.from({ length: dump.goroutines.length }, (_, row) => row);
  const blocks = Array.from(rows, (row) => blockSpan(dump, row)).map(({ start, end }) => bytes.subarray(start, end));
  return new RereadArguments(traits, rows, blocks);
}

/** The first of two goroutines, whose calls are those of a text. */
function ofCalls(...calls: readonly string[]): RereadArguments {
  const body = calls.map((call) => `${call}\n\t/src/shop/a.go:3 +0x1d\n`).join("");
  const text = `goroutine 7 [running]:\n${body}\ngoroutine 8 [running]:\nmain.g()\n\t/src/shop/a.go:9 +0x1d\n`;
  const bytes = new TextEncoder().encode(text);
  return argumentsOf(readAny(bytes).dumps[0]!, bytes);
}

function receiverOf(call: string): PointerArgument | undefined {
  return ofCalls(call).receiver(0, 0);
}

function found(source: RereadArguments, ...addresses: readonly bigint[]): readonly string[] {
  const sought = new SoughtAddresses();
  for (const address of addresses) sought.add(address);
  const all: string[] = [];
  source.find(0, sought, (address, frame) => void all.push(`${address.toString(16)} in ${frame}`));
  return all;
}

describe("the receiver of a method", () => {
  test("is its first argument, sure unless Go marks it as a guess", () => {
    expect(receiverOf("shop/stock.(*Index).Get(0xc000118000, 0x5)")).toEqual({ address: 0xc000118000n, isSure: true });
    expect(receiverOf("shop/stock.(*Index).Get(0xc000118000?)")?.isSure).toBe(false);
    expect(receiverOf("shop/stock.(*Index).Get(0xfffffd7fffdff8a0)")?.address).toBe(0xfffffd7fffdff8a0n);
  });

  test.each(["", "...", "{0xc000118000, 0x5}", "0x5", "0xffff", "0x1c000118000c0001180000"])(
    "is not known from %j",
    (args) => {
      expect(receiverOf(`shop/stock.(*Index).Get(${args})`)).toBeUndefined();
    },
  );

  test("of a generic type is a guess: newer Go prints its dictionary there", () => {
    expect(receiverOf("shop/kv.(*Store[...]).Get(0x74a4c0, {0x745d68, 0x1})")?.isSure).toBe(false);
    expect(receiverOf("shop/kv.Take[go.shape.int](0x74a4c0)")?.isSure).toBe(false);
  });

  test("is that of its own call", () => {
    const source = ofCalls("main.(*A).f(0xc000118000)", "main.h(...)", "main.(*B).g(0xc000119000)");
    expect([0, 1, 2, 3, -1].map((frame) => source.receiver(0, frame)?.address)).toEqual([
      0xc000118000n,
      undefined,
      0xc000119000n,
      undefined,
      undefined,
    ]);
    expect(source.receiver(1, 0)).toBeUndefined();
  });
});

describe("addresses that are sought", () => {
  test("are found wherever they stand among the arguments", () => {
    const source = ofCalls("main.f(0xc000118008, {0x1, 0xc000118008}, 0x7f)", "main.g({{0xc000118008}, ...})");
    expect(found(source, 0xc000118008n)).toEqual(["c000118008 in 0", "c000118008 in 0", "c000118008 in 1"]);
  });

  test("are not found where they are no number, or are not sure, or belong to a place", () => {
    expect(found(ofCalls("main.f(0xc000118008?, 0xC000118008, c000118008)"), 0xc000118008n)).toEqual([]);
    expect(found(ofCalls("main.f0x111d()", "main.g(_, 0x)", "main.h({...})"), 0x111dn, 0x1dn)).toEqual([]);
  });

  test("with the same low bits are for the caller to compare", () => {
    const source = ofCalls("main.f(0xc000118010, 0xd000118008, 0xffffffffffffffff)");
    expect(found(source, 0xc000118008n)).toEqual(["d000118008 in 0"]);
  });

  test("are all sure ones of a call, in their order", () => {
    const source = ofCalls("main.f(0xc000118010, {0x5, 0xc000118000?}, 0xc000118018)", "main.g(0xc000118020)");
    expect(source.sureAt(0, 0)).toEqual([0xc000118010n, 0xc000118018n]);
    expect(source.sureAt(0, 1)).toEqual([0xc000118020n]);
  });

  test("are found in an argument list that a terminal has broken in two", () => {
    const text = "goroutine 7 [running]:\nmain.f(0x1, 0xc00011\n8008)\n\t/a.go:3 +0x1d\n\n";
    const bytes = new TextEncoder().encode(`${text}goroutine 8 [running]:\nmain.g()\n\t/a.go:9 +0x1d\n`);
    const [dump] = readAny(bytes).dumps;
    expect(found(argumentsOf(dump!, bytes), 0xc000118008n)).toEqual(["c000118008 in 0"]);
  });
});

test.each([
  ["another name", "main.gg(0x1)\n\t/a.go:3\n"],
  ["no parenthesis behind the name", "main.f 0x1)\n\t/a.go:3\n"],
  ["a note behind the call", "main.f(0x1) // 0xc000118008\n\t/a.go:3\n"],
  ["a second list of arguments", "main.f(0x1)(0x2)\n\t/a.go:3\n"],
  ["a place that is not indented", "main.f(0x1)\n/a.go:3\n"],
  ["an end within the call", "main.f(0x1"],
  ["nothing", ""],
])("a text is not as Go prints it where there is %s", (_, text) => {
  const frames = [{ id: 0, function: "main.f", file: "/a.go", line: 3 }];
  const read = (body: string) => new ArgumentNumbers().addText(0, new TextEncoder().encode(body), frames);
  expect(read(text)).toBe(false);
  expect(read("main.f(0x1)\n\t/a.go:3\n")).toBe(true);
});

describe("the numbers of a goroutine's text", () => {
  const files = corpusFiles().filter(({ file }) => file.endsWith(".txt"));

  test("are those of its calls, over the corpus", () => {
    const compared = files.map(({ file }) => compareNumbers(corpusBytes(file)));
    expect(compared.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3000);
  });

  test.each([...PREFIXES, ...LINE_WRAPPERS])("are those of its calls behind $name", (wrapper) => {
    const names = ["zoo/zoo-go1.24.debug2.txt", "deadlock/abba-go1.27.debug2.txt"];
    const wrapped = names.map((file) =>
      new TextEncoder().encode(wrapper.wrap(new TextDecoder().decode(corpusBytes(file)))),
    );
    expect(wrapped.map(compareNumbers).every((count) => count > 0)).toBe(true);
  });
});

/** Compares the receivers and sure addresses of all goroutines with those of their calls; gives the number of addresses. */
function compareNumbers(bytes: Uint8Array): number {
  let compared = 0;
  for (const dump of readAny(bytes).dumps.filter(({ form }) => form === "traceback")) {
    const source = argumentsOf(dump, bytes);
    for (let row = 0; row < dump.goroutines.length; row++) {
      for (const [frame, { function: name, args }] of (source.calls(row) ?? []).entries()) {
        const sure = sureIn(args ?? "");
        expect(source.sureAt(row, frame)).toEqual(sure);
        const first = /^0x[0-9a-f]+(?!\?)\b/.exec(args ?? "")?.[0];
        const isSure = first !== undefined && BigInt(first) >= 0x10000n && !name.includes("[");
        expect(source.receiver(row, frame)?.isSure === true).toBe(isSure);
        compared += sure.length;
      }
    }
  }
  return compared;
}

function sureIn(args: string): readonly bigint[] {
  const numbers = args.match(/0x[0-9a-f]+\??/g) ?? [];
  return numbers.flatMap((number) => (number.endsWith("?") || BigInt(number) < 0x10000n ? [] : BigInt(number)));
}
