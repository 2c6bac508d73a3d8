import type { GroupTable } from "../group/groups.ts";
import { rowsOf } from "../group/groups.ts";
import { type Dump, Flag } from "../model/dump.ts";
import { at } from "../model/column.ts";
import { Analysis } from "../findings/analysis.ts";
import { DEFAULT_CONTEXT } from "../findings/context.ts";
import { isOnceFrame, lockWaitOf } from "./lockWait.ts";

/** Goroutines of one group that are read again: enough to see whether all of them wait for one lock. */
const ROWS_PER_GROUP = 64;
/** Goroutines of one dump that are read again: some 3 MB of text. */
const ROWS_IN_ALL = 2048;

/**
 * The rows whose arguments the rules want, in the order of the text: goroutines that wait for a lock, and those that run
 * code of the same packages and may hold it. A host that cannot read at once reads their blocks before it runs the rules
 * (`ArgumentSource`, `readArguments`). Small groups come first, because whoever holds a lock is mostly alone; at most 64
 * rows a group and 2048 in all, so the work is bounded however many goroutines there are.
 */
export function planArguments(dump: Dump, groups: GroupTable): Uint32Array {
  return planRows(new Analysis(dump, groups, DEFAULT_CONTEXT));
}

/** As {@link planArguments}, of an analysis that has begun. */
export function planRows(analysis: Analysis): Uint32Array {
  const { dump, groups } = analysis;
  if (dump.form !== "traceback") return new Uint32Array(0);
  const packages = new Set<string>();
  for (const group of groups.groups) {
    const { stack, user } = analysis.traits(group);
    if (lockWaitOf(stack.frames, group.state) === undefined) continue;
    for (const facts of user) packages.add(facts.package);
  }
  const wanted = groups.groups.filter((group) => {
    const { stack, user } = analysis.traits(group);
    return (
      lockWaitOf(stack.frames, group.state) !== undefined ||
      user.some((facts) => packages.has(facts.package)) ||
      (packages.size > 0 && stack.frames.some(isOnceFrame))
    );
  });
  const rows: number[] = [];
  for (const group of wanted.reverse()) {
    if (rows.length >= ROWS_IN_ALL) break;
    const own = rowsOf(groups, group).subarray(0, ROWS_PER_GROUP);
    for (const row of own) if ((at(dump.goroutines.flags, row) & Flag.unavailable) === 0) rows.push(row);
  }
  return Uint32Array.from(rows.slice(0, ROWS_IN_ALL)).sort();
}
