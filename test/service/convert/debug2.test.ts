import { expect, test } from "vitest";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { debug2Blocks } from "../../../server/src/service/convert/debug2.ts";

const headers = (text: string) =>
  [...debug2Blocks(readAny(new TextEncoder().encode(text)).dumps[0]!)].map((block) => block.split("\n")[0]);

const text = (...records: readonly string[]) => `goroutine profile: total 3\n${records.join("\n")}`;

test("goroutines of a form without ids are numbered, and only main is goroutine 1", () => {
  const worker = "2 @ 0x1\n#\t0x1\tshop.work+0x1\t/src/work.go:9\n";
  const main = "1 @ 0x2\n#\t0x2\tmain.main+0x1\t/src/main.go:84\n";
  expect(headers(text(worker, main))).toEqual([
    "goroutine 2 [unknown]:",
    "goroutine 3 [unknown]:",
    "goroutine 1 [unknown]:",
  ]);
  expect(headers(text(worker))).toEqual(["goroutine 2 [unknown]:", "goroutine 3 [unknown]:"]);
});

test("ids are kept where a form has them", () => {
  expect(headers("goroutine 7 [select]:\nmain.main()\n\t/src/main.go:84 +0x1\n")).toEqual(["goroutine 7 [select]:"]);
});
