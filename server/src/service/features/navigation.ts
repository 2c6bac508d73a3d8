import type { Position } from "vscode-languageserver-types";
import { rowsOf } from "../../core/group/groups.ts";
import type { NodePathResult, SiblingResult } from "../../protocol/index.ts";
import type { OpenText } from "../document/openText.ts";
import { headerOf } from "../document/rowRange.ts";
import { sectionAt, targetAt } from "../document/elementAt.ts";
import type { StackTree } from "../tree/stackTree.ts";

/** The next or previous goroutine of the same group, around the end; null where there is no other. */
export function sibling(text: OpenText, position: Position, direction: "next" | "previous"): SiblingResult {
  const { open, row = null } = sectionAt(text, position)?.section ?? {};
  if (open === undefined || row === null) return null;
  const { groups, groupOf } = open.groups;
  const rows = rowsOf(open.groups, groups[groupOf[row]!]!);
  if (rows.length < 2) return null;
  const step = direction === "next" ? 1 : rows.length - 1;
  const other = rows[(rows.indexOf(row) + step) % rows.length]!;
  return { uri: text.uri, range: headerOf(open, other) };
}

/** The nodes of the tree from the top down to what stands at a place: a frame, or the goroutine. */
export function nodePath(text: OpenText, tree: StackTree, position: Position, what: "place" | "group"): NodePathResult {
  const where = sectionAt(text, position);
  if (where === undefined || where.section.row === null) return { path: [] };
  const { open, row } = where.section;
  if (what === "group") return { path: tree.pathTo(open.index, row, "group") };
  const target = targetAt(text, position);
  if (target?.kind === "createdBy" || target?.kind === "goroutineId") {
    return { path: tree.pathTo(open.index, row, "createdBy") };
  }
  const isFrame = target?.kind === "frame" || target?.kind === "pointer";
  const index = isFrame ? target.block.frames.indexOf(target.frame) : -1;
  return { path: tree.pathTo(open.index, row, index < 0 ? "header" : index) };
}
