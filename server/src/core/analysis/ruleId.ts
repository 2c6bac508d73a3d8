/** Ids of all rules: diagnostic codes, keys of settings, names of the pages in `docs/rules`. */
export type RuleId =
  | "panic"
  | "fatal-error"
  | "data-race"
  | "potential-deadlock"
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

/** Ids of what is said of a series of dumps: they have a page, a setting and a code as well. */
export type SeriesRuleId = "growing" | "stuck";
