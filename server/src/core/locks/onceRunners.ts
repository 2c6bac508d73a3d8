import type { Analysis } from "../analysis/analysis.ts";
import type { Group } from "../group/groups.ts";
import type { FrameFacts } from "../names/frameFacts.ts";
import type { KnownArguments } from "./knownArguments.ts";
import type { Lock } from "./lock.ts";
import { isOnceFrame } from "./lockWait.ts";
import { receiverOf } from "./pointers.ts";

/** A group that runs the function of a Once, and the call that asked for it. */
export interface OnceRunner {
  readonly group: Group;
  readonly call: FrameFacts;
}

/**
 * Who runs the function that others wait for in `sync.Once.Do`: it called Do in the very place where they did. `users`: the
 * groups with a frame of Once.
 */
export function onceRunners(
  analysis: Analysis,
  known: KnownArguments,
  { address, waiters }: Lock,
  users: Iterable<Group>,
): readonly OnceRunner[] {
  const waiting = new Set(waiters.map(({ group }) => group));
  const sites = new Set(waiters.map(({ site }) => (site === null ? "" : placeKey(site))));
  const runners: OnceRunner[] = [];
  for (const group of users) {
    const { frames } = analysis.stack(group);
    const outer = frames.findIndex(
      (frame, index) => isOnceFrame(frame) && frames[index + 1] !== undefined && !isOnceFrame(frames[index + 1]!),
    );
    const asked = frames[outer + 1];
    if (outer < 0 || asked === undefined || waiting.has(group)) continue;
    const call = analysis.facts(asked.id);
    if (sites.has(placeKey(call)) && !isOfOther(known, group, analysis, address)) runners.push({ group, call });
  }
  return runners;
}

/** Whether its arguments tell for sure that it is another Once. */
function isOfOther(known: KnownArguments, group: Group, analysis: Analysis, address: bigint | null): boolean {
  const row = analysis.groups.rows[group.start];
  const calls = row === undefined ? undefined : known.of(row);
  return (calls ?? []).some((call) => {
    const receiver = isOnceFrame(call) ? receiverOf(call) : undefined;
    return address !== null && receiver?.isSure === true && receiver.address !== address;
  });
}

function placeKey({ frame: { function: name, file, line } }: FrameFacts): string {
  return `${name}\n${file}\n${line}`;
}
