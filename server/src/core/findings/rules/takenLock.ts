import type { Analysis } from "../../analysis/analysis.ts";
import type { Candidate, Lock } from "../../locks/lock.ts";
import type { Frame } from "../../model/stack.ts";

/** Where the source shows that the holder took the lock: the frame of that call, at the line of Lock. */
export function takenAt(analysis: Analysis, holder: Candidate, lock: Lock): Frame | undefined {
  const sourceOf = analysis.context.source?.confinement;
  const wanted = new Set(lock.waiters.flatMap(({ group }) => sourceOf?.(group)?.waits ?? []).map(({ what }) => what));
  const hold = sourceOf?.(holder.group)?.holds.find(({ what }) => wanted.has(what));
  const frame = hold && analysis.stack(holder.group).frames[hold.frame];
  return hold && frame && { ...frame, line: hold.line };
}
