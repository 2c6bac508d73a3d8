import { assert, property, stringMatching } from "fast-check";
import { describe, expect, test } from "vitest";
import { filterGroups } from "../../../server/src/core/group/filter.ts";
import { parseFilter } from "../../../server/src/core/group/filterQuery.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { at } from "../../../server/src/core/model/column.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { english } from "../../../server/src/core/text/say.ts";

const DUMP = `goroutine 1 [select, 9 minutes]:
main.main()
	/src/app/main.go:10 +0x1

goroutine 7 [chan receive, 4 minutes]:
example.com/app/work.(*Pool).Run(0xc000010000)
	/src/app/work/pool.go:31 +0x1
created by main.main in goroutine 1
	/src/app/main.go:8 +0x1

goroutine 8 [chan receive] {queue: mail, "user name": ann}:
example.com/app/work.(*Pool).Run(0xc000020000)
	/src/app/work/pool.go:31 +0x1
created by main.main in goroutine 1
	/src/app/main.go:8 +0x1

goroutine 9 [IO wait]:
internal/poll.runtime_pollWait(0x1, 0x72)
	/go/src/runtime/netpoll.go:345 +0x85
net/http.(*conn).serve(0xc000030000)
	/go/src/net/http/server.go:1991 +0x1
created by net/http.(*Server).Serve in goroutine 2
	/go/src/net/http/server.go:3102 +0x1
`;

const dump = readDumps(encodeUtf8(DUMP)).dumps[0]!;
const table = groupGoroutines(dump, { byLabels: false });

/** Ids of the goroutines a filter lets through; the message of a malformed one. */
function filtered(text: string): number[] | string {
  const query = parseFilter(text);
  if (query.kind === "malformed") return english(query.message);
  return filterGroups(dump, table, query.filter, { isBlamed: (row) => row === 0 })
    .flatMap(({ rows }) => Array.from(rows, (row) => at(dump.goroutines.id, row)))
    .sort((left, right) => left - right);
}

describe("a filter", () => {
  test.each<[string, number[] | string]>([
    ["", [1, 7, 8, 9]],
    ["   ", [1, 7, 8, 9]],
    ["pool", [7, 8]],
    ["POOL.GO", [7, 8]],
    ["pool.go:31", [7, 8]],
    ["mail", [8]],
    ["chan -mail", [7]],
    ['"chan receive" -label:queue', [7]],
    ["state:io", [9]],
    ["func:main", [1]],
    ["created:main", [7, 8]],
    ["created:2", [9]],
    ["-created:2", [1, 7, 8]],
    ["pkg:net/http", [9]],
    ["package:app/work", [7, 8]],
    ["file:server.go", [9]],
    ["label:queue=mail", [8]],
    ['label:"user name=ann"', [8]],
    ["id:7", [7]],
    ["id:1,8-9", [1, 8, 9]],
    ["-id:1,8-9", [7]],
    ["wait:>4", [1]],
    ["wait:>=4", [1, 7]],
    ["wait:<1", [8, 9]],
    ["count:>1", [7, 8]],
    ["count:1", [1, 9]],
    ["chan wait:4", [7]],
    ["state: pool", [7, 8]],
    ["id:", [1, 7, 8, 9]],
    ["(*Pool).Run(", []],
    ["d:/src", []],
    ["pool or main.go:10", [1, 7, 8]],
    ["select or (chan and mail)", [1, 8]],
    ["SELECT OR mail", [1, 8]],
    ["not (select or mail)", [7, 9]],
    ["-(select or mail) chan", [7]],
    ["not not select", [1]],
    ["not -select", [1]],
    ['"and"', []],
    ["work.(*Pool).Run", [7, 8]],
    ["(func:(*Pool).Run or func:(*conn))", [7, 8, 9]],
    ["77", []],
    ["7", [7]],
    ["goroutine 7", [7]],
    ["wait:>0h wait:<1h", [1, 7]],
    ["wait:5m-1d", [1]],
    ["ancestor:1", [7, 8]],
    ["ancestor:main.main", [7, 8]],
    ["ancestor:2", [9]],
    ["has:finding", [1]],
    ["not has:finding", [7, 8, 9]],
    ["has:label", [8]],
    ["has:wait", [1, 7]],
    ["has:creator", [7, 8, 9]],
    ["or", '"or" wants something behind it.'],
    ["pool or", '"or" wants something behind it.'],
    ["and", '"and" wants something behind it.'],
    ["not", '"not" wants something behind it.'],
    ["nothing-like-it", []],
  ])("%j shows %j", (text, ids) => {
    expect(filtered(text)).toEqual(ids);
  });

  test.each([
    ["wait:long", '"wait:" wants a number, e.g. wait:>10m.'],
    ["count:>", '"count:" wants a number, e.g. count:>100.'],
    ["count:>3m", '"count:" wants a number, e.g. count:>100.'],
    ["wait:>1-3", '"wait:" wants a number, e.g. wait:>10m.'],
    ['pool "unclosed', "The quote is not closed."],
    ["(pool", "This parenthesis is not closed."],
    ["pool)", "This parenthesis closes nothing."],
    ["has:money", '"has:" knows finding, label, wait, creator.'],
  ])("%j is malformed, and says so", (text, message) => {
    expect(filtered(text)).toBe(message);
  });

  test("of an unknown name says which there are, and where it stands", () => {
    expect(parseFilter("chan frobnicate:1")).toMatchObject({ kind: "malformed", start: 5, end: 17 });
    expect(filtered("frobnicate:1")).toMatch(/^There is no "frobnicate:"\. Put it in quotes.* state: func: pkg:/);
    expect(filtered("constructor:x")).toMatch(/^There is no "constructor:"/);
    expect(filtered('"frobnicate:1"')).toEqual([]);
  });

  test("of any text is read without an error, and of any depth", () => {
    assert(
      property(stringMatching(/^[a-z:()"\- >]*$/), (text) => {
        const query = parseFilter(text);
        if (query.kind === "filter") filterGroups(dump, table, query.filter);
      }),
    );
    expect(parseFilter("(".repeat(10_000))).toMatchObject({ kind: "malformed" });
    expect(parseFilter(`${"-".repeat(100_001)}x`)).toMatchObject({ filter: { kind: "not" } });
  });

  test("finds ancestors through many generations, and gets out of a circle of repeated ids", () => {
    const chain = Array.from(
      { length: 5000 },
      (_, id) =>
        `goroutine ${id + 1} [select]:\nmain.f()\n\t/a.go:1 +0x1\ncreated by main.g in goroutine ${id === 0 ? 5000 : id}\n\t/a.go:2 +0x1\n`,
    );
    const deep = readDumps(encodeUtf8(chain.join("\n"))).dumps[0]!;
    const query = parseFilter("ancestor:2500");
    const groups = groupGoroutines(deep, { byLabels: false });
    expect(query.kind === "filter" && filterGroups(deep, groups, query.filter)[0]?.count).toBe(2501);
  });

  test("of a counted form adds up the weights", () => {
    const profile =
      "goroutine profile: total 12\n10 @ 0x1\n#\t0x1\tmain.f+0x1\t/a.go:1\n\n2 @ 0x2\n#\t0x2\tmain.g+0x1\t/a.go:2\n";
    const counted = readDumps(encodeUtf8(profile)).dumps[0]!;
    const query = parseFilter("main.f");
    const groups = groupGoroutines(counted, { byLabels: false });
    expect(query.kind === "filter" && filterGroups(counted, groups, query.filter).map(({ count }) => count)).toEqual([
      10,
    ]);
  });
});
