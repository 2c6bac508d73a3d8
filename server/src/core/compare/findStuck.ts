import type { Finding } from "../findings/finding.ts";
import { callAt, goroutines } from "../analysis/wording.ts";
import { joinRows, rowsOf } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { NO_ID } from "../model/dump.ts";
import type { Stack } from "../model/stack.ts";
import { normalGoroutine } from "../analysis/normal.ts";
import { baseState } from "../model/state.ts";
import type { ComparedGroup, Latest } from "./comparison.ts";
import { seriesFinding } from "./seriesFinding.ts";
import { type Message, say } from "../text/say.ts";

/** The calls of a goroutine that waits for a lock, also where the state only says `semacquire` (before Go 1.20). */
const LOCK = /^(?:internal\/)?sync\.\(\*(?:RW)?Mutex\)\./;
/** States in which workers and watchers of healthy programs idle for hours, as long as who started them is there. */
const IDLE: ReadonlySet<string> = new Set([
  "chan receive",
  "select",
  "sync.Cond.Wait",
  "sync.WaitGroup.Wait",
  "semacquire",
]);

/**
 * The rule `stuck`: the same goroutines in every dump, and their waits grow with the clock. Waiting alone is no fault, so
 * it needs a reason why nobody should wait that long: a lock, a send, or a wait for somebody who has ended.
 */
export function findStuck(last: Latest, dumps: number, group: ComparedGroup): Finding | undefined {
  if (group.change !== "stuck") return undefined;
  const { stack, place, finding } = seriesFinding(last, group);
  const reason = reasonOf(last, group, stack);
  if (reason === undefined) return undefined;
  const count = goroutines(group.counts.at(-1) ?? 0);
  const where = place === null ? say`one place` : callAt(place);
  return finding({
    rule: "stuck",
    certainty: "strong",
    what: say`Goroutines that do not move`,
    message: say`${count} stuck in ${where}: the same in all ${dumps} dumps, and still waiting.`,
    evidence: [
      say`The same ${goroutines(group.staying ?? 0)} in every dump, by their ids, and the waits grow by the clock.`,
      reason,
    ],
  });
}

/** Why nobody should wait there so long; undefined where idling explains it. */
function reasonOf(last: Latest, { groups }: ComparedGroup, stack: Stack): Message | undefined {
  const shown = groups.at(-1)?.[0];
  if (shown === undefined) return undefined;
  const state = baseState(shown.state);
  if (waitsForLock(stack)) return say`They wait for a lock: its holder has not let go in all that time.`;
  if (state === "chan send") return say`They want to send: nobody has received in all that time.`;
  if (!IDLE.has(state) || isNormal(last, stack)) return undefined;
  const rows = joinRows((groups.at(-1) ?? []).map((group) => rowsOf(last.groups, group)));
  return areOrphans(last, rows) ? say`The goroutines that started them have ended.` : undefined;
}

function isNormal({ facts }: Latest, { frames, createdBy }: Stack): boolean {
  const calls = createdBy === null ? frames : [...frames, createdBy];
  return normalGoroutine(calls.map(({ id }) => facts.of(id).family)) !== undefined;
}

function waitsForLock({ frames }: Stack): boolean {
  const call = frames.find((frame) => !/^(?:internal\/)?(?:runtime|sync)\.[a-z]/.test(frame.function));
  return call !== undefined && LOCK.test(call.function);
}

/** Whether the dump names who started each of them, and has none of those any more. */
function areOrphans({ dump, ids }: Latest, rows: Uint32Array): boolean {
  return rows.every((row) => {
    const creator = at(dump.goroutines.creator, row);
    return creator !== NO_ID && ids().rowOf(creator) < 0;
  });
}
