import { at } from "../../server/src/core/model/column.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import type { Reading } from "../../server/src/core/read/dumpReader.ts";
import { type Frame, stackOf } from "../../server/src/core/model/stack.ts";

function frameText(frame: Frame): string {
  return frame.file === null ? frame.function : `${frame.function} ${frame.file}:${frame.line}`;
}

/** All that a dump says, but not where it stands: equal for a dump and the same dump wrapped in something. */
export function contentOf(dump: Dump): unknown {
  const { goroutines: columns } = dump;
  const stack = (number: number) => {
    const { frames, createdBy, elidedAfter } = stackOf(dump, number);
    return { frames: frames.map(frameText), createdBy: createdBy === null ? null : frameText(createdBy), elidedAfter };
  };
  const rows = Array.from({ length: columns.length }, (_, row) => ({
    id: at(columns.id, row),
    state: dump.states[at(columns.state, row)],
    wait: at(columns.wait, row),
    creator: at(columns.creator, row),
    flags: at(columns.flags, row),
    labels: dump.labelSets[at(columns.labels, row)],
    weight: columns.weight === null ? 1 : at(columns.weight, row),
    ...stack(at(columns.stack, row)),
  }));
  return {
    form: dump.form,
    total: dump.total,
    rows,
    incidents: dump.incidents.map(({ kind, message, signal, goroutine, recovered }) => [
      kind,
      message,
      signal,
      goroutine,
      recovered,
    ]),
    systemStacks: dump.systemStacks.map((system) => [system.title, stack(system.stack)]),
    races: dump.races.map(({ accesses, creations }) => [
      accesses.map(({ operation, address, goroutine }) => [operation, address, goroutine]),
      creations.map(({ goroutine, status }) => [goroutine, status]),
    ]),
    deadlockReports: dump.deadlockReports.map(({ kind, waited, places }) => [
      kind,
      waited,
      places.map((place) => [place.role, place.goroutine, place.lock, place.code, place.row, stack(place.stack)]),
    ]),
  };
}

/** The contents of all dumps. */
export function contentsOf(dumps: readonly Dump[]): readonly unknown[] {
  return dumps.map(contentOf);
}

/** Where everything stands, and what is noted: with {@link contentsOf} all that a reading says. */
export function placesOf({ dumps, notes, bytes, lines }: Reading): unknown {
  const placed = dumps.map((dump) => ({
    lines: [dump.startLine, dump.endLine],
    offsets: [dump.startOffset, dump.endOffset],
    rows: Array.from({ length: dump.goroutines.length }, (_, row) => [
      at(dump.goroutines.line, row),
      at(dump.goroutines.offset, row),
    ]),
    notes: dump.notes,
    time: dump.time,
    wrapping: dump.wrapping,
  }));
  return { dumps: placed, notes, bytes, lines };
}
