import type { Rule } from "../rule.ts";
import { findOwnLocks } from "./ownLock.ts";

/** A goroutine waits for a Mutex, or for the write lock of an RWMutex, that an outer call of its own holds. */
export const selfDeadlock: Rule = {
  id: "self-deadlock",
  title: "Lock taken twice by one goroutine",
  certainties: ["strong", "suspect"],
  find: (investigation) => findOwnLocks(investigation, "self-deadlock"),
};
