/**
 * Appends items to a list. Data is never spread into the arguments of a call: beyond some 120,000 of them the call throws,
 * and an input sets how many there are.
 */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/** What is made anew each time it is gone through, so that nobody has to keep it. */
export function remade<T>(make: () => Iterable<T>): Iterable<T> {
  return { [Symbol.iterator]: () => make()[Symbol.iterator]() };
}

/** The largest of some values, and at least `least`: of no values it is that. */
export function largest<T>(items: Iterable<T>, valueOf: (item: T) => number, least: number): number {
  let found = least;
  for (const item of items) found = Math.max(found, valueOf(item));
  return found;
}

/** The first items of what may have many more, made only when they are asked for. */
export function* take<T>(items: Iterable<T>, limit: number): Generator<T> {
  let left = limit;
  if (left <= 0) return;
  for (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}
