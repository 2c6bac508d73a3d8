import type { Analysis } from "../../analysis/analysis.ts";
import type { Hold } from "../../analysis/confinement.ts";
import type { Group } from "../../group/groups.ts";
import type { Candidate, Lock } from "../../locks/lock.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import { isMoving } from "../../locks/suspicion.ts";
import type { Frame } from "../../model/stack.ts";

/** Where the source shows that the holder took the lock: the frame of that call, at the line of Lock. */
export function takenAt(analysis: Analysis, holder: Candidate, lock: Lock): Frame | undefined {
  return takenIn(analysis, holder.group, lock, () => true);
}

/** Where the source shows that a goroutine of a group has taken the lock for which it waits, the only one there is. */
export function takenBySelf(analysis: Analysis, group: Group, lock: Lock): Frame | undefined {
  return takenIn(analysis, group, lock, ({ isProven }) => isProven);
}

function takenIn(analysis: Analysis, group: Group, lock: Lock, isIt: (hold: Hold) => boolean): Frame | undefined {
  const wanted = wantedOf(analysis, lock);
  const holds = analysis.context.source?.confinement?.(group)?.holds ?? [];
  const hold = holds.find((one) => wanted.has(one.what) && isIt(one));
  const frame = hold && analysis.stack(group).frames[hold.frame];
  return hold && frame && { ...frame, line: hold.line };
}

/** Whether the source of both sides is known, and shows no place at which the holder took the lock: it may have unlocked. */
export function isDeniedBySource(analysis: Analysis, holder: Candidate, lock: Lock): boolean {
  const wanted = wantedOf(analysis, lock);
  const holds = analysis.context.source?.confinement?.(holder.group)?.holds;
  return wanted.size > 0 && holds !== undefined && !holds.some(({ what }) => wanted.has(what));
}

/**
 * Whether another than a lock's holder may have it: somebody moves in the code that the lock guards, and no source shows that
 * the holder took it. Who is past the place where others wait may have unlocked.
 */
export function isDoubtful(analysis: Analysis, { lock, suspicion, holder }: LockReport): boolean {
  return holder !== null && isMoving(suspicion, holder.row) && takenAt(analysis, holder, lock) === undefined;
}

/** What the waiters wait for, as the source numbers it. */
function wantedOf(analysis: Analysis, lock: Lock): ReadonlySet<number> {
  const sourceOf = analysis.context.source?.confinement;
  return new Set(lock.waiters.flatMap(({ group }) => sourceOf?.(group)?.waits ?? []).map(({ what }) => what));
}
