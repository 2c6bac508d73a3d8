import type { Analysis } from "../analysis/analysis.ts";
import type { KnownArguments } from "./knownArguments.ts";
import { WAIT_GROUP } from "./planArguments.ts";
import { hex } from "./pointers.ts";
import { SoughtAddresses } from "./soughtAddresses.ts";

/** A WaitGroup somebody waits for. */
export interface WaitGroupWait {
  /** As Go prints it, `0xc000036740`. */
  readonly address: string;
  /** Rows of those that wait for it. */
  readonly waiters: number[];
  /** Rows of those that were given it and do not wait for it: they owe it a Done. */
  readonly owners: number[];
}

/** WaitGroups that are looked into, and goroutines that one may be owed by: more are a crowd, not a circle. */
const GROUPS_LOOKED_AT = 1000;
const OWNERS = 64;

/** The WaitGroups whose addresses stand on the stacks, with who waits for each and who owes it a Done. */
export function waitGroupsOf(analysis: Analysis, known: KnownArguments): readonly WaitGroupWait[] {
  const found = new Map<string, WaitGroupWait>();
  if (!analysis.hasFamily(WAIT_GROUP)) return [];
  for (const row of known.rows) {
    const address = waitedFor(analysis, known, row);
    if (address === undefined) continue;
    const wait = found.get(address);
    if (wait !== undefined) wait.waiters.push(row);
    else if (found.size < GROUPS_LOOKED_AT) found.set(address, { address, waiters: [row], owners: [] });
  }
  if (found.size === 0) return [];
  const sought = new SoughtAddresses();
  for (const address of found.keys()) sought.add(BigInt(address));
  for (const row of known.rows) {
    if (analysis.traits(analysis.groupOf(row)).role !== "aside") addOwner(analysis, found, sought, known, row);
  }
  return [...found.values()].filter(({ owners }) => owners.length > 0 && owners.length < OWNERS);
}

function addOwner(
  analysis: Analysis,
  found: ReadonlyMap<string, WaitGroupWait>,
  sought: SoughtAddresses,
  known: KnownArguments,
  row: number,
): void {
  const own = waitedFor(analysis, known, row);
  known.find(row, sought, (address) => {
    const number = hex(address);
    const wait = number === own ? undefined : found.get(number);
    if (wait !== undefined && wait.owners.at(-1) !== row && wait.owners.length < OWNERS) wait.owners.push(row);
  });
}

/** The address of the WaitGroup that a goroutine waits for; undefined: it waits for none, or the address is not sure. */
function waitedFor(analysis: Analysis, known: KnownArguments, row: number): string | undefined {
  const { frames } = analysis.stack(analysis.groupOf(row));
  const frame = frames.findIndex((call) => call.function === WAIT_GROUP);
  const receiver = frame < 0 ? null : known.receiver(row, frame);
  return receiver?.isSure === true ? hex(receiver.address) : undefined;
}
