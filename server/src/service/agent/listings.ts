import { compareDumps } from "../../core/compare/compareDumps.ts";
import { rowsOf } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { NO_ID } from "../../core/model/dump.ts";
import { stackOf } from "../../core/model/stack.ts";
import { type AgentDump, groupSummary, placed, quoted } from "./agentDump.ts";
import { pageOf } from "./page.ts";

/** Frames of a stack in a comparison. */
const FRAMES = 8;

/** Groups whose functions, files or state contain a text; all for an empty one. Most goroutines first. */
export function listGroups(open: AgentDump, text: string, cursor: string | null) {
  const groups = open.groups.groups.filter((group) => contains(open, group.id, text));
  return pageOf(groups, cursor, (group) => groupSummary(open, group));
}

function contains({ dump, groups }: AgentDump, number: number, text: string): boolean {
  const { stack, state } = groups.groups[number]!;
  if (text === "" || state.includes(text)) return true;
  const { frames } = stackOf(dump, stack);
  return frames.some(({ function: name, file }) => name.includes(text) || file?.includes(text) === true);
}

/** The goroutine of a row, with its group. */
export function goroutineDetails(open: AgentDump, row: number) {
  const { goroutines } = open.dump;
  const group = open.groups.groups[open.groups.groupOf[row]!]!;
  const creator = at(goroutines.creator, row);
  return {
    id: at(goroutines.id, row),
    dump_line: at(goroutines.line, row) + 1,
    ...groupSummary(open, group),
    same_stack: rowsOf(open.groups, group).length,
    creator: creator === NO_ID ? null : creator,
  };
}

/** What became of each stack over dumps in time order, the largest growth first. */
export function compareOpen(opens: readonly AgentDump[], cursor: string | null) {
  const { groups } = compareDumps(opens.map(({ dump, groups: table }) => ({ dump, groups: table, time: null })));
  return pageOf(groups, cursor, ({ change, counts, lastSeen, groups: inDumps }) => {
    const stack = inDumps[lastSeen]?.[0];
    const frames = stack === undefined ? [] : stackOf(opens[lastSeen]!.dump, stack.stack).frames;
    return { change, counts, state: quoted(stack?.state ?? ""), frames: frames.slice(0, FRAMES).map(placed) };
  });
}
