import type { Analysis } from "../analysis/analysis.ts";
import type { FrameFacts } from "../names/frameFacts.ts";
import { splitFunctionName } from "../names/functionName.ts";
import type { Lock, Waiters } from "./lock.ts";

/** A function that locks for its caller: whoever holds the lock is not in it any more. */
const LOCKS_FOR_OTHERS = /lock|acquire|enter|begin|reserve/i;

/** Whether the function that asks for a lock seems to leave it to its caller: then its holder may be anywhere. */
export function locksForOthers(site: FrameFacts | null): boolean {
  const { name } = splitFunctionName(site?.family ?? "");
  return LOCKS_FOR_OTHERS.test(name.slice(name.lastIndexOf(".") + 1));
}

/** Where waiters ask for one lock: functions, their lines, the types whose methods they are. */
export class Sites {
  readonly types = new Set<string>();
  readonly families = new Set<string>();
  readonly packages = new Set<string>();
  readonly #firstLine = new Map<string, number>();
  /** Those lines of {@link #firstLine} behind which a function has the lock for itself alone. */
  readonly #exclusive = new Map<string, number>();

  constructor(lock: Lock, analysis: Analysis) {
    for (const waiters of lock.waiters) {
      const { site } = waiters;
      if (site === null) continue;
      if (site.type !== null) this.types.add(site.type);
      this.families.add(site.family);
      this.packages.add(site.package);
      enter(this.#firstLine, site);
      if (waiters.wait.operation === "mutex" || waiters.wait.operation === "write")
        for (const facts of askers(analysis, waiters, site)) enter(this.#exclusive, facts);
    }
  }

  /** Where a frame stands to the place where its function asks for the lock; undefined: the function does not ask. */
  position({ frame }: FrameFacts): "behind" | "before" | undefined {
    const first = this.#firstLine.get(frame.function);
    if (first === undefined || frame.line === null) return undefined;
    return frame.line > first ? "behind" : "before";
  }

  /** Whether a frame is past the place where its function asks for the lock for itself alone. */
  isPast({ frame }: FrameFacts): boolean {
    const first = this.#exclusive.get(frame.function);
    return first !== undefined && frame.line !== null && frame.line > first;
  }
}

/** The call that asks, and where it leaves the lock to its caller, the methods of its type that called it for that. */
function* askers(analysis: Analysis, waiters: Waiters, site: FrameFacts): Iterable<FrameFacts> {
  yield site;
  if (!locksForOthers(site)) return;
  for (const { id } of analysis.stack(waiters.group).frames.slice(waiters.wait.site + 1)) {
    const facts = analysis.facts(id);
    if (facts.type === null || facts.type !== site.type) return;
    yield facts;
  }
}

function enter(lines: Map<string, number>, { frame }: FrameFacts): void {
  const line = frame.line ?? 0;
  lines.set(frame.function, Math.min(line, lines.get(frame.function) ?? line));
}
