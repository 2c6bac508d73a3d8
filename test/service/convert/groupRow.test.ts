import { expect, it } from "vitest";
import type { Finding } from "../../../server/src/core/findings/finding.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { groupRows } from "../../../server/src/service/convert/groupRow.ts";

const [dump] = readDumps(
  new TextEncoder().encode(
    [1, 2, 3].map((id) => `goroutine ${id} [select]:\nmain.f${id}()\n\t/x/a.go:${id} +0x1\n\n`).join(""),
  ),
).dumps;

/** What a row asks of a finding. */
const finding = (rule: string, certainty: string, ...rows: readonly number[]) =>
  ({ rule, certainty, rows: Uint32Array.from(rows) }) as unknown as Finding;

it("a row names each kind of finding of its group once, in their order", () => {
  const groups = groupGoroutines(dump!, { byLabels: true });
  const findings = [
    finding("leak", "strong", 0, 1),
    finding("stuck", "suspect", 1, 2),
    finding("leak", "strong", 1),
    finding("leak", "suspect", 0, 1),
  ];
  const source = { file: "x", index: 0, host: null, dump: dump!, groups, findings, time: null, labels: [] };
  const rows = [...groupRows({ ...source, sha256: (text) => text })];
  expect(rows.map(({ top, findings: named }) => [top, named])).toEqual([
    ["main.f1", ["leak strong", "leak suspect"]],
    ["main.f2", ["leak strong", "stuck suspect", "leak suspect"]],
    ["main.f3", ["stuck suspect"]],
  ]);
});
