import { goroutines as goroutineCount } from "../../core/analysis/wording.ts";
import type { Block, BlockFrame } from "../../core/forms/traceback/block.ts";
import type { FilteredGroup } from "../../core/group/filter.ts";
import { stackOf } from "../../core/model/stack.ts";
import { say } from "../../core/text/say.ts";
import type { Place, TreeNode } from "../../protocol/index.ts";
import { words } from "../base/words.ts";
import type { OpenDump } from "../document/openDump.ts";
import { headerOf } from "../document/rowRange.ts";
import { readGoroutine } from "../document/textBlock.ts";
import { FrameRows } from "./frameRows.ts";
import { nodeId } from "./nodeId.ts";
import { concat, listOf, type NodeList } from "./nodeList.ts";
import { createdByNode, goroutineNode, treeNode } from "./treeNodes.ts";

/** What is below a group in the tree. */
export interface GroupContents {
  /** Frames, `created by`, and the goroutines under a heading, or the only one. */
  readonly all: NodeList;
  readonly goroutines: NodeList;
  /** The frames that the row of frames with that index folds; undefined: there is no such row. */
  folded(start: number): NodeList | undefined;
  /** The nodes from the group's down to a goroutine, or to one of the frames. */
  pathTo(row: number, frame: "header" | "createdBy" | number): TreeNode[];
}

/** The contents of the group with that id. Places of frames are those in its first goroutine. */
export function groupContents(
  open: OpenDump,
  uri: string,
  id: string,
  { group, rows, count }: FilteredGroup,
): GroupContents {
  const { dump } = open;
  const { frames, createdBy, elidedAfter } = stackOf(dump, group.stack);
  let block: Block | undefined;
  const first = (): Block | undefined => (block ??= readGoroutine(open, rows[0]!));
  const placeOf = (frame: BlockFrame | null | undefined): Place | null =>
    frame ? { uri, range: open.ranges.lineRange(frame.callLine) } : null;
  const isOne = rows.length === 1;
  const rowParent = isOne ? id : nodeId(id, "G");

  const frameRows = new FrameRows(id, frames, (index) => placeOf(first()?.frames[index]));
  const elided = listOf(elidedAfter === null ? [] : [elidedAfter], () =>
    treeNode(nodeId(id, "e"), "note", words(say`frames that Go left out`), { dimmed: true }),
  );
  const creator = listOf(createdBy === null ? [] : [createdBy], (frame) =>
    createdByNode(nodeId(id, "c"), frame, placeOf(first()?.createdBy)),
  );
  const goroutines = listOf(rows, (row) =>
    goroutineNode(nodeId(rowParent, "r", row), dump, row, { uri, range: headerOf(open, row) }),
  );
  const heading = listOf([rowParent], (headingId) =>
    treeNode(headingId, "goroutines", words(goroutineCount(count)), { hasChildren: true }),
  );
  const before = elidedAfter ?? frames.length;
  return {
    all: concat(
      frameRows.list(0, before),
      elided,
      frameRows.list(before, frames.length),
      creator,
      isOne ? goroutines : heading,
    ),
    goroutines,
    folded: (start) => frameRows.folded(start),
    pathTo: (row, frame) => {
      if (typeof frame === "number" && frame < frames.length) return frameRows.pathTo(frame);
      if (frame === "createdBy" && creator.length > 0) return [creator.node(0)];
      const goroutine = goroutines.node(rows.indexOf(row));
      return isOne ? [goroutine] : [heading.node(0), goroutine];
    },
  };
}
