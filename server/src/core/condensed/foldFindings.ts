import type { Finding } from "../findings/finding.ts";
import type { GroupTable } from "../group/groups.ts";
import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";
import { frameOf } from "../model/stack.ts";
import { byRange, type Steps } from "../steps.ts";
import { rowAt } from "./told.ts";

/** A dump, and which of its rows its condensed text prints, in the order of that text. */
export interface Whole {
  readonly dump: Dump;
  readonly groups: GroupTable;
  readonly printed: readonly number[];
}

/**
 * The findings of a dump as findings of its condensed text, read again: the same counts and words, at what the text
 * prints. A goroutine that is not printed is where the last one of its group is, which counts it.
 */
export function* foldSteps(findings: readonly Finding[], whole: Whole, condensed: Dump): Steps<readonly Finding[]> {
  const rows = yield* rowsInText(whole);
  const row = (of: number): number => rows[of] ?? 0;
  const frames = framesInText(whole.dump, condensed);
  const frame = (of: number | null): number | null => (of === null ? null : frames(of));
  const line = (of: number): number => lineInText(of, whole.dump, condensed, rows);
  const folded: Finding[] = [];
  for (const finding of findings) {
    folded.push({
      ...finding,
      rows: foldRows(finding.rows, rows, condensed.goroutines.length),
      dumpLine: line(finding.dumpLine),
      frame: frame(finding.frame),
      root: finding.root === null ? null : row(finding.root),
      cycle: finding.cycle?.map(row) ?? null,
      related: finding.related.map((place) => ({
        ...place,
        dumpLine: line(place.dumpLine),
        goroutine: place.goroutine === null ? null : row(place.goroutine),
        frame: frame(place.frame),
      })),
    });
    yield;
  }
  return folded;
}

/** By row of the dump: that of the text. */
function* rowsInText({ groups: { groups, groupOf }, printed }: Whole): Steps<Int32Array> {
  const lastOfGroup = new Int32Array(groups.length);
  printed.forEach((row, index) => (lastOfGroup[groupOf[row]!] = index));
  const rows = new Int32Array(groupOf.length);
  yield* byRange(rows.length, (start, end) => {
    for (let row = start; row < end; row++) rows[row] = lastOfGroup[groupOf[row]!]!;
  });
  printed.forEach((row, index) => (rows[row] = index));
  return rows;
}

function foldRows(rows: Uint32Array, inText: Int32Array, length: number): Uint32Array {
  const isIn = new Uint8Array(length);
  for (let index = 0; index < rows.length; index++) isIn[inText[rows[index]!]!] = 1;
  return Uint32Array.from(isIn.keys()).filter((row) => isIn[row] === 1);
}

/** The header of the goroutine that a line begins, or the incident of that line. */
function lineInText(line: number, dump: Dump, condensed: Dump, rows: Int32Array): number {
  const row = rowAt(dump, line);
  if (row >= 0) return at(condensed.goroutines.line, rows[row]!);
  const incident = condensed.incidents[dump.incidents.findIndex((each) => each.line === line)];
  return incident?.line ?? condensed.startLine;
}

/** By number of the dump's frame: that of the text's. */
function framesInText(dump: Dump, condensed: Dump): (frame: number) => number | null {
  const byKey = new Map<string, number>();
  for (let id = 0; id < condensed.frames.function.length; id++) byKey.set(frameKey(condensed, id), id);
  return (frame) => byKey.get(frameKey(dump, frame)) ?? null;
}

function frameKey(dump: Dump, id: number): string {
  const { function: name, file, line } = frameOf(dump, id);
  return `${name}\n${file}\n${line}`;
}
