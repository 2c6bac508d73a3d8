/** Ids of all rules: diagnostic codes, keys of settings, names of the pages in `docs/rules`. */
export type RuleId =
  | "panic"
  | "fatal-error"
  | "data-race"
  | "leaked"
  | "nil-channel"
  | "blocked-forever"
  | "self-deadlock"
  | "lock-upgrade"
  | "recursive-read-lock"
  | "deadlock-cycle"
  | "lock-held-while-blocked"
  | "pool-starvation"
  | "lock-without-holder"
  | "leak"
  | "missing-timeout";
