import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import { stateInfo } from "../model/state.ts";

/**
 * Whether nothing ends the wait of a group's goroutines, so that they do nothing more for anybody. Who waits for a context
 * that nothing cancels lives as long as the program, and what it has started may do so with it: it counts as one that goes on.
 */
export function isForEver(analysis: Analysis, group: Group): boolean {
  if (!stateInfo(group.state).isForever) return false;
  const place = analysis.place(group);
  return place === null || analysis.context.source?.at(place.id)?.isForContext !== true;
}
