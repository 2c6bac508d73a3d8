/** Keeps answers small, whatever a dump holds: nothing unbounded is sent. */

/** The first items of a list, and when there are more, one that says how many were left out. */
export function firstOf<T>(items: readonly T[], limit: number, rest: (left: number) => T): T[] {
  return items.length <= limit ? [...items] : [...items.slice(0, limit), rest(items.length - limit)];
}

/** The text, or the beginning of a long one with an ellipsis. Never half a surrogate pair. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isPair = /[\ud800-\udbff]/.test(text[limit - 1] ?? "");
  return `${text.slice(0, isPair ? limit - 1 : limit)}…`;
}
