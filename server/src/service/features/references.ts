import type { Location, Position, Range } from "vscode-languageserver-types";
import { rowsOf } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { readGoroutine } from "../document/textBlock.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import type { Logger } from "../base/ports.ts";
import { headerOf } from "../document/rowRange.ts";
import { type Target, targetAt } from "../document/elementAt.ts";

/** Places listed at most: more are of no use in a list, and each of a frame costs reading a goroutine again. */
const LIMIT = 1000;

/**
 * Everything in the document that is the same as what stands at the position: goroutines in the same frame, or created at
 * the same place, or with the same stack; those a goroutine created; places of an address.
 */
export function references(text: OpenText, position: Position, logger: Logger): Location[] {
  const target = targetAt(text, position);
  if (target === undefined) return [];
  const ranges: Range[] = [];
  for (const range of referencesOf(text, target)) {
    if (ranges.length === LIMIT) {
      logger.warn(`There are more than ${LIMIT} references; the first ${LIMIT} are listed.`);
      break;
    }
    ranges.push(range);
  }
  return ranges.map((range) => ({ uri: text.uri, range }));
}

function referencesOf(text: OpenText, target: Target): Iterable<Range> {
  switch (target.kind) {
    case "pointer":
      return text.ranges.findWord(target.address, LIMIT + 1);
    case "header":
      return target.section.row === null ? [] : sameStack(target.section.open, target.section.row);
    case "goroutineId":
      return createdByGoroutine(target.section.open, target.id);
    default:
      return sameFrame(text, target);
  }
}

function* sameStack(open: OpenDump, row: number): Generator<Range> {
  const { groups, groupOf } = open.groups;
  for (const other of rowsOf(open.groups, groups[groupOf[row]!]!)) yield headerOf(open, other);
}

function* createdByGoroutine(open: OpenDump, id: number): Generator<Range> {
  const { creator, length } = open.dump.goroutines;
  for (let row = 0; row < length; row++) if (at(creator, row) === id) yield headerOf(open, row);
}

/** The frame's function in each goroutine that has it in its stack, of all dumps. */
function* sameFrame(text: OpenText, { frame }: Extract<Target, { kind: "frame" | "createdBy" }>): Generator<Range> {
  for (const open of text.dumps) {
    for (const row of open.rowsWithFrame(frame)) {
      const block = readGoroutine(open, row);
      const all = block === undefined ? [] : [...block.frames, ...(block.createdBy === null ? [] : [block.createdBy])];
      const same = all.find(
        (one) => one.function === frame.function && one.file === frame.file && one.line === frame.line,
      );
      yield same === undefined ? headerOf(open, row) : text.ranges.range(same.functionSpan);
    }
  }
}
