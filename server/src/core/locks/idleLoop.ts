import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import { stateInfo } from "../model/state.ts";

/** A goroutine that waits for something to do in the function it was started with: it hardly holds a lock. */
export function isIdleLoop(analysis: Analysis, group: Group): boolean {
  const { kind } = stateInfo(group.state);
  return (kind === "select" || kind === "receive") && analysis.traits(group).user.length === 1;
}
