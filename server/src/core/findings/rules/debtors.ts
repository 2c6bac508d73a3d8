import type { Analysis } from "../../analysis/analysis.ts";
import type { Group } from "../../group/groups.ts";
import type { Frame } from "../../model/stack.ts";

/**
 * Where those stand who owe a WaitGroup the Done that the goroutines of some groups wait for, as the source shows, when they
 * are all blocked: the place of most of them. Undefined: nobody is known to owe it, or somebody goes on.
 */
export function debtorPlace(analysis: Analysis, waiting: readonly Group[]): Frame | undefined {
  const factsOf = analysis.context.source?.confinement;
  if (factsOf === undefined) return undefined;
  const isWaiting = new Set(waiting);
  const wanted = new Set(waiting.flatMap((group) => factsOf(group)?.waits ?? []).map(({ what }) => what));
  const debtors = analysis.groups.groups.filter(
    (group) => !isWaiting.has(group) && factsOf(group)?.serves.some(({ what }) => wanted.has(what)) === true,
  );
  if (wanted.size === 0 || debtors.some((group) => analysis.traits(group).role !== "blocked")) return undefined;
  const [most] = debtors.sort((a, b) => b.count - a.count);
  return (most && analysis.place(most)) ?? undefined;
}
