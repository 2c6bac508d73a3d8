import { confinedGoroutines, type Sources } from "./confinedGoroutines.ts";

/**
 * Whether `main`, which waits at `@wait`, is lost, although the function `later`, which it has started at `@go`, is at work at
 * `@work`.
 */
export function isLostFor(later: string, sources: Sources | string): boolean {
  const goroutines = [
    "1 [chan receive] main.main@wait",
    `7 [sleep] lib.Do < ${later.includes("@") ? later : `${later}@work`} by main.main@go in 1`,
  ];
  return confinedGoroutines(sources, goroutines)!.includes(1);
}
