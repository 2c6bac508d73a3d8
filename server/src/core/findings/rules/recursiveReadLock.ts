import type { Rule } from "../rule.ts";
import { findOwnLocks } from "./ownLock.ts";

/** A goroutine asks again for a read lock it holds while a writer waits in between. */
export const recursiveReadLock: Rule = {
  id: "recursive-read-lock",
  title: "Read lock taken twice with a writer waiting",
  certainties: ["strong", "suspect"],
  find: (investigation) => findOwnLocks(investigation, "recursive-read-lock"),
};
