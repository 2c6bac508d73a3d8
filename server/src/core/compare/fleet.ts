import type { ComparedGroup, Comparison } from "./comparison.ts";

/** A stack over the hosts of a fleet. */
export interface FleetGroup {
  readonly group: ComparedGroup;
  /** Goroutines on the host in the middle: what is usual. */
  readonly median: number;
  /** Numbers of the hosts that have far more, most first. */
  readonly outliers: readonly number[];
}

/**
 * A host stands out when it has at least this many goroutines more than is usual, and this many times as many: load is
 * never spread evenly, and a factor of two between hosts is nothing to look at.
 */
const LEAST_EXCESS = 10;
const LEAST_RATIO = 3;
/** Spreads (median distances from the median) that hosts of one program differ by without being ill. */
const LEAST_SPREADS = 5;

/**
 * Compares the dumps of many hosts that run one program, in no order. Stacks with outliers come first, the largest excess
 * first; then the others, most goroutines first.
 */
export function compareFleet({ groups }: Comparison): readonly FleetGroup[] {
  const fleet = groups.map((group) => ({ group, ...standOut(group.counts) }));
  return fleet.sort((left, right) => excess(right) - excess(left) || total(right) - total(left));
}

function standOut(counts: readonly number[]): Omit<FleetGroup, "group"> {
  const median = middle(counts);
  const spread = middle(counts.map((count) => Math.abs(count - median)));
  const usual = Math.max(median + LEAST_EXCESS, median * LEAST_RATIO, median + spread * LEAST_SPREADS);
  // Two hosts cannot say which of them is the usual one.
  const hosts = counts.length < 3 ? [] : [...counts.keys()].filter((host) => counts[host]! >= usual);
  return { median, outliers: hosts.sort((left, right) => counts[right]! - counts[left]!) };
}

/** The value in the middle; of an even number the lower one. */
function middle(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}

function excess({ group, median, outliers: [worst] }: FleetGroup): number {
  return worst === undefined ? 0 : group.counts[worst]! - median;
}

function total({ group }: FleetGroup): number {
  return group.counts.reduce((sum, count) => sum + count, 0);
}
