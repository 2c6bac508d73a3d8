import { Analysis } from "../../../core/analysis/analysis.ts";
import { DEFAULT_CONTEXT } from "../../../core/analysis/context.ts";
import { place } from "../../../core/analysis/wording.ts";
import { LockReports } from "../../../core/locks/lockReports.ts";
import { waitGraph, type WaitGraphNode } from "../../../core/locks/waitGraph.ts";
import type { Lock } from "../../../core/locks/lock.ts";
import { lockType } from "../../../core/locks/wording.ts";
import { hex } from "../../../core/locks/pointers.ts";
import { shortFunctionName } from "../../../core/names/functionName.ts";
import type { Steps } from "../../../core/steps.ts";
import type { WaitGraphPage, WaitNode } from "../../../protocol/index.ts";
import { clip } from "../../../core/text/visible.ts";
import { goroutineTitle, phrases, stackTitle } from "../../document/describe.ts";
import type { Filtered } from "./reportedDump.ts";

/** Nodes of the graph: more than that can neither be laid out in a moment nor be read. */
const NODES = 60;
const TEXT_LIMIT = 200;

/** Who waits for whom, of the whole dump: half a chain would say something else. */
export function* waitGraphSteps(all: Filtered): Steps<WaitGraphPage> {
  const { source, groups, findingOf } = all;
  const analysis = new Analysis(source.prepared.traits, { ...DEFAULT_CONTEXT, arguments: source.prepared.arguments });
  const locks = yield* LockReports.of(analysis);
  const blamed = groups.filter(({ group }) => findingOf.has(group.id)).map(({ group }) => group);
  const { nodes, edges, left } = waitGraph(analysis, locks, blamed, NODES);
  return { nodes: nodes.map((node) => pageNode(all, analysis, node)), edges, more: left };
}

function pageNode({ source, frames }: Filtered, analysis: Analysis, node: WaitGraphNode): WaitNode {
  const { dump } = source.prepared;
  const marks = { isRoot: node.isRoot, isInCircle: node.isInCircle };
  if (node.kind === "lock") {
    const { lock, waiting } = node.report;
    const title = lockTitle(lock);
    return {
      kind: "lock",
      title: clip(title, TEXT_LIMIT),
      detail: "",
      count: waiting,
      frame: null,
      line: null,
      ...marks,
    };
  }
  const { group } = node;
  const standing = analysis.place(group);
  const frame = standing === null ? null : frames.of(dump, standing.id);
  if (node.kind === "event") {
    const detail = standing === null ? "" : place(standing);
    return {
      kind: "event",
      title: clip(group.state, TEXT_LIMIT),
      detail: clip(detail, TEXT_LIMIT),
      count: 0,
      frame,
      line: null,
      ...marks,
    };
  }
  const line = source.lineOf(node.row);
  const isOne = node.count === 1;
  const name = standing === null ? stackTitle(dump, group.stack) : shortFunctionName(standing.function);
  const where = standing === null || standing.file === null ? "" : place(standing);
  return {
    kind: "goroutines",
    title: clip(isOne ? goroutineTitle(dump, node.row) : name, TEXT_LIMIT),
    detail: clip(phrases(isOne ? name : group.state, where), TEXT_LIMIT),
    count: node.count,
    frame,
    line: line === null ? null : line + 1,
    ...marks,
  };
}

/** `Mutex 0xc000118008`, `RWMutex kline.MarketManager`: the type, and what is known of the value. */
function lockTitle(lock: Lock): string {
  const { address, object, waiters } = lock;
  const owner = waiters[0]?.site?.type ?? null;
  const value = address ?? object;
  if (value !== null) return `${lockType(lock)} ${hex(value)}`;
  return owner === null ? lockType(lock) : `${lockType(lock)} ${shortFunctionName(owner)}`;
}
