import type { GroupTable } from "../../core/group/groups.ts";
import type { Dump } from "../../core/model/dump.ts";
import { FRAME } from "../../core/model/stack.ts";

/**
 * The stacks of a dump as flame graph tools take them: the functions from the outermost one on, `;` between them, a blank,
 * the number of goroutines. The state is the innermost entry, so that a graph tells waiting from running.
 */
export function* foldedLines(dump: Dump, { groups }: GroupTable): Generator<string> {
  const names = dump.functions.map(folded);
  for (const { stack, state, count } of groups) {
    yield `${[...callsOf(dump, stack, names), folded(`[${state}]`)].join(";")} ${count}\n`;
  }
}

/** The functions of a stack by their numbers, outermost first: the way up from its node of the trie. */
function callsOf({ stacks: { parent, edge }, frames }: Dump, stack: number, names: readonly string[]): string[] {
  const calls: string[] = [];
  for (let node = stack; node > 0; node = parent[node]!) {
    if ((edge[node]! & 3) === FRAME) calls.push(names[frames.function[edge[node]! >> 2]!] ?? "");
  }
  return calls;
}

/** A name in which nothing separates: `;` and line ends do, and a tool takes the number behind the last blank. */
function folded(name: string): string {
  return name.replaceAll(/[;\r\n]/g, "_");
}
