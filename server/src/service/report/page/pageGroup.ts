import type { FilteredGroup } from "../../../core/group/filter.ts";
import { stackOf } from "../../../core/model/stack.ts";
import type { ReportGroup } from "../../../protocol/index.ts";
import { clip } from "../../../core/text/visible.ts";
import { stackTitle, titleFrame } from "../../document/describe.ts";
import type { Filtered } from "./reportedDump.ts";

/** Frames told of a group: a screenful. */
const FRAMES = 30;
const STATE_LIMIT = 500;

export function pageGroup({ source, findingOf, frames }: Filtered, { group, rows, count }: FilteredGroup): ReportGroup {
  const { dump } = source.prepared;
  const stack = stackOf(dump, group.stack);
  const named = titleFrame(stack);
  const line = rows[0] === undefined ? null : source.lineOf(rows[0]);
  return {
    title: stackTitle(dump, group.stack),
    count,
    state: clip(group.state, STATE_LIMIT),
    waitMinutes: group.wait,
    frames: stack.frames.slice(0, FRAMES).map(({ id }) => frames.of(dump, id)),
    moreFrames: Math.max(0, stack.frames.length - FRAMES),
    createdBy: stack.createdBy === null ? null : frames.of(dump, stack.createdBy.id),
    frame: named === null ? null : frames.of(dump, named.id),
    line: line === null ? null : line + 1,
    finding: findingOf.get(group.id) ?? null,
  };
}
