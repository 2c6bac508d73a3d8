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
