import { words } from "../base/words.ts";
import type { ComparedGroup, Comparison } from "../../core/compare/comparison.ts";
import type { FleetGroup } from "../../core/compare/fleet.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { rowsOf } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { frameOf, stackOf } from "../../core/model/stack.ts";
import type { ComparedStack, ComparisonFinding, Place, StackChange } from "../../protocol/index.ts";
import { stackTitle, titleFrame } from "../document/describe.ts";
import { sourceRange } from "../base/ranges.ts";
import { frameRef } from "../document/describe.ts";
import type { FoundDump } from "./dumpFiles.ts";

import { largest } from "../../core/lists.ts";

/** Frames told of one stack: a screenful. */
const FRAMES = 50;

/** A stack of a series, as the protocol has it. */
export function seriesStack(dumps: readonly FoundDump[], group: ComparedGroup): ComparedStack {
  const { change, perMinute, staying } = group;
  return { ...stackIn(dumps, group, group.lastSeen), change, perMinute, staying };
}

/** A stack of a fleet, as the protocol has it: told by the host that has the most. */
export function fleetStack(dumps: readonly FoundDump[], { group, outliers }: FleetGroup): ComparedStack {
  const change: StackChange = outliers.length > 0 ? "outlier" : "even";
  return {
    ...stackIn(dumps, group, group.counts.indexOf(largest(group.counts, (count) => count, -Infinity))),
    change,
    outliers,
  };
}

/** What a stack is, told by the dump of that number. */
function stackIn(dumps: readonly FoundDump[], { counts, match, groups }: ComparedGroup, index: number): ComparedStack {
  const found = dumps[index];
  const shown = groups[index]?.[0];
  if (found === undefined || shown === undefined) throw new Error("A stack is in the dump that has it.");
  const stack = stackOf(found.dump, shown.stack);
  const frame = titleFrame(stack);
  const longest = largest(groups[index]!, ({ wait }) => wait?.max ?? -1, -1);
  const [row = 0] = rowsOf(found.groups, shown);
  return {
    title: stackTitle(found.dump, shown.stack),
    change: "same",
    counts,
    perMinute: null,
    staying: null,
    isExact: match === "exact",
    state: shown.state,
    waitMinutes: longest < 0 ? null : longest,
    frames: stack.frames.slice(0, FRAMES).map(frameRef),
    createdBy: stack.createdBy && frameRef(stack.createdBy),
    frame: frame && frameRef(frame),
    place: placeOf(found, at(found.dump.goroutines.line, row)),
    outliers: [],
  };
}

/** Findings of a series: all of them are about its last dump. */
export function seriesFindings(
  dumps: readonly FoundDump[],
  { snapshots }: Comparison,
  findings: readonly Finding[],
): ComparisonFinding[] {
  const last = dumps[snapshots.length - 1];
  if (last === undefined) return [];
  return findings.map(({ rule, certainty, title, message, evidence, frame, dumpLine }) => ({
    rule,
    certainty,
    title: words(title),
    message: words(message),
    evidence: evidence.map(words),
    frame: frame === null ? null : frameRef(frameOf(last.dump, frame)),
    place: placeOf(last, dumpLine),
  }));
}

/** @param line 0-based. */
function placeOf({ uri }: FoundDump, line: number): Place {
  return { uri, range: sourceRange(line) };
}
