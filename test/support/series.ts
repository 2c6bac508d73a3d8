import type { Snapshot } from "../../server/src/core/compare/comparison.ts";
import { groupGoroutines } from "../../server/src/core/group/groups.ts";
import { readDumps } from "../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../server/src/core/text/utf8.ts";

/** Goroutines with one stack. */
export interface SeriesStack {
  readonly ids: readonly number[];
  /** As in a header, with its minutes: `chan send, 3 minutes`. */
  readonly state: string;
  readonly function: string;
  readonly line?: number;
  /** Frames below, which wait for the function's caller: names of functions of package sync or runtime. */
  readonly below?: readonly string[];
  /** Id of the goroutine that created them; absent: not printed. */
  readonly creator?: number;
}

/** The dump as Go 1.21 and later print it. */
export function tracebackOf(stacks: readonly SeriesStack[]): string {
  return stacks
    .flatMap(({ ids, state, function: name, line = 7, below = [], creator }) => {
      const frames = below.map((each) => `${each}(0xc000012340)\n\t/go/src/sync/x.go:1 +0x1d`);
      const from =
        creator === undefined ? "" : `\ncreated by main.start in goroutine ${creator}\n\t/src/main.go:3 +0x1d`;
      const body = [...frames, `${name}(0xc000012340)\n\t/src/main.go:${line} +0x1d`].join("\n");
      return ids.map((id) => `goroutine ${id} [${state}]:\n${body}${from}\n`);
    })
    .join("\n");
}

/** A dump of a series; `minute` is when it was taken. */
export function snapshotOf(text: string, minute: number | null = null): Snapshot {
  const [dump] = readDumps(encodeUtf8(text)).dumps;
  if (dump === undefined) throw new Error("the text holds no dump");
  return { dump, groups: groupGoroutines(dump, { byLabels: false }), time: minute === null ? null : minute * 60_000 };
}

/** `count` ids from one on. */
export function idsFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
