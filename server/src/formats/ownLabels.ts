/**
 * What a profile made by `convert` says that Go's own profiles cannot: as labels of its samples, so that other tools group
 * and filter by them. A profile with this comment is read back with them as what they were.
 */
export const OWN_COMMENT = "made by goroutine-dump convert, version 1";

/** Names of those labels. Numbers are numeric labels. */
export const OwnLabel = {
  /** The state as the dump prints it, e.g. `chan receive (leaked)`; absent where it prints none. */
  state: "state",
  /** Whole minutes waited at least; absent where the dump prints none. */
  wait: "wait_minutes",
  /** Function with the `go` statement. */
  createdBy: "created_by",
  /** `path:line` of the `go` statement. */
  createdAt: "created_at",
  /** Id of the goroutine, with `--ids`. */
  id: "goroutine",
  /** Id of the goroutine that started it, with `--ids`. */
  creator: "created_by_goroutine",
} as const;

/** Name of the function that stands for frames which Go left out. */
export const ELIDED_FUNCTION = "...additional frames elided...";

const NAMES: ReadonlySet<string> = new Set(Object.values(OwnLabel));

/** Whether a label has a name of {@link OwnLabel}. */
export function isOwnName(key: string): boolean {
  return NAMES.has(key);
}

/** Stands before the name of a program's own label that has one of those names. */
export const ESCAPED = "label:";
