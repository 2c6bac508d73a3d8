import type { RelatedPlace } from "../../core/findings/finding.ts";
import { frameOf } from "../../core/model/stack.ts";
import type { OpenDump } from "./openDump.ts";
import { readGoroutine } from "./textBlock.ts";

/** The line of the dump that a related place names, 0-based: that of its frame, else the goroutine's header. */
export function relatedLine(open: OpenDump, { dumpLine, goroutine, frame }: RelatedPlace): number {
  if (goroutine === null || frame === null) return dumpLine;
  const named = frameOf(open.dump, frame);
  const block = readGoroutine(open, goroutine);
  const frames = block === undefined ? [] : [...block.frames, ...(block.createdBy === null ? [] : [block.createdBy])];
  const inText = frames.find(
    (one) => one.function === named.function && one.file === named.file && one.line === named.line,
  );
  return inText?.callLine ?? dumpLine;
}
