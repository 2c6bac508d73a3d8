/** Ids of all rules: diagnostic codes, keys of settings, names of the pages in `docs/rules`. */
export type RuleId = "panic" | "fatal-error" | "leaked" | "nil-channel" | "blocked-forever" | "leak";
