import { expect, it } from "vitest";
import { countSteps } from "../../../server/src/core/group/counts.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { analyse } from "../../support/analyse.ts";

const goroutine = (id: number, items: string, labels = "") =>
  `goroutine ${id} [${items}]${labels}:\nmain.f()\n\t/src/main.go:1 +0x1\n`;

const counted = (...goroutines: readonly string[]) => {
  const { dump } = analyse(goroutines.join("\n"));
  return runToEnd(countSteps(dump, groupGoroutines(dump, { byLabels: false }).rows));
};

it("counts goroutines by minutes waited: each in one span, those without minutes apart", () => {
  const minutes = [1, 1, 4, 5, 59, 60, 1440, 99_999];
  const waiting = minutes.map((each, index) => goroutine(index + 2, `select, ${each} minutes`));

  expect(counted(goroutine(1, "running"), ...waiting).waits).toEqual([
    { from: null, to: null, count: 1 },
    { from: 1, to: 1, count: 2 },
    { from: 2, to: 4, count: 1 },
    { from: 5, to: 9, count: 1 },
    { from: 30, to: 59, count: 1 },
    { from: 60, to: 179, count: 1 },
    { from: 1440, to: Infinity, count: 2 },
  ]);
});

it("counts goroutines by label, most frequent keys and values first", () => {
  const { labels } = counted(
    goroutine(1, "select", " {tenant: a, __proto__: x}"),
    goroutine(2, "select", " {tenant: b}"),
    goroutine(3, "select", " {tenant: b}"),
    goroutine(4, "select"),
  );

  expect(labels).toEqual([
    {
      key: "tenant",
      values: [
        ["b", 2],
        ["a", 1],
      ],
    },
    { key: "__proto__", values: [["x", 1]] },
  ]);
});
