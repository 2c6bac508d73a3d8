import { type Group, type GroupTable, groupSteps, rowsOf } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { type Dump, Flag, type Label, NO_ID, NO_WAIT } from "../model/dump.ts";
import type { Incident } from "../model/incident.ts";
import { type Frame, stackOf } from "../model/stack.ts";
import type { Steps } from "../steps.ts";
import { ShownCreators } from "./shownCreators.ts";

/** A dump as a traceback with the outermost goroutines of each group by wait; see `writeCondensed`. */
export function* writeTraceback(dump: Dump): Steps<string> {
  const table = yield* groupSteps(dump, { byLabels: true });
  const groups = inOrder(table);
  const shown: number[][] = [];
  for (const group of groups) {
    shown.push(shownRows(dump, rowsOf(table, group)));
    yield;
  }
  const creators = yield* ShownCreators.of(dump, new Set(shown.flat()));
  const blocks: string[] = dump.incidents.map(incident);
  for (const [index, group] of groups.entries()) {
    const isSure = creators.areSureOf(rowsOf(table, group));
    blocks.push(...groupBlocks(dump, group, shown[index]!, isSure ? creators : null));
    yield;
  }
  return blocks.join("\n");
}

/** Most goroutines first, but on top the group that the dump begins with: a dump's first goroutine printed it. */
function inOrder({ groups, groupOf }: GroupTable): readonly Group[] {
  const first = groups[groupOf[0] ?? 0];
  return first === undefined ? [] : [first, ...groups.filter((group) => group !== first)];
}

function incident({ kind, message, signal, recovered }: Incident): string {
  const start = kind === "panic" ? "panic: " : kind === "fatal-error" ? "fatal error: " : "";
  const detail = signal === null || kind === "signal" ? "" : `[signal ${signal}]\n`;
  return `${start}${message.replaceAll("\n", "\n\t")}${recovered ? " [recovered]" : ""}\n${detail}`;
}

/** `creators` is null where the creator of one goroutine would not be true of the others that it stands for. */
function groupBlocks(dump: Dump, group: Group, rows: readonly number[], creators: ShownCreators | null): string[] {
  const weights = rows.reduce((sum, row) => sum + weightOf(dump, row), 0);
  return rows.map((row, index) => {
    const others = index === rows.length - 1 ? group.count - weights : 0;
    return block(dump, row, weightOf(dump, row) - 1 + others, creators?.of(row) ?? NO_ID);
  });
}

function weightOf({ goroutines: { weight } }: Dump, row: number): number {
  return weight === null ? 1 : at(weight, row);
}

/** The first goroutine of a group, those that wait longest and least, and one that prints no wait: each once. */
function shownRows({ goroutines: { wait } }: Dump, rows: Uint32Array): number[] {
  const first = rows[0]!;
  let [least, most, unwaited] = [-1, -1, -1];
  for (const row of rows) {
    const minutes = at(wait, row);
    if (minutes === NO_WAIT) unwaited = unwaited < 0 ? row : unwaited;
    else {
      if (least < 0 || minutes < at(wait, least)) least = row;
      if (most < 0 || minutes > at(wait, most)) most = row;
    }
  }
  // The last one stands for the others: one in the middle of them would widen nothing.
  return [...new Set([first, most, unwaited, least].filter((row) => row >= 0))];
}

function block(dump: Dump, row: number, more: number, creator: number): string {
  const { frames, createdBy, elidedAfter } = stackOf(dump, at(dump.goroutines.stack, row));
  const lines = [header(dump, row)];
  const flags = at(dump.goroutines.flags, row);
  if ((flags & Flag.unavailable) !== 0) lines.push("\tgoroutine running on other thread; stack unavailable");
  frames.forEach((frame, index) => {
    if (index === elidedAfter) lines.push("...additional frames elided...");
    lines.push(`${frame.function}(...)`, ...place(frame));
  });
  if (elidedAfter === frames.length) lines.push("...additional frames elided...");
  if (createdBy !== null) {
    const by = creator === NO_ID ? "" : ` in goroutine ${creator}`;
    lines.push(`created by ${createdBy.function}${by}`, ...place(createdBy));
  }
  if (more > 0) lines.push(`... and ${more} more ${more === 1 ? "goroutine" : "goroutines"} with this stack`);
  return `${lines.join("\n")}\n`;
}

function header(dump: Dump, row: number): string {
  const { id, state, wait, flags, labels } = dump.goroutines;
  const minutes = at(wait, row);
  const items = [
    dump.states[at(state, row)] ?? "",
    ...(minutes === NO_WAIT ? [] : [`${minutes} minutes`]),
    ...((at(flags, row) & Flag.locked) === 0 ? [] : ["locked to thread"]),
  ];
  const set = dump.labelSets[at(labels, row)] ?? [];
  return `goroutine ${at(id, row)} [${items.join(", ")}]${set.length === 0 ? "" : ` {${set.map(label).join(", ")}}`}:`;
}

/** As Go 1.27 writes it; always quoted, which it does when needed. */
function label([key, value]: Label): string {
  return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
}

function place({ file, line }: Frame): string[] {
  return file === null ? [] : [`\t${file}:${line ?? 0}`];
}
