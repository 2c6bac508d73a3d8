import { MAIN_ID } from "../../core/analysis/coverage.ts";
import { at } from "../../core/model/column.ts";
import { type Dump, NO_ID, NO_WAIT } from "../../core/model/dump.ts";
import { visibleJson } from "../../core/text/visible.ts";
import { indexIds } from "../../core/model/idIndex.ts";
import { type Frame, type Stack, stackOf } from "../../core/model/stack.ts";
import type { Incident } from "../../core/model/incident.ts";

/**
 * A dump as `/debug/pprof/goroutine?debug=2` prints it (`runtime/traceback.go`): a block for each goroutine. Arguments are
 * left out (`...`). A record that counts several goroutines becomes as many; where a form has no ids they are numbered, and
 * only main is goroutine 1.
 */
export function* debug2Blocks(dump: Dump): Generator<string> {
  for (const incident of dump.incidents) yield incidentLines(incident);
  const { goroutines } = dump;
  const bodies = new Map<number, string>();
  const ids = indexIds(goroutines.id);
  const main = unnamedMain(dump);
  let number = Math.max(largestId(dump), MAIN_ID);
  for (let row = 0; row < goroutines.length; row++) {
    const stack = at(goroutines.stack, row);
    const creator = at(goroutines.creator, row);
    let body = bodies.get(stack);
    if (body === undefined) bodies.set(stack, (body = bodyOf(stackOf(dump, stack))));
    const text = body + creatorOf(stackOf(dump, stack).createdBy, creator);
    const count = goroutines.weight === null ? 1 : Math.max(0, at(goroutines.weight, row));
    for (let copy = 0; copy < count; copy++) {
      const id = at(goroutines.id, row);
      // A crash prints a goroutine again for the thread that it was on, and each thread's own stack as goroutine 0.
      const isNamed = id > 0 && copy === 0 && ids.rowOf(id) === row;
      const given = row === main && copy === 0 ? MAIN_ID : undefined;
      yield `goroutine ${isNamed ? id : (given ?? ++number)} [${stateOf(dump, row)}]${labelsOf(dump, row)}:\n${text}\n`;
    }
  }
}

/** The row of main where a form has no ids; -1: it has, or main is not in the dump. */
function unnamedMain(dump: Dump): number {
  const { goroutines } = dump;
  if (largestId(dump) > 0) return -1;
  for (let row = 0; row < goroutines.length; row++) {
    const { frames, createdBy } = stackOf(dump, at(goroutines.stack, row));
    if (createdBy === null && frames.some(({ function: name }) => name === "main.main")) return row;
  }
  return -1;
}

/** Numbers given to goroutines without an id lie above it. */
function largestId({ goroutines: { id, length } }: Dump): number {
  let largest = 0;
  for (let row = 0; row < length; row++) largest = Math.max(largest, at(id, row));
  return largest;
}

function stateOf({ goroutines, states }: Dump, row: number): string {
  const wait = at(goroutines.wait, row);
  const state = states[at(goroutines.state, row)] ?? "";
  return wait === NO_WAIT ? state : `${state}, ${wait} minutes`;
}

/** As Go 1.26 prints them (`runtime/traceback.go`, `goroutineheader`). */
function labelsOf({ goroutines, labelSets }: Dump, row: number): string {
  const labels = labelSets[at(goroutines.labels, row)] ?? [];
  if (labels.length === 0) return "";
  return ` {${labels.map(([key, value]) => `${quoted(key)}: ${quoted(value)}`).join(", ")}}`;
}

function quoted(text: string): string {
  return visibleJson(JSON.stringify(text));
}

function bodyOf({ frames, elidedAfter }: Stack): string {
  const lines: string[] = [];
  frames.forEach((frame, index) => {
    if (index === elidedAfter) lines.push("...additional frames elided...\n");
    lines.push(`${frame.function}(...)\n${placeOf(frame)}`);
  });
  if (elidedAfter === frames.length) lines.push("...additional frames elided...\n");
  return lines.join("");
}

function creatorOf(createdBy: Frame | null, creator: number): string {
  if (createdBy === null) return "";
  const by = creator === NO_ID ? "" : ` in goroutine ${creator}`;
  return `created by ${createdBy.function}${by}\n${placeOf(createdBy)}`;
}

/** Line breaks cannot stand in a line. */
function placeOf({ file, line }: Frame): string {
  return file === null ? "" : `\t${file.replaceAll(/[\r\n]/g, " ")}:${line ?? 0}\n`;
}

function incidentLines({ kind, message, signal }: Incident): string {
  const start = kind === "panic" ? "panic: " : kind === "fatal-error" ? "fatal error: " : "";
  return `${start}${message.replaceAll("\n", "\n\t")}\n${signal === null ? "" : `[signal ${signal}]\n`}\n`;
}
