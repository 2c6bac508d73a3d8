import type { GroupTable } from "../group/groups.ts";
import type { Kin } from "./kinship.ts";

/** By the number of a set of relatives. */
export interface Measures {
  /** How many members each has. */
  readonly sizes: Uint32Array;
  /** 1 for those whose members stand at more than one place. */
  readonly isMixed: Uint8Array;
}

/** How large the sets of relatives are. Linear in rows. */
export function measure(kin: Kin, { groupOf }: GroupTable): Measures {
  const sizes = new Uint32Array(groupOf.length);
  const isMixed = new Uint8Array(groupOf.length);
  const firstGroup = new Int32Array(groupOf.length).fill(-1);
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row]!;
    const set = kin.setOf(row);
    sizes[set]!++;
    if (firstGroup[set] === -1) firstGroup[set] = group;
    else if (firstGroup[set] !== group) isMixed[set] = 1;
  }
  return { sizes, isMixed };
}
