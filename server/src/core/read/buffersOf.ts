import type { Reading } from "./dumpReader.ts";

/** The memory behind a reading's columns and tables: moved to another thread with the reading instead of copied. */
export function buffersOf({ dumps }: Reading): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { goroutines, frames, stacks } of dumps) {
    const { length: _, ...columns } = goroutines;
    const arrays = [
      ...Object.values(columns).flatMap((column) => column?.blocks ?? []),
      ...Object.values<Int32Array>({ ...frames }),
      ...Object.values<Int32Array>({ ...stacks }),
    ];
    for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  }
  return [...buffers];
}
