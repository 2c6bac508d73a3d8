import { describe, expect, it } from "vitest";
import { groupGoroutines, rowsOf } from "../../../server/src/core/group/groups.ts";
import { at } from "../../../server/src/core/model/column.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";

function goroutine(id: number, header: string, name = "main.wait"): string {
  return `goroutine ${id} ${header}:\n${name}(0xc00000${id}000)\n\t/src/main.go:8 +0x1d\ncreated by main.main in goroutine ${id - 1}\n\t/src/main.go:3 +0x1\n`;
}

function dumpOf(...goroutines: readonly string[]): Dump {
  const [dump] = readDumps(encodeUtf8(goroutines.join("\n"))).dumps;
  if (dump === undefined) throw new Error("no dump");
  return dump;
}

function groupsOf(dump: Dump, byLabels = false) {
  const table = groupGoroutines(dump, { byLabels });
  return table.groups.map((group) => ({
    count: group.count,
    state: group.state,
    wait: group.wait,
    unwaited: group.unwaited,
    ids: [...rowsOf(table, group)].map((row) => at(dump.goroutines.id, row)),
  }));
}

describe("grouping goroutines", () => {
  it("puts those together that share stack and state: arguments, ids and creators' ids do not matter", () => {
    const dump = dumpOf(
      goroutine(2, "[chan send]", "main.other"),
      goroutine(3, "[chan send, 3 minutes]"),
      goroutine(4, "[chan send, 9 minutes]"),
      goroutine(5, "[chan send]"),
      goroutine(6, "[runnable]"),
    );
    expect(groupsOf(dump)).toEqual([
      { count: 3, state: "chan send", wait: { min: 3, max: 9 }, unwaited: 1, ids: [3, 4, 5] },
      { count: 1, state: "chan send", wait: null, unwaited: 1, ids: [2] },
      { count: 1, state: "runnable", wait: null, unwaited: 1, ids: [6] },
    ]);
  });

  it("keeps label sets apart only when asked to", () => {
    const dump = dumpOf(goroutine(2, "[select] {route: /a}"), goroutine(3, "[select] {route: /b}"));
    expect(groupsOf(dump).map(({ count }) => count)).toEqual([2]);
    expect(groupsOf(dump, true).map(({ count }) => count)).toEqual([1, 1]);
  });

  it("counts weights", () => {
    const dump = dumpOf(
      "goroutine profile: total 42\n40 @ 0x1\n#\t0x1\tmain.a+0x1\t/a.go:1\n\n2 @ 0x2\n#\t0x2\tmain.b+0x1\t/b.go:1\n",
    );
    expect(groupsOf(dump).map(({ count }) => count)).toEqual([40, 2]);
    expect(dump.total).toBe(42);
  });

  it("gives each row its group", () => {
    const dump = dumpOf(goroutine(2, "[select]"), goroutine(3, "[chan send]"), goroutine(4, "[chan send]"));
    expect([...groupGoroutines(dump, { byLabels: false }).groupOf]).toEqual([1, 0, 0]);
  });
});
