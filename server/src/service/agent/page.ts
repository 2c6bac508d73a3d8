/** Characters of JSON in one answer: about 4,000 tokens. */
const ANSWER_LIMIT = 14_000;

/** A part of a list, as much as an answer may hold. */
export type Page<T> = {
  readonly items: readonly T[];
  /** Length of the whole list. */
  readonly total: number;
  /** Asks for what follows; null: nothing does. */
  readonly next_cursor: string | null;
};

/** The items of a list from a cursor on, made one by one until the answer is full; at least one. */
export function pageOf<S, T>(list: readonly S[], cursor: string | null, make: (item: S) => T): Page<T> {
  const start = cursor === null ? 0 : Math.max(0, Number.parseInt(cursor, 10) || 0);
  const items: T[] = [];
  let length = 0;
  let index = start;
  for (; index < list.length; index++) {
    const item = make(list[index]!);
    length += JSON.stringify(item).length;
    if (items.length > 0 && length > ANSWER_LIMIT) break;
    items.push(item);
  }
  return { items, total: list.length, next_cursor: index < list.length ? String(index) : null };
}
