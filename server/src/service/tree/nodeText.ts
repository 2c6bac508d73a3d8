import { goroutines } from "../../core/analysis/wording.ts";
import type { Finding } from "../../core/findings/finding.ts";
import type { FilteredGroup } from "../../core/group/filter.ts";
import { type Frame, frameOf, stackOf } from "../../core/model/stack.ts";
import type { NodeTextParams } from "../../protocol/index.ts";
import { type RichBlock, renderRichText } from "../base/richText.ts";
import { words } from "../base/words.ts";
import { phrases, waitOfGroup } from "../document/describe.ts";
import { textOfGoroutine } from "../document/textBlock.ts";
import type { DumpBranch } from "./dumpBranch.ts";
import { parseNodeId, type Step } from "./nodeId.ts";
import type { StackTree } from "./stackTree.ts";

/** Goroutines of one stack that are copied one by one; behind the last of them stands how many more there are. */
const GOROUTINES = 1000;
/** UTF-16 units of all that is copied: more is a file. */
const TEXT_LIMIT = 32 * 1024 * 1024;

/** The text of a node, see {@link NodeTextParams}; undefined where it has none. */
export function nodeText(tree: StackTree, id: string, format: NodeTextParams["format"]): string | undefined {
  const steps = parseNodeId(id);
  const branch = steps && tree.branchOf(steps);
  if (steps === undefined || branch === undefined) return undefined;
  const groups = groupsAt(branch, steps);
  if (format === "dump") return groups.length === 0 ? undefined : dumpOf(branch, steps, groups);
  const blocks = blocksAt(branch, steps, groups);
  if (blocks.length === 0) return undefined;
  return format === "markdown" ? renderRichText(blocks, "markdown").value : plainText(blocks);
}

/** The groups a node stands for: its own, or all of a section. */
function groupsAt(branch: DumpBranch, steps: readonly Step[]): readonly FilteredGroup[] {
  const section = branch.sectionOf(steps.slice(1));
  const group = branch.groupOf(steps.slice(1));
  return section ?? (group === undefined ? [] : [group]);
}

function blocksAt(branch: DumpBranch, steps: readonly Step[], groups: readonly FilteredGroup[]): readonly RichBlock[] {
  const last = steps.at(-1);
  if (last?.kind === "P") {
    const finding = branch.findings[last.number];
    return finding === undefined ? [] : findingBlocks(branch, finding);
  }
  const [group] = groups;
  if (last === undefined || group === undefined) return [];
  if (last.kind === "r") return [dumpBlock(textOfGoroutine(branch.open, last.number))];
  const { frames, createdBy } = stackOf(branch.open.dump, group.group.stack);
  const frame = last.kind === "f" ? frames[last.number] : last.kind === "c" ? createdBy : null;
  if (frame) return [dumpBlock(frameText(frame))];
  return groups.flatMap((one) => groupBlocks(branch, one));
}

function groupBlocks({ open }: DumpBranch, { group, count }: FilteredGroup): RichBlock[] {
  const { frames, createdBy } = stackOf(open.dump, group.stack);
  const creator = createdBy === null ? [] : [`created by ${frameText(createdBy)}`];
  const head = phrases(words(goroutines(count)), group.state, waitOfGroup(group));
  return [
    { kind: "paragraph", parts: [{ strong: head }] },
    dumpBlock([...frames.map(frameText), ...creator].join("\n")),
  ];
}

function findingBlocks(branch: DumpBranch, { title, message, evidence, frame, rows }: Finding): RichBlock[] {
  const { open } = branch;
  const [row] = rows;
  const where = frame === null ? [] : [dumpBlock(frameText(frameOf(open.dump, frame)))];
  return [
    { kind: "paragraph", parts: [{ strong: words(title) }] },
    { kind: "paragraph", parts: [words(message)] },
    { kind: "list", items: evidence.map((reason) => [words(reason)]) },
    ...(row === undefined ? where : [dumpBlock(textOfGoroutine(open, row))]),
  ];
}

function dumpBlock(text: string): RichBlock {
  return { kind: "code", language: "goroutine-dump", text };
}

/** As it stands in the dump; what is code there is not marked. */
function plainText(blocks: readonly RichBlock[]): string {
  return blocks
    .map((block) => (block.kind === "code" ? block.text : renderRichText([block], "plaintext").value))
    .join("\n");
}

/** The goroutines as the dump has them; a stack of a million is written as the condensed view writes it. */
function dumpOf({ open }: DumpBranch, steps: readonly Step[], groups: readonly FilteredGroup[]): string {
  const last = steps.at(-1);
  if (last?.kind === "r") return `${textOfGoroutine(open, last.number)}\n`;
  const blocks: string[] = [];
  let length = 0;
  for (const { rows } of groups) {
    const shown = rows.subarray(0, GOROUTINES);
    for (const row of shown) {
      const isLast = row === shown.at(-1);
      const more = isLast && rows.length > shown.length ? moreLine(rows.length - shown.length) : "";
      const block = textOfGoroutine(open, row) + more;
      if (length + block.length > TEXT_LIMIT) return `${blocks.join("\n\n")}\n`;
      blocks.push(block);
      length += block.length;
    }
  }
  return `${blocks.join("\n\n")}\n`;
}

/** As `core/condensed` writes it, and the reader reads it back. */
function moreLine(count: number): string {
  return `\n... and ${count} more goroutines with this stack`;
}

function frameText({ function: name, file, line }: Frame): string {
  return file === null ? name : `${name}\n\t${file}:${line ?? ""}`;
}
