import type { Analysis } from "../analysis/analysis.ts";
import type { PointerArgument } from "../analysis/arguments.ts";
import type { Group } from "../group/groups.ts";
import type { Frame } from "../model/stack.ts";
import type { FrameFacts } from "../names/frameFacts.ts";
import type { KnownArguments } from "./knownArguments.ts";
import type { Candidate, Lock } from "./lock.ts";
import { isOnceFrame } from "./lockWait.ts";
import type { Namesakes } from "./namesakes.ts";

/** Calls that run the function of a Once. */
const CALLS = ["sync.(*Once).doSlow", "sync.(*Once).Do"];

/**
 * Who runs the function that others wait for in `sync.Once.Do`: it called Do in the very place where they did, and no address
 * tells that it is another Once.
 */
export function onceRunners(
  analysis: Analysis,
  known: KnownArguments,
  { kind, address, waiters }: Lock,
  namesakes: Namesakes,
): ReadonlyMap<Group, Candidate> {
  const runners = new Map<Group, Candidate>();
  if (kind !== "once") return runners;
  const waiting = new Set(waiters.map(({ group }) => group));
  const sites = new Set(waiters.map(({ site }) => (site === null ? "" : placeKey(site))));
  for (const { group } of CALLS.flatMap((name) => namesakes.inFamily(name))) {
    const asking = askingFrame(analysis.stack(group).frames);
    const row = analysis.groups.rows[group.start];
    if (asking === undefined || row === undefined || waiting.has(group)) continue;
    const frame = analysis.facts(asking.id);
    const isOther = analysis
      .stack(group)
      .frames.some((call, index) => isOnceFrame(call) && tellsOther(known.receiver(row, index), address));
    if (sites.has(placeKey(frame)) && !isOther)
      runners.set(group, { row, group, frame, evidence: "same-type", count: group.count });
  }
  return runners;
}

/** The innermost call of a Once from outside of it. */
function askingFrame(frames: readonly Frame[]): Frame | undefined {
  return frames.find((frame, index) => index > 0 && isOnceFrame(frames[index - 1]!) && !isOnceFrame(frame));
}

function tellsOther(receiver: PointerArgument | null, address: bigint | null): boolean {
  return address !== null && receiver?.isSure === true && receiver.address !== address;
}

function placeKey({ frame: { function: name, file, line } }: FrameFacts): string {
  return `${name}\n${file}\n${line}`;
}
