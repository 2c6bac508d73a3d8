/** Milliseconds of processor time that this process spends on something: whatever else the machine does counts little. */
export function cpuTime(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The least of some runs. */
export function leastCpuTime(work: () => void, runs = 3): number {
  return Array.from({ length: runs }, () => cpuTime(work)).reduce((least, time) => Math.min(least, time));
}

/** How many times the processor time of `base` a work takes: the median of some pairs of runs. */
export function cpuTimeRatio(work: () => void, base: () => void, pairs = 7): number {
  const ratios = Array.from({ length: pairs }, () => cpuTime(work) / cpuTime(base));
  return ratios.sort((left, right) => left - right)[pairs >> 1] ?? Number.NaN;
}
