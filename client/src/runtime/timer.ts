/** Calls back once, after that many milliseconds. Gives what calls it off. */
export function after(ms: number, run: () => void): { dispose(): void } {
  const timer = setTimeout(run, ms);
  return { dispose: () => clearTimeout(timer) };
}
