import type { FrameFacts } from "../names/frameFacts.ts";
import type { Lock } from "./lock.ts";

/** Where waiters ask for one lock: functions, their lines, the types whose methods they are. */
export class Sites {
  readonly types = new Set<string>();
  readonly families = new Set<string>();
  readonly packages = new Set<string>();
  readonly #firstLine = new Map<string, number>();

  constructor({ waiters }: Lock) {
    for (const { site } of waiters) {
      if (site === null) continue;
      if (site.type !== null) this.types.add(site.type);
      this.families.add(site.family);
      this.packages.add(site.package);
      const line = site.frame.line ?? 0;
      this.#firstLine.set(site.frame.function, Math.min(line, this.#firstLine.get(site.frame.function) ?? line));
    }
  }

  /** Where a frame stands to the place where its function asks for the lock; undefined: the function does not ask. */
  position({ frame }: FrameFacts): "behind" | "before" | undefined {
    const first = this.#firstLine.get(frame.function);
    if (first === undefined || frame.line === null) return undefined;
    return frame.line > first ? "behind" : "before";
  }
}
