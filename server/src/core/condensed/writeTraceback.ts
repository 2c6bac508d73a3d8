import type { Call } from "../analysis/arguments.ts";
import { type Group, type GroupTable, groupSteps, rowsOf } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { type Dump, Flag, type Label, NO_ID, NO_WAIT } from "../model/dump.ts";
import type { Incident } from "../model/incident.ts";
import { type Frame, stackOf } from "../model/stack.ts";
import type { Steps } from "../steps.ts";
import { ShownCreators } from "./shownCreators.ts";
import type { Told } from "./told.ts";
import type { Condensed } from "./condensed.ts";
import { append } from "../lists.ts";

/** Goroutines of a group whose arguments are compared: as many as are read of it, see `planSteps`. */
const ROWS_COMPARED = 64;

/** A dump as a traceback with the outermost goroutines of each group by wait; see `condensedSteps`. */
export function* writeTraceback(dump: Dump, told: Told): Steps<Condensed> {
  const table = yield* groupSteps(dump, { byLabels: true });
  const groups = inOrder(table);
  const named = namedByGroup(table, told);
  const shown: number[][] = [];
  for (const group of groups) {
    shown.push(shownRows(dump, rowsOf(table, group), named.get(group.id) ?? []));
    yield;
  }
  const printed = shown.flat();
  const creators = yield* ShownCreators.of(dump, new Set(printed));
  const blocks: string[] = dump.incidents.map(incident);
  for (const [index, group] of groups.entries()) {
    const own = rowsOf(table, group);
    const isSure = creators.areSureOf(own);
    append(blocks, groupBlocks(dump, group, { rows: shown[index]!, own, told }, isSure ? creators : null));
    yield;
  }
  return { text: blocks.join("\n"), printed };
}

/** The rows that findings name, by the number of their group. */
function namedByGroup({ groupOf }: GroupTable, { named }: Told): ReadonlyMap<number, readonly number[]> {
  const byGroup = new Map<number, number[]>();
  for (const row of named) {
    const rows = byGroup.get(groupOf[row]!);
    if (rows === undefined) byGroup.set(groupOf[row]!, [row]);
    else rows.push(row);
  }
  return byGroup;
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

/** What is printed of a group: some of its own rows. */
interface PrintedGroup {
  readonly rows: readonly number[];
  readonly own: Uint32Array;
  readonly told: Told;
}

/** `creators` is null where the creator of one goroutine would not be true of the others that it stands for. */
function groupBlocks(
  dump: Dump,
  group: Group,
  { rows, own, told }: PrintedGroup,
  creators: ShownCreators | null,
): string[] {
  const weights = rows.reduce((sum, row) => sum + weightOf(dump, row), 0);
  return rows.map((row, index) => {
    const others = index === rows.length - 1 ? group.count - weights : 0;
    const calls = others === 0 ? told.calls(row) : callsOfAll(own, told);
    return block(dump, row, weightOf(dump, row) - 1 + others, creators?.of(row) ?? NO_ID, calls);
  });
}

/** The arguments that are the same in all goroutines of a group that were read: those of one are not true of others. */
function callsOfAll(own: Uint32Array, told: Told): readonly Call[] | undefined {
  let common: readonly Call[] | undefined;
  for (const row of own.subarray(0, ROWS_COMPARED)) {
    const calls = told.calls(row);
    if (calls === undefined) continue;
    common = common?.map((call, index) => (call.args === calls[index]?.args ? call : { ...call, args: null })) ?? calls;
  }
  return common;
}

function weightOf({ goroutines: { weight } }: Dump, row: number): number {
  return weight === null ? 1 : at(weight, row);
}

/** The first goroutine of a group, those named, that wait longest and least, and one that prints no wait: each once. */
function shownRows({ goroutines: { wait } }: Dump, rows: Uint32Array, named: readonly number[]): number[] {
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
  return [...new Set([first, ...named, most, unwaited, least].filter((row) => row >= 0))];
}

function block(dump: Dump, row: number, more: number, creator: number, calls: readonly Call[] | undefined): string {
  const { frames, createdBy, elidedAfter } = stackOf(dump, at(dump.goroutines.stack, row));
  const lines = [header(dump, row)];
  const flags = at(dump.goroutines.flags, row);
  if ((flags & Flag.unavailable) !== 0) lines.push("\tgoroutine running on other thread; stack unavailable");
  frames.forEach((frame, index) => {
    if (index === elidedAfter) lines.push("...additional frames elided...");
    // A stack that was read otherwise than it stands in the text has its calls elsewhere.
    const args = calls?.length === frames.length ? calls[index]?.args : null;
    lines.push(`${frame.function}(${args ?? "..."})`);
    append(lines, place(frame));
  });
  if (elidedAfter === frames.length) lines.push("...additional frames elided...");
  if (createdBy !== null) {
    const by = creator === NO_ID ? "" : ` in goroutine ${creator}`;
    lines.push(`created by ${createdBy.function}${by}`);
    append(lines, place(createdBy));
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
