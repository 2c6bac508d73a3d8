import { goroutines, place as shortPlace } from "../../core/analysis/wording.ts";
import type { Finding, RelatedPlace } from "../../core/findings/finding.ts";
import { frameOf } from "../../core/model/stack.ts";
import { say } from "../../core/text/say.ts";
import { visible } from "../../core/text/visible.ts";
import { words } from "../base/words.ts";
import type { Place, TreeNode } from "../../protocol/index.ts";
import { goroutineTitle, phrases } from "../document/describe.ts";
import type { OpenDump } from "../document/openDump.ts";
import { relatedLine } from "../document/relatedLine.ts";
import { headerOf } from "../document/rowRange.ts";
import { frameRef } from "../document/describe.ts";
import { nodeId } from "./nodeId.ts";
import { concat, listOf, type NodeList } from "./nodeList.ts";
import { unfolding } from "./textLines.ts";
import { frameNode, goroutineNode, treeNode } from "./treeNodes.ts";

/** What is below a finding in the tree. */
export interface FindingContents {
  /** What it says and why, who is to blame and who waits, the place in the source, the page of the rule. */
  readonly all: NodeList;
  /** The goroutines concerned. */
  readonly goroutines: NodeList;
}

/** The contents of the finding with that id: each a click, none of them twice. */
export function findingContents(open: OpenDump, uri: string, id: string, finding: Finding): FindingContents {
  const { message, evidence, related, frame, rows, rule, dumpLine } = finding;
  const line = (number: number): Place => ({ uri, range: open.ranges.lineRange(number) });
  const rowsId = nodeId(id, "w");
  const said = listOf([message], (text) =>
    unfolding(treeNode(nodeId(id, "m"), "note", words(text), { place: line(dumpLine) })),
  );
  const reasons = listOf(evidence, (reason, index) =>
    unfolding(treeNode(nodeId(id, "e", index), "note", words(reason))),
  );
  const chain = listOf(related, (one, index) => unfolding(relatedNode(open, nodeId(id, "l", index), one, line)));
  const concerned = listOf(rows.length === 0 ? [] : [rowsId], (headingId) =>
    treeNode(headingId, "goroutines", words(say`${goroutines(finding.count)} concerned`), { hasChildren: true }),
  );
  const blamed = listOf(frame === null ? [] : [frameOf(open.dump, frame)], (named) => {
    const node = frameNode(nodeId(id, "b"), named, line(dumpLine));
    return {
      ...node,
      label: visible(words(say`Source: ${shortPlace(named)}`)),
      description: node.label,
      dimmed: false,
    };
  });
  const page = listOf([rule], (name) => ({
    ...treeNode(nodeId(id, "R"), "rulePage", words(say`About this kind of finding`), { description: name }),
    rule: name,
  }));
  return {
    all: concat(said, reasons, chain, concerned, blamed, page),
    goroutines: listOf(rows, (row) =>
      goroutineNode(nodeId(rowsId, "r", row), open.dump, row, { uri, range: headerOf(open, row) }),
    ),
  };
}

function relatedNode(open: OpenDump, id: string, related: RelatedPlace, line: (number: number) => Place): TreeNode {
  const { message, goroutine, frame, line: sourceLine } = related;
  const place = line(relatedLine(open, related));
  const node = goroutine === null ? treeNode(id, "note", "") : goroutineNode(id, open.dump, goroutine, place);
  const named = frame === null ? null : frameOf(open.dump, frame);
  const source = named && frameRef({ ...named, line: sourceLine ?? named.line });
  const label = visible(words(message));
  const description = phrases(goroutine === null ? "" : goroutineTitle(open.dump, goroutine));
  return { ...node, label, tooltip: label, description, place, frame: source };
}
