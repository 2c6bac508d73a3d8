/** What a call does to a lock, a WaitGroup, a Cond, a channel or a context. */
export type OperationKind =
  | "send"
  | "receive"
  | "close"
  | "lock"
  | "unlock"
  | "wait"
  /** A WaitGroup is to wait for more. */
  | "add"
  | "done"
  | "signal"
  | "cancel"
  | "acquire"
  | "release"
  /** A pipe is read from, written to or closed. */
  | "stream"
  /** A group with a limit starts one more. */
  | "spawn"
  /** `once.Do` runs its function, or waits for whoever does. */
  | "enter";
