/** Keeps answers small, whatever a dump holds: nothing unbounded is sent. */

/** The first items of a list, and when there are more, one that says how many were left out. */
export function firstOf<T>(items: readonly T[], limit: number, rest: (left: number) => T): T[] {
  return items.length <= limit ? [...items] : [...items.slice(0, limit), rest(items.length - limit)];
}
