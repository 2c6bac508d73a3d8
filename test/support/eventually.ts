import { vi } from "vitest";

/** Waits until a check passes, as long as that takes on a machine that does thirty other things. */
export function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 120_000, interval: 10 });
}
