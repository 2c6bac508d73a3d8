import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import type { Analysis } from "./analysis.ts";
import { MAIN_ID } from "./coverage.ts";
import type { Traits } from "./traits.ts";

/** Whether it is goroutine 1; where there are no ids, the one that runs main.main without anybody having started it. */
export function isMain(analysis: Analysis, row: number): boolean {
  return at(analysis.dump.goroutines.id, row) === MAIN_ID || runsMain(analysis.traits(analysis.groupOf(row)));
}

/** Whether goroutines with that stack run main.main, and nobody has started them. */
export function runsMain({ creatorFamily, stack }: Traits): boolean {
  return creatorFamily === null && stack.frames.some(({ function: name }) => name === "main.main");
}

/** Whether these are main, blocked forever in main itself: a common way to keep a program alive, and meant. */
export function keepsAlive(analysis: Analysis, group: Group): boolean {
  const first = analysis.groups.rows[group.start];
  if (first === undefined || !isMain(analysis, first)) return false;
  const innermost = analysis.traits(group).user[0];
  return innermost === undefined || innermost.frame.function === "main.main";
}
