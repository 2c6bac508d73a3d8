import type { TreeNode } from "../../protocol/index.ts";
import { nodeId, type StepKind } from "./nodeId.ts";
import { listOf, type NodeList } from "./nodeList.ts";
import { treeNode } from "./treeNodes.ts";

/** What a side bar of 250 px shows of a row below a finding. */
const COLUMNS = 24;

/** A character that takes two columns, and behind which a line may end: those of Chinese texts. */
const WIDE = /[\u2e80-\u9fff\uff00-\uffef]/u;
const WORD_ENDS = /(?<=\s)|(?<=[\u2e80-\u9fff\uff00-\uffef])|(?=[\u2e80-\u9fff\uff00-\uffef])/u;
/** Where a path or a function's name that is too long for a line is broken best. */
const PART_ENDS = /(?<=\/)|(?=\.[(A-Z])/;
const PARTS = new RegExp(`.{1,${COLUMNS}}`, "gsu");

/** Steps to what is said of a finding, and to notes. */
const TEXTS: ReadonlySet<StepKind> = new Set(["m", "e", "l", "N"]);

/** Whether a step leads to a text that may be long. */
export function isText(kind: StepKind): boolean {
  return TEXTS.has(kind);
}

/** A node that unfolds to its text where that is long: a row of a tree does not wrap, and what a side bar cuts is not read. */
export function unfolding(node: TreeNode): TreeNode {
  return columnsOf(node.tooltip) > COLUMNS ? { ...node, hasChildren: true } : node;
}

/** The text, in lines, of the node with that id in the list that it is in; undefined: it is not there. */
export function textLines(id: string, among: NodeList | undefined): NodeList | undefined {
  for (let index = 0; index < (among?.length ?? 0); index++) {
    const node = among!.node(index);
    if (node.id !== id) continue;
    return listOf(wrapped(node.tooltip), (line, number) => treeNode(nodeId(id, "t", number), "textLine", line));
  }
  return undefined;
}

/** A text in lines of at most {@link COLUMNS} columns. */
export function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(WORD_ENDS).flatMap(fitting)) {
    if (line !== "" && columnsOf((line + word).trimEnd()) > COLUMNS) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  return [...lines, line.trimEnd()].filter((one) => one !== "");
}

/** A word, or the parts of one that fits no line. */
function fitting(word: string): readonly string[] {
  if (columnsOf(word.trimEnd()) <= COLUMNS) return [word];
  return word.split(PART_ENDS).flatMap((part) => part.match(PARTS) ?? []);
}

function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}
