import type { Analysis } from "../analysis/analysis.ts";
import type { KnownArguments } from "./knownArguments.ts";
import { WAIT_GROUP } from "./planArguments.ts";

/** Bytes behind the start of a value within which its WaitGroup lies. */
const LARGEST_VALUE = 4096n;

/**
 * Of those rows the first that runs a method of the value whose WaitGroup another goroutine waits for, by their
 * addresses: it may owe that WaitGroup its Done. Undefined: none does, or no address tells.
 */
export function owesDone(
  analysis: Analysis,
  known: KnownArguments,
  waiter: number,
  rows: Iterable<number>,
): number | undefined {
  const value = valueOfWaitGroup(analysis, known, waiter);
  if (value === undefined) return undefined;
  for (const row of rows) if (runsMethodOf(analysis, known, row, value)) return row;
  return undefined;
}

/** The value whose method calls Wait, where the WaitGroup lies in it. */
function valueOfWaitGroup(analysis: Analysis, known: KnownArguments, row: number): bigint | undefined {
  const { frames } = analysis.stack(analysis.groupOf(row));
  const frame = frames.findIndex((call) => call.function === WAIT_GROUP);
  const waitGroup = frame < 0 ? null : known.receiver(row, frame);
  const caller = frames[frame + 1];
  const value = caller === undefined || analysis.facts(caller.id).type === null ? null : known.receiver(row, frame + 1);
  if (waitGroup?.isSure !== true || value?.isSure !== true) return undefined;
  const offset = waitGroup.address - value.address;
  return offset >= 0n && offset < LARGEST_VALUE ? value.address : undefined;
}

function runsMethodOf(analysis: Analysis, known: KnownArguments, row: number, value: bigint): boolean {
  return analysis.stack(analysis.groupOf(row)).frames.some(({ id }, frame) => {
    const receiver = analysis.facts(id).type === null ? null : known.receiver(row, frame);
    return receiver?.isSure === true && receiver.address === value;
  });
}
