/**
 * A long computation in steps: at each `yield` its host may let others have a turn, or call it off. A step takes some
 * milliseconds at most, whatever the size of the dump, unless its comment says otherwise.
 */
export type Steps<T> = Generator<void, T, void>;

/** Takes all steps at once. */
export function runToEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Rows that a step takes when little is done with each. */
const STEP_ROWS = 1 << 15;

/** Hands `work` all numbers below `count` as ranges, one a step: a loop of its own runs faster than one with a `yield`. */
export function* byRange(count: number, work: (start: number, end: number) => void, size = STEP_ROWS): Steps<void> {
  for (let start = 0; start < count; start += size) {
    work(start, Math.min(count, start + size));
    yield;
  }
}
