import type { Dump } from "./dump.ts";

/** What an entry of a stack is: a call, the place of the `go` statement (`created by`), or frames Go left out. */
export type EdgeKind = 0 | 1 | 2;
export const FRAME: EdgeKind = 0;
export const CREATED_BY: EdgeKind = 1;
export const ELIDED: EdgeKind = 2;

/** One call of a stack: a function and the place in its source. */
export interface Frame {
  /** Number of the frame within its dump: equal numbers are equal frames. */
  readonly id: number;
  /** As printed, e.g. `github.com/a/b.(*T).M` or `main.f.func1`. */
  readonly function: string;
  /** Path as printed, on the machine that built the program. Null where the dump gives no place. */
  readonly file: string | null;
  /** 1-based as Go prints it. Null where the dump gives no place. */
  readonly line: number | null;
}

/** A stack read out of the trie. */
export interface Stack {
  /** Innermost call first. */
  readonly frames: readonly Frame[];
  /** The `go` statement that started the goroutine; null where the dump does not say. */
  readonly createdBy: Frame | null;
  /** Number of frames printed before the place where Go left some out; null when none were left out. */
  readonly elidedAfter: number | null;
}

/** The frame of that number. */
export function frameOf(dump: Dump, id: number): Frame {
  const file = dump.frames.file[id]!;
  const line = dump.frames.line[id]!;
  return {
    id,
    function: dump.functions[dump.frames.function[id]!] ?? "",
    file: file < 0 ? null : (dump.files[file] ?? null),
    line: line < 0 ? null : line,
  };
}

/** The stack of that number. Its length is bounded by what the dump printed. */
export function stackOf(dump: Dump, stack: number): Stack {
  const frames: Frame[] = [];
  let createdBy: Frame | null = null;
  let behindElided: number | null = null;
  for (let node = stack; node > 0; node = dump.stacks.parent[node]!) {
    const edge = dump.stacks.edge[node]!;
    const kind = edge & 3;
    if (kind === FRAME) frames.push(frameOf(dump, edge >> 2));
    else if (kind === CREATED_BY) createdBy = frameOf(dump, edge >> 2);
    else behindElided = frames.length;
  }
  frames.reverse();
  return { frames, createdBy, elidedAfter: behindElided === null ? null : frames.length - behindElided };
}
