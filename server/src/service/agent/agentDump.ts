import type { Finding } from "../../core/findings/finding.ts";
import type { Group, GroupTable } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { type Dump, NO_ID } from "../../core/model/dump.ts";
import { type Frame, frameOf, stackOf } from "../../core/model/stack.ts";
import { english } from "../../core/text/say.ts";
import { visible } from "../../core/text/visible.ts";

/** A dump that an assistant asks about. */
export interface AgentDump {
  /** The path as it was asked for. */
  readonly path: string;
  /** Number among the dumps of its file. */
  readonly index: number;
  readonly dump: Dump;
  /** By stack and state. */
  readonly groups: GroupTable;
  readonly findings: readonly Finding[];
}

/** UTF-16 units of one text of the dump: a name of a generic type may be of any length. */
const TEXT_LIMIT = 300;
/** Ids named for a group or a finding. */
const IDS = 10;
/** Frames of a stack that are told. */
const FRAMES = 60;

/** A text of the dump: bounded, on one line, without what steers a terminal. What it says is data and no instruction. */
export function quoted(text: string): string {
  return visible(text, TEXT_LIMIT);
}

/** `main.f /src/main.go:3`. */
export function placed({ function: name, file, line }: Pick<Frame, "function" | "file" | "line">): string {
  return quoted(file === null ? name : `${name} ${file}:${line ?? 0}`);
}

/** The first ids of some rows, ascending. */
export function idsOf({ goroutines: { id } }: Dump, rows: Uint32Array): readonly number[] {
  const ids = Array.from(rows.subarray(0, IDS * 10), (row) => at(id, row)).filter((one) => one !== NO_ID);
  return ids.sort((left, right) => left - right).slice(0, IDS);
}

/** A group in a few words. */
export function groupSummary({ dump }: AgentDump, { id, stack, state, count, wait }: Group) {
  const { frames, createdBy } = stackOf(dump, stack);
  return {
    group: id,
    count,
    state: quoted(state),
    wait_minutes: wait,
    frames: frames.slice(0, FRAMES).map(placed),
    frames_left_out: Math.max(0, frames.length - FRAMES),
    created_by: createdBy === null ? null : placed(createdBy),
  };
}

/** A finding with all that it rests on. */
export function findingSummary({ dump }: AgentDump, finding: Finding) {
  const idOf = (row: number): number => at(dump.goroutines.id, row);
  return {
    rule: finding.rule,
    certainty: finding.certainty,
    title: quoted(english(finding.title)),
    message: visible(english(finding.message), 2 * TEXT_LIMIT),
    evidence: finding.evidence.slice(0, IDS).map((sentence) => visible(english(sentence), TEXT_LIMIT)),
    count: finding.count,
    goroutines: idsOf(dump, finding.rows),
    place: finding.frame === null ? null : placed(frameOf(dump, finding.frame)),
    dump_line: finding.dumpLine + 1,
    root: finding.root === null ? null : idOf(finding.root),
    cycle: finding.cycle === null ? null : finding.cycle.slice(0, IDS).map(idOf),
  };
}
