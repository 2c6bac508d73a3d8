import { grouped } from "../../analysis/wording.ts";
import { weigh } from "../../group/filter.ts";
import type { Lock } from "../../locks/lock.ts";
import type { Dump } from "../../model/dump.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";

/** The goroutines that wait for a lock which those of `culprits` will never release: of the same finding, it is one cause. */
export function rowsBehind({ waiters }: Lock, culprits: readonly number[]): number[] {
  const stuck = new Set(culprits);
  return waiters.flatMap(({ rows }) => rows).filter((row) => !stuck.has(row));
}

/** How many goroutines rows stand for. */
export function countOf(dump: Dump, rows: readonly number[]): number {
  return weigh(dump, Uint32Array.from(rows));
}

/** How many wait behind those of whom a message speaks; empty for none. */
export function behindSentence(count: number): Message {
  if (count === 0) return NOTHING;
  return count === 1 ? say` 1 more goroutine waits behind.` : say` ${grouped(count)} more goroutines wait behind.`;
}
