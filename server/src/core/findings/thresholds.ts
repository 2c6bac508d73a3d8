/** Numbers that rules compare with; each can be set by the user. */
export interface Thresholds {
  /** Goroutines blocked at one place from which a leak is suspected by count alone. */
  readonly leakCount: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  // A pool or a fan-out is seldom wider than some dozens; a hundred goroutines at one channel operation deserve a look.
  leakCount: 100,
};
