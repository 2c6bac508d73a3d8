import { at } from "../../server/src/core/model/column.ts";
import { type Dump, type Label, NO_ID, NO_WAIT } from "../../server/src/core/model/dump.ts";
import { type Frame, stackOf } from "../../server/src/core/model/stack.ts";
import type { Reading } from "../../server/src/core/read/dumpReader.ts";

/** A goroutine of a dump as a plain value without numbers that only mean something within the dump. */
export interface DescribedGoroutine {
  readonly id: number | null;
  readonly line: number;
  readonly offset: number;
  readonly state: string;
  readonly wait: number | null;
  readonly creator: number | null;
  readonly flags: number;
  readonly labels: readonly Label[];
  readonly frames: readonly string[];
  readonly createdBy: string | null;
}

/** A dump as plain values, to compare and to look at. */
export function describeDump(dump: Dump): { form: string; startLine: number; goroutines: DescribedGoroutine[] } {
  const goroutines = Array.from({ length: dump.goroutines.length }, (_, row) => describeRow(dump, row));
  return { form: dump.form, startLine: dump.startLine, goroutines };
}

/** All dumps of a reading, likewise, with their notes. */
export function describeDumps(reading: Pick<Reading, "dumps">) {
  return reading.dumps.map((dump) => ({ ...describeDump(dump), notes: dump.notes, incidents: dump.incidents }));
}

function describeRow(dump: Dump, row: number): DescribedGoroutine {
  const { goroutines } = dump;
  const { frames, createdBy, elidedAfter } = stackOf(dump, at(goroutines.stack, row));
  const described = frames.map(describeFrame);
  if (elidedAfter !== null) described.splice(elidedAfter, 0, "...");
  const [id, wait, creator] = [at(goroutines.id, row), at(goroutines.wait, row), at(goroutines.creator, row)];
  return {
    id: id === NO_ID ? null : id,
    line: at(goroutines.line, row),
    offset: at(goroutines.offset, row),
    state: dump.states[at(goroutines.state, row)] ?? "",
    wait: wait === NO_WAIT ? null : wait,
    creator: creator === NO_ID ? null : creator,
    flags: at(goroutines.flags, row),
    labels: dump.labelSets[at(goroutines.labels, row)] ?? [],
    frames: described,
    createdBy: createdBy === null ? null : describeFrame(createdBy),
  };
}

function describeFrame(frame: Frame): string {
  return frame.file === null ? frame.function : `${frame.function} ${frame.file}:${frame.line}`;
}
