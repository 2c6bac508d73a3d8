import type { Rule } from "../rule.ts";
import { findOwnLocks } from "./ownLock.ts";

/** A goroutine asks for the write lock of an RWMutex whose read lock an outer call of its own holds. */
export const lockUpgrade: Rule = {
  id: "lock-upgrade",
  title: "Write lock asked for with the read lock held",
  certainties: ["strong", "suspect"],
  find: (investigation) => findOwnLocks(investigation, "lock-upgrade"),
};
