import type {
  ComparedDump,
  ComparedStack,
  CompareResult,
  ComparisonFinding,
  FrameRef,
  Place,
} from "../../../server/src/protocol/index.ts";
import { certaintyText } from "./certaintyText.ts";
import { changeName, differenceText, grouped, joined, placeText, stackText, timeText } from "./changeTexts.ts";
import type { Localizer } from "./localizer.ts";
import type { NodeIcon } from "./nodeLook.ts";

/** What a node of the view "Changes" stands for; the manifest's menus test it as `viewItem`. */
export type ChangesNodeKind =
  | "findings"
  | "finding"
  | "evidence"
  | "dumps"
  | "dump"
  | "stack"
  | "frame"
  | "more"
  | "problem";

/** One node. All texts are plain. */
export interface ChangesNode {
  /** Stable as long as the comparison is shown. */
  readonly id: string;
  readonly kind: ChangesNodeKind;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: NodeIcon;
  /** What a screen reader says. */
  readonly speech: string;
  readonly children: readonly ChangesNode[];
  /** Where it is in a dump. */
  readonly place: Place | null;
  /** The frame to open in source. */
  readonly frame: FrameRef | null;
  /** URI of the dump a frame is from. */
  readonly dump: string | null;
  /** Number of the dump in the comparison; -1 for other nodes. */
  readonly index: number;
}

const byChange: Readonly<Record<ComparedStack["change"], NodeIcon>> = {
  grown: { id: "arrow-up", color: "charts.red" },
  shrunk: { id: "arrow-down", color: "charts.green" },
  new: { id: "add", color: "charts.blue" },
  gone: { id: "remove", color: "descriptionForeground" },
  stuck: { id: "debug-pause", color: "charts.yellow" },
  same: { id: "dash", color: "descriptionForeground" },
  outlier: { id: "arrow-up", color: "charts.red" },
  even: { id: "dash", color: "descriptionForeground" },
};

const byCertainty: Readonly<Record<ComparisonFinding["certainty"], NodeIcon>> = {
  proven: { id: "error", color: "problemsErrorIcon.foreground" },
  strong: { id: "warning", color: "problemsWarningIcon.foreground" },
  suspect: { id: "info", color: "problemsInfoIcon.foreground" },
};

/** The tree of a comparison: findings, the dumps in their order, then the stacks, largest change first. */
export function changesTree(result: CompareResult, l10n: Localizer): readonly ChangesNode[] {
  const { findings, dumps, stacks, total, problems } = result;
  const rest = total - stacks.length;
  return [
    ...(findings.length === 0 ? [] : [findingsNode(findings, dumps, l10n)]),
    dumpsNode(dumps, l10n),
    ...problems.map((text, index) => node(`problem${index}`, "problem", text, { icon: byCertainty.suspect })),
    ...stacks.map((stack, index) => stackNode(stack, index, dumps, l10n)),
    ...(rest > 0 ? [node("more", "more", l10n.t("More stacks: {0}", grouped(rest)), { icon: plain("ellipsis") })] : []),
  ];
}

function findingsNode(
  findings: readonly ComparisonFinding[],
  dumps: readonly ComparedDump[],
  l10n: Localizer,
): ChangesNode {
  const children = findings.map((finding, index) => findingNode(finding, index, dumps.at(-1)?.uri ?? null, l10n));
  const description = String(findings.length);
  return node("findings", "findings", l10n.t("Findings"), { description, children, icon: plain("checklist") });
}

function findingNode(finding: ComparisonFinding, index: number, dump: string | null, l10n: Localizer): ChangesNode {
  const id = `finding${index}`;
  // Where, then what, as in the Goroutines view: a side bar cuts the end.
  const place = placeText(finding.frame);
  const end = `: ${place}`;
  const what = finding.title.endsWith(end) ? finding.title.slice(0, -end.length) : finding.title;
  return node(id, "finding", place === "" ? what : place, {
    description: place === "" ? "" : what,
    tooltip: [finding.message, "", ...finding.evidence].join("\n"),
    icon: byCertainty[finding.certainty],
    speech: joined([certaintyText(finding.certainty, l10n), finding.message, place]),
    children: [finding.message, ...finding.evidence].map((text, each) =>
      node(`${id}/${each}`, "evidence", text, { icon: plain("note") }),
    ),
    place: finding.place,
    frame: finding.frame,
    dump,
  });
}

function dumpsNode(dumps: readonly ComparedDump[], l10n: Localizer): ChangesNode {
  const children = dumps.map((dump, index) => {
    const description = joined([l10n.t("{0} goroutines", grouped(dump.goroutines)), timeText(dump.time)]);
    const start = { line: 0, character: 0 };
    const place = { uri: dump.uri, range: { start, end: start } };
    return node(`dump${index}`, "dump", dump.name, { description, place, index, icon: plain("file-text") });
  });
  const description = String(dumps.length);
  return node("dumps", "dumps", l10n.t("Compared Dumps"), { description, children, icon: plain("files") });
}

function stackNode(stack: ComparedStack, index: number, dumps: readonly ComparedDump[], l10n: Localizer): ChangesNode {
  const id = `stack${index}`;
  // What it comes to stands first: a side bar cuts the end. Hosts do not follow each other.
  const isFleet = stack.change === "outlier" || stack.change === "even";
  const difference = isFleet ? "" : differenceText(stack.counts);
  const description = joined([difference, stackText(stack, dumps, l10n)]);
  const dump = stack.place?.uri ?? null;
  const frames = stack.frames.map((frame, each) => frameNode(`${id}/${each}`, frame, "", dump));
  const creator = stack.createdBy === null ? [] : [frameNode(`${id}/c`, stack.createdBy, l10n.t("created by "), dump)];
  const change = changeName(stack.change, l10n);
  return node(id, "stack", stack.title, {
    description,
    tooltip: stackTooltip(stack, dumps, change, l10n),
    icon: byChange[stack.change],
    speech: joined([change, stack.title, description]),
    children: [...frames, ...creator],
    place: stack.place,
    frame: stack.frame,
    dump,
  });
}

/** Dumps listed in a tooltip, at most. */
const listedDumps = 20;

function stackTooltip(stack: ComparedStack, dumps: readonly ComparedDump[], change: string, l10n: Localizer): string {
  const { counts, isExact, staying, title, frame } = stack;
  const listed = dumps.slice(0, listedDumps).map(({ name }, index) => `${name}: ${grouped(counts[index] ?? 0)}`);
  return [
    joined([`${change}: ${title}`, placeText(frame)]),
    "",
    ...listed,
    ...(dumps.length > listed.length ? [l10n.t("More dumps: {0}", dumps.length - listed.length)] : []),
    ...(staying === null ? [] : [l10n.t("{0} of them, by id, are in every dump.", grouped(staying))]),
    ...(isExact ? [] : [l10n.t("Matched by functions alone: the builds differ.")]),
  ].join("\n");
}

function frameNode(id: string, frame: FrameRef, prefix: string, dump: string | null): ChangesNode {
  const label = `${prefix}${frame.function}`;
  return node(id, "frame", label, { description: placeText(frame), icon: plain("symbol-method"), frame, dump });
}

function plain(id: string): NodeIcon {
  return { id, color: undefined };
}

function node(
  id: string,
  kind: ChangesNodeKind,
  label: string,
  rest: Partial<ChangesNode> & Pick<ChangesNode, "icon">,
): ChangesNode {
  const description = rest.description ?? "";
  return {
    id,
    kind,
    label,
    description,
    tooltip: label,
    speech: joined([label, description]),
    children: [],
    place: null,
    frame: null,
    dump: null,
    index: -1,
    ...rest,
  };
}
