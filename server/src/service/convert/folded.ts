import type { GroupTable } from "../../core/group/groups.ts";
import type { Dump } from "../../core/model/dump.ts";
import { stackOf } from "../../core/model/stack.ts";

/**
 * The stacks of a dump as flame graph tools take them: the functions from the outermost one on, `;` between them, a blank,
 * the number of goroutines. The state is the innermost entry, so that a graph tells waiting from running.
 */
export function* foldedLines(dump: Dump, { groups }: GroupTable): Generator<string> {
  for (const { stack, state, count } of groups) {
    const { frames } = stackOf(dump, stack);
    const names = [...frames].reverse().map(({ function: name }) => folded(name));
    yield `${[...names, folded(`[${state}]`)].join(";")} ${count}\n`;
  }
}

/** A name in which nothing separates: `;` and line ends do, and a tool takes the number behind the last blank. */
function folded(name: string): string {
  return name.replaceAll(/[;\r\n]/g, "_");
}
