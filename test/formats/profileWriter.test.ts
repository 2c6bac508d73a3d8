import { describe, expect, it } from "vitest";
import { type GroupTable, groupGoroutines } from "../../server/src/core/group/groups.ts";
import { at } from "../../server/src/core/model/column.ts";
import { type Dump, NO_ID } from "../../server/src/core/model/dump.ts";
import { stackOf } from "../../server/src/core/model/stack.ts";
import { readDumps } from "../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../server/src/core/text/utf8.ts";
import { readAny } from "../../server/src/formats/anyReader.ts";
import { readProfile } from "../../server/src/formats/profileProto.ts";
import { type ProfileOptions, writeProfile } from "../../server/src/formats/profileWriter.ts";
import { debug2Blocks } from "../../server/src/service/convert/debug2.ts";
import { corpusBytes, corpusFiles } from "../support/corpus.ts";

const PLAIN: ProfileOptions = { withIds: false, labels: [] };

function again(dump: Dump, options = PLAIN): Dump {
  const read = readProfile(writeProfile(dump, options));
  if (read.kind !== "dump") throw new Error(JSON.stringify(read));
  return read.dump;
}

/** What must survive: each group with its stack, creator, state, labels, count and waits, in an order of its own. */
function groupsOf(dump: Dump, table: GroupTable = groupGoroutines(dump, { byLabels: true })): readonly string[] {
  const described = table.groups.map(({ stack, state, labels, count, wait, unwaited }) => {
    const { frames, createdBy, elidedAfter } = stackOf(dump, stack);
    const place = (frame: (typeof frames)[number] | null) => frame && [frame.function, frame.file, frame.line ?? 0];
    const set = labels === null ? null : dump.labelSets[labels];
    return JSON.stringify([frames.map(place), place(createdBy), elidedAfter, state, set, count, wait, unwaited]);
  });
  return described.sort();
}

/** The id of each goroutine that has one, and its creator's. */
function idsOf({ goroutines: { id, creator, length } }: Dump) {
  return Array.from({ length }, (_, row) => [at(id, row), at(creator, row)]).filter(([one]) => one !== NO_ID);
}

/** Every dump of the corpus that counts goroutines by stack. */
function* dumps(): Generator<[file: string, dump: Dump]> {
  for (const { file } of corpusFiles()) {
    for (const dump of readAny(corpusBytes(file)).dumps) if (dump.goroutines.length > 0) yield [file, dump];
  }
}

describe("a dump written as a profile", () => {
  it("has the same groups, states, waits, labels and creators when it is read again, for the whole corpus", () => {
    const different: string[] = [];
    let compared = 0;
    for (const [file, dump] of dumps()) {
      compared++;
      if (JSON.stringify(groupsOf(again(dump))) !== JSON.stringify(groupsOf(dump))) different.push(file);
    }
    expect(compared).toBeGreaterThan(200);
    expect(different).toEqual([]);
  });

  it("has the same goroutines with their ids and creators when it was asked for, for the whole corpus", () => {
    const different: string[] = [];
    for (const [file, dump] of dumps()) {
      const read = again(dump, { withIds: true, labels: [] });
      const isSame = JSON.stringify(idsOf(read)) === JSON.stringify(idsOf(dump));
      if (!isSame || JSON.stringify(groupsOf(read)) !== JSON.stringify(groupsOf(dump))) different.push(file);
    }
    expect(different).toEqual([]);
  });

  it("keeps a program's own labels apart from what the dump prints", () => {
    const text =
      'goroutine 7 [chan send, 3 minutes] {"state": "open", "label:state": "x"}:\nmain.f(...)\n\t/src/a.go:3\n\n';
    const [dump] = readDumps(encodeUtf8(text)).dumps;
    const read = again(dump!, { withIds: false, labels: [["host", "web-1"]] });
    expect(read.states).toEqual(["chan send"]);
    expect(read.labelSets[1]).toEqual([
      ["host", "web-1"],
      ["label:state", "x"],
      ["state", "open"],
    ]);
  });
});

describe("a dump written as a traceback", () => {
  it("has the same groups when it is read again, for the whole corpus", () => {
    const different: string[] = [];
    for (const [file, dump] of dumps()) {
      // A stack of a profile may have no frames, and a difference of profiles may count less than none.
      if (dump.form === "pprof-report") continue;
      const text = [...debug2Blocks(dump)].join("");
      const [read] = readDumps(encodeUtf8(text)).dumps;
      if (read === undefined || JSON.stringify(groupsOf(read)) !== JSON.stringify(groupsOf(dump))) different.push(file);
    }
    expect(different).toEqual([]);
  });
});
