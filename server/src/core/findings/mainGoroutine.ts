import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import type { Analysis } from "./analysis.ts";

/** Whether it is goroutine 1; where there are no ids, the one that runs main.main without anybody having started it. */
export function isMain(analysis: Analysis, row: number): boolean {
  if (at(analysis.dump.goroutines.id, row) === 1) return true;
  const { creatorFamily, stack } = analysis.traits(analysis.groupOf(row));
  return creatorFamily === null && stack.frames.some(({ function: name }) => name === "main.main");
}

/** Whether these are main, blocked forever in main itself: a common way to keep a program alive, and meant. */
export function keepsAlive(analysis: Analysis, group: Group): boolean {
  const first = analysis.groups.rows[group.start];
  if (first === undefined || !isMain(analysis, first)) return false;
  const innermost = analysis.traits(group).user[0];
  return innermost === undefined || innermost.frame.function === "main.main";
}
