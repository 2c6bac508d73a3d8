import type { Activity, NodeKind, TreeNode } from "../../../server/src/protocol/index.ts";
import { certaintyText } from "./certaintyText.ts";
import type { Localizer } from "./localizer.ts";

/** A codicon and the id of its theme colour; no colour means the text's own. */
export interface NodeIcon {
  readonly id: string;
  readonly color: string | undefined;
}

const byActivity: Readonly<Record<Activity, NodeIcon>> = {
  running: { id: "play-circle", color: "charts.green" },
  blocked: { id: "debug-pause", color: "goroutineDump.blocked" },
  waiting: { id: "watch", color: "charts.blue" },
  system: { id: "gear", color: "descriptionForeground" },
  stuck: { id: "stop-circle", color: "charts.red" },
  unknown: { id: "circle-outline", color: undefined },
};

const byCertainty: Readonly<Record<NonNullable<TreeNode["certainty"]>, NodeIcon>> = {
  proven: { id: "error", color: "problemsErrorIcon.foreground" },
  strong: { id: "warning", color: "problemsWarningIcon.foreground" },
  suspect: { id: "info", color: "problemsInfoIcon.foreground" },
};

/** Null: the text alone, which has the room. */
const byKind: Readonly<Record<NodeKind, string | null>> = {
  dump: "file-text",
  findings: "checklist",
  finding: "info",
  section: "list-tree",
  started: "type-hierarchy-sub",
  frames: "fold-up",
  group: "circle-outline",
  frame: "symbol-method",
  createdBy: "call-incoming",
  goroutines: "list-unordered",
  goroutine: "circle-outline",
  notes: "note",
  note: "info",
  textLine: null,
  rulePage: "book",
  systemStack: "server-process",
  more: "ellipsis",
};

/** A node's icon: by certainty for findings, by activity for goroutines and their groups, else by kind. Undefined: it has none. */
export function nodeIcon(node: TreeNode): NodeIcon | undefined {
  if (node.certainty !== null) {
    return byCertainty[node.certainty];
  }
  if (node.activity !== null) {
    const icon = byActivity[node.activity];
    return node.dimmed ? { ...icon, color: "descriptionForeground" } : icon;
  }
  const id = byKind[node.kind];
  return id === null ? undefined : { id, color: node.dimmed ? "descriptionForeground" : undefined };
}

/** What a click on a node does. */
export type NodeClick = "openSource" | "openInDump" | "openRulePage" | "showMore" | "none";

/** A frame opens its source, `more` the next page, and whatever else has a place in the dump opens the dump there. */
export function nodeClick(node: TreeNode): NodeClick {
  if (node.kind === "more") {
    return "showMore";
  }
  if (node.kind === "rulePage") {
    return "openRulePage";
  }
  if (hasSource(node)) {
    return "openSource";
  }
  return node.place === null ? "none" : "openInDump";
}

/**
 * The `viewItem` that the manifest's menus test: the kind, then a suffix for each thing that can be done with the node,
 * e.g. `frame.source.place`.
 */
export function nodeContext(node: TreeNode): string {
  return [node.kind, hasSource(node) ? ".source" : "", node.place === null ? "" : ".place"].join("");
}

/** What a screen reader says: everything the icon and the colours tell too. */
export function nodeSpeech(node: TreeNode, l10n: Localizer): string {
  const certainty = node.certainty === null ? "" : certaintyText(node.certainty, l10n);
  const parts = [certainty, node.label, node.description, node.dimmed ? l10n.t("less important") : ""];
  return parts.filter((part) => part !== "").join(", ");
}

/** Whether the node stands for a frame with a file, found or not: one click opens it in an editor. */
function hasSource(node: TreeNode): boolean {
  return (node.kind === "frame" || node.kind === "createdBy") && node.frame !== null && node.frame.file !== null;
}
