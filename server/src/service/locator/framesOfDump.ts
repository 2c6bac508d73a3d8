import type { Dump } from "../../core/model/dump.ts";
import { at } from "../../core/model/column.ts";
import { CREATED_BY, FRAME, frameOf } from "../../core/model/stack.ts";
import { EMPTY_STACK } from "../../core/model/stackTrie.ts";
import { GO_STATEMENT, type SourceFrame } from "./located.ts";

/** A frame of a dump that prints a place. */
export interface DumpFrame extends SourceFrame {
  /** Number of the frame within its dump. */
  readonly id: number;
}

const known = new WeakMap<Dump, readonly DumpFrame[]>();

/** The distinct frames of a dump that print a place, with what their lines call. */
export function framesOfDump(dump: Dump): readonly DumpFrame[] {
  let frames = known.get(dump);
  if (!frames) known.set(dump, (frames = [...readFrames(dump)]));
  return frames;
}

function* readFrames(dump: Dump): Generator<DumpFrame> {
  const calls = calledFunctions(dump);
  const waits = waitReasons(dump);
  for (let id = 0; id < dump.frames.function.length; id++) {
    const { function: name, file, line } = frameOf(dump, id);
    if (file === null || line === null) continue;
    const [called, waited] = [calls.get(id), waits.get(id)];
    yield {
      id,
      function: name,
      file,
      line,
      ...(called === undefined ? {} : { calls: called }),
      ...(waited === undefined ? {} : { waits: waited }),
    };
  }
}

/** By frame: the function of the frame above it in the first stack that has one. */
function calledFunctions(dump: Dump): ReadonlyMap<number, string> {
  const { parent, edge } = dump.stacks;
  const calls = new Map<number, string>();
  for (let stack = 1; stack < edge.length; stack++) {
    const kind = edge[stack]! & 3;
    const id = edge[stack]! >> 2;
    if (calls.has(id)) continue;
    const above = edge[parent[stack]!] ?? -1;
    if (kind === CREATED_BY) calls.set(id, GO_STATEMENT);
    else if (kind === FRAME && above >= 0 && (above & 3) === FRAME) calls.set(id, frameOf(dump, above >> 2).function);
  }
  return calls;
}

/** By frame: the state of the first goroutine that has it as its innermost one. */
function waitReasons(dump: Dump): ReadonlyMap<number, string> {
  const { goroutines, states, stacks } = dump;
  const innermost = innermostEntries(stacks);
  const reasons = new Map<number, string>();
  for (let row = 0; row < goroutines.length; row++) {
    const edge = innermost[at(goroutines.stack, row)] ?? -1;
    const state = states[at(goroutines.state, row)];
    if (edge >= 0 && (edge & 3) === FRAME && state !== undefined && !reasons.has(edge >> 2))
      reasons.set(edge >> 2, state);
  }
  return reasons;
}

/** By stack: the edge of its first entry. A stack's parent has a lower number than the stack. */
function innermostEntries({ parent, edge }: Dump["stacks"]): Int32Array {
  const first = edge.slice();
  for (let stack = 1; stack < edge.length; stack++) {
    if (parent[stack] !== EMPTY_STACK) first[stack] = first[parent[stack]!]!;
  }
  return first;
}
