import type { Finding } from "../../core/findings/finding.ts";
import { formatIgnore, IGNORE_FILE, type IgnoreEntry } from "../../core/findings/ignore.ts";
import { goroutines, grouped, stacks, place as shortPlace } from "../../core/analysis/wording.ts";
import { placeFirst } from "../../core/findings/title.ts";
import type { FilteredGroup } from "../../core/group/filter.ts";
import { at } from "../../core/model/column.ts";
import { type Dump, NO_LABELS } from "../../core/model/dump.ts";
import { type Frame, frameOf, type Stack, stackOf } from "../../core/model/stack.ts";
import { stateInfo } from "../../core/model/state.ts";
import { shortFunctionName } from "../../core/names/functionName.ts";
import { isUserFrame } from "../../core/names/userCode.ts";
import type { NodeKind, Place, TreeNode } from "../../protocol/index.ts";
import {
  activityOf,
  frameRef,
  goroutineTitle,
  phrases,
  shortWait,
  stackTitle,
  titleFrame,
  waitOfGroup,
  waitOfRow,
} from "../document/describe.ts";
import { visible, visibleLines } from "../../core/text/visible.ts";
import { NOTHING, say } from "../../core/text/say.ts";
import { words } from "../base/words.ts";
import type { Section } from "./sections.ts";

/** UTF-16 units of what is shown in a line, and in a tooltip. */
const [LABEL_LIMIT, TOOLTIP_LIMIT] = [500, 4000];
/** Frames told in a tooltip. */
const TOOLTIP_FRAMES = 12;

/** A node; what is left out is empty. */
export function treeNode(
  id: string,
  kind: NodeKind,
  label: string,
  { description = "", tooltip = label, ...rest }: Partial<Omit<TreeNode, "id" | "kind" | "label">> = {},
): TreeNode {
  return {
    id,
    kind,
    label: visible(label, LABEL_LIMIT),
    description: visible(description, LABEL_LIMIT),
    tooltip: visibleLines(tooltip, TOOLTIP_LIMIT),
    hasChildren: false,
    activity: null,
    certainty: null,
    dimmed: false,
    place: null,
    frame: null,
    rule: null,
    ...rest,
  };
}

/** Digits of the largest count of some groups: counts of a list stand below each other. */
export function countWidth(groups: readonly FilteredGroup[]): number {
  return grouped(groups.reduce((most, { count }) => Math.max(most, count), 1)).length;
}

/** `4,000× ws.(*Hub).deliver`: what matters first, since a side bar cuts the end. Padded with spaces as wide as digits. */
function counted(count: number, name: string, width: number): string {
  return `${grouped(count).padStart(width, "\u2007")}× ${name}`;
}

export function groupNode(
  id: string,
  dump: Dump,
  { group, rows, count }: FilteredGroup,
  place: Place,
  width: number,
): TreeNode {
  const stack = stackOf(dump, group.stack);
  const frame = titleFrame(stack);
  const all = words(goroutines(group.count));
  const number = count === group.count ? all : words(say`${grouped(count)} of ${all}`);
  const name = group.count === 1 ? goroutineTitle(dump, rows[0]!) : number;
  const part = count === group.count ? "" : words(say`of ${grouped(group.count)}`);
  return treeNode(id, "group", counted(count, stackTitle(dump, group.stack), width), {
    description: phrases(part, shortWait(group), group.state),
    tooltip: groupTooltip(phrases(name, waitOfGroup(group)), group.state, stack),
    hasChildren: true,
    activity: activityOf(group.state),
    place,
    frame: frame && frameRef(frame),
  });
}

/** Groups under one heading. */
export function sectionNode(id: string, { label, detail = "", groups, count }: Section, width: number): TreeNode {
  return treeNode(id, "section", counted(count, label, width), {
    description: phrases(detail, words(stacks(groups.length))),
    tooltip: phrases(label, detail, words(goroutines(count)), words(stacks(groups.length))),
    hasChildren: true,
  });
}

/** A group that an entry of an ignore file expects. */
export function expectedNode(node: TreeNode, entry: IgnoreEntry): TreeNode {
  return {
    ...node,
    description: phrases(words(say`expected`), node.description),
    tooltip: `${words(say`Expected: ${formatIgnore(entry)} (${IGNORE_FILE})`)}\n\n${node.tooltip}`,
    dimmed: true,
  };
}

function groupTooltip(name: string, state: string, { frames }: Stack): string {
  const shown = frames.slice(0, TOOLTIP_FRAMES).map((frame) => `${frame.function}\n    ${placeOf(frame)}`);
  const rest = frames.length - shown.length;
  if (rest > 0) shown.push(words(rest === 1 ? say`and 1 more frame` : say`and ${grouped(rest)} more frames`));
  return [`${name}: ${state}. ${words(stateInfo(state).meaning)}`, "", ...shown].join("\n");
}

export function frameNode(id: string, frame: Frame, place: Place | null): TreeNode {
  return treeNode(id, "frame", shortFunctionName(frame.function), {
    description: frame.file === null ? "" : shortPlace(frame),
    tooltip: `${frame.function}\n${placeOf(frame)}`,
    dimmed: !isUserFrame(frame),
    place,
    frame: frameRef(frame),
  });
}

export function createdByNode(id: string, frame: Frame, place: Place | null): TreeNode {
  const node = frameNode(id, frame, place);
  return { ...node, kind: "createdBy", label: words(say`created by ${node.label}`) };
}

export function goroutineNode(id: string, dump: Dump, row: number, place: Place): TreeNode {
  const { labels, state } = dump.goroutines;
  const set = at(labels, row);
  const pairs = set === NO_LABELS ? [] : (dump.labelSets[set] ?? []).map(([key, value]) => `${key}: ${value}`);
  const printed = dump.states[at(state, row)] ?? "";
  return treeNode(id, "goroutine", goroutineTitle(dump, row), {
    description: phrases(waitOfRow(dump, row), pairs.join(", ")),
    tooltip: phrases(`${goroutineTitle(dump, row)}: ${printed}`, waitOfRow(dump, row), pairs.join(" · ")),
    activity: activityOf(printed),
    place,
  });
}

/** Where, then what: a side bar cuts the end, and many findings begin with equal words. */
export function findingNode(id: string, dump: Dump, finding: Finding, place: Place): TreeNode {
  const frame = finding.frame === null ? null : frameOf(dump, finding.frame);
  const { where, what } = placeFirst(finding.title);
  return treeNode(id, "finding", where === "" ? words(what) : where, {
    description: where === "" ? "" : words(what),
    tooltip: [finding.title, NOTHING, finding.message, NOTHING, ...finding.evidence].map(words).join("\n"),
    hasChildren: true,
    certainty: finding.certainty,
    rule: finding.rule,
    place,
    frame: frame && frameRef(frame),
  });
}

function placeOf({ file, line }: Frame): string {
  if (file === null) return words(say`no place printed`);
  return line === null ? file : `${file}:${line}`;
}
