/** Numbers that rules compare with; each can be set by the user. */
export interface Thresholds {
  /** Goroutines blocked at one place from which a leak is suspected by count alone. */
  readonly leakCount: number;
  /** Minutes blocked in a send or on a WaitGroup from which a leak is suspected by time alone. */
  readonly leakMinutes: number;
  /** Goroutines that wait for one lock from which it is worth a look that nothing proves to be stuck. */
  readonly lockWaiters: number;
  /** Goroutines in one outgoing call for minutes from which a timeout seems to be missing. */
  readonly callCount: number;
  /** Minutes in one outgoing call: longer than the timeouts people set. */
  readonly callMinutes: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  // A pool or a fan-out is seldom wider than some dozens; a hundred goroutines at one channel operation deserve a look.
  leakCount: 100,
  // Consumers idle for days; a producer that nobody relieves for ten minutes has mostly lost its consumer.
  leakMinutes: 10,
  // A queue of ten at one lock is felt as latency.
  lockWaiters: 10,
  // One slow peer is not the program's fault; ten calls that hang at once would have ended with a timeout.
  callCount: 10,
  callMinutes: 2,
};
