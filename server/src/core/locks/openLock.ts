import type { LockReport } from "./lockReports.ts";
import { isMoving } from "./suspicion.ts";

/** Whether nobody can be seen who may hold a lock: not another goroutine, not a waiter's own outer call. */
export function isOpen({ suspicion, holder }: LockReport): boolean {
  return (
    holder === null &&
    !isMoving(suspicion) &&
    suspicion.self.length === 0 &&
    suspicion.candidates.every(({ evidence }) => evidence === "idle-loop")
  );
}
