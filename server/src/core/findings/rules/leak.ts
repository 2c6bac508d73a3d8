import { type Group, joinRows } from "../../group/groups.ts";
import { isShown, type LostReason } from "../../leaks/wakers.ts";
import { openingBySource } from "../../leaks/openBySource.ts";
import { type Wait, waitOf } from "../../leaks/waits.ts";
import { at } from "../../model/column.ts";
import { NO_ID } from "../../model/dump.ts";
import { baseState } from "../../model/state.ts";
import type { Frame } from "../../model/stack.ts";
import { visibleFrames } from "../../names/userCode.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Traits } from "../../analysis/traits.ts";
import { goroutines, minutes } from "../../analysis/wording.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";
import { certaintyOf, classOf } from "../classes.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { bothSides } from "./bothSides.ts";
import { exhaustedPool } from "./exhaustedPool.ts";
import {
  atLeast,
  countedMessage,
  creatorsOf,
  hasWaysOut,
  messageOf,
  openEvidence,
  outlookOf,
  patternAt,
  reasonAt,
  settledEvidence,
  waitEvidence,
  wayOutEvidence,
} from "./leakTexts.ts";
import { unclosedBodies } from "./unclosedBodies.ts";
import { largest } from "../../lists.ts";

/** Goroutines that seem to idle from which on it is worth a look. */
const FEWEST_IDLE = 10;

/** Goroutines blocked at one place in one way. */
interface Spot {
  readonly place: Frame | null;
  readonly state: string;
  readonly wait: Wait;
  readonly groups: Group[];
}

/** Goroutines of one spot that are lost for like reasons. */
interface Lost {
  readonly certainty: Certainty;
  readonly rows: Uint32Array;
  /** Why, the reason of most first. */
  readonly reasons: readonly LostReason[];
  /** So many of them at least are lost, which ones is not known; left out: all of them. */
  readonly fewest?: number;
}

/** Goroutines that wait for others of the program, which will not come. */
export const leak: Rule = {
  id: "leak",
  title: "Leaking goroutines",
  certainties: ["strong", "suspect"],
  *find(investigation) {
    yield* unclosedBodies(investigation);
    yield* exhaustedPool(investigation);
    yield* bothSides(investigation);
    for (const spot of spots(investigation)) yield* findAt(investigation, spot);
  },
};

/** Different ways to one blocking line are one leak. */
function spots({ analysis, isExplained }: Investigation): Spot[] {
  const found = new Map<string, Spot>();
  for (const group of analysis.groups.groups) {
    const traits = analysis.traits(group);
    const { role, stack } = traits;
    if (stack.frames.length === 0) continue;
    if (isExplained(group) || (role !== "blocked" && role !== "unclear") || waitsForTest(traits)) continue;
    const place = analysis.place(group);
    const state = baseState(group.state);
    const key = `${place?.id} ${state}`;
    const spot = found.get(key) ?? { place, state, wait: waitOf(group, traits), groups: [] };
    spot.groups.push(group);
    found.set(key, spot);
  }
  return [...found.values()];
}

/** The test that is waited for is where something hangs, not the one that has started it. */
function waitsForTest({ stack }: Traits): boolean {
  return visibleFrames(stack.frames)[0]?.function.startsWith("testing.") === true;
}

function findAt(investigation: Investigation, spot: Spot): Finding[] {
  const { analysis, isSuspected } = investigation;
  const isToldAlready = spot.groups.every(isSuspected);
  const lost = lostOrCounted(investigation, spot).filter(({ certainty }) => certainty === "strong" || !isToldAlready);
  const suspicion = lost.length > 0 || isToldAlready ? undefined : suspicionOf(analysis, spot);
  if (lost.length === 0 && suspicion === undefined) return [];
  return suspicion === undefined
    ? lost.map((each) => lostFinding(analysis, spot, each))
    : [suspectFinding(analysis, spot, suspicion)];
}

function lostOrCounted(investigation: Investigation, spot: Spot): Lost[] {
  const lost = lostAt(investigation, spot);
  if (lost.some(({ certainty }) => certainty === "strong")) return lost;
  const counted = countedAt(investigation, spot);
  return counted === undefined ? lost : [counted];
}

/**
 * Of goroutines at a place some may be lost, and how many at least is known. Where the dump tells them apart by their ids, it
 * is a suspect: some of those that are named are well.
 */
function countedAt({ analysis, wakers }: Investigation, { groups, wait }: Spot): Lost | undefined {
  const counted = groups.filter((group) => wakers.fewestLost(group) > 0);
  const [first] = counted;
  if (first === undefined) return undefined;
  const hasIds = at(analysis.dump.goroutines.id, analysis.rows(first)[0] ?? 0) !== NO_ID;
  return {
    certainty: hasIds ? "suspect" : certaintyOf("outnumbered", wait, analysis.isWhole),
    rows: joinRows(counted.map((group) => analysis.rows(group))),
    reasons: ["outnumbered"],
    fewest: counted.reduce((sum, group) => sum + wakers.fewestLost(group), 0),
  };
}

/** A verdict is of a goroutine, not of its place: others at the same line may be well. Surest first. */
function lostAt({ analysis, wakers }: Investigation, spot: Spot): Lost[] {
  const { wait, groups } = spot;
  const { kind } = analysis.coverage;
  const hasWayOut = hasWaysOut(analysis, spot);
  const strong = new LostRows();
  const suspect = new LostRows();
  for (const group of groups) {
    const judge = wakers.judge(group);
    if (judge === undefined) continue;
    const mayEnd = hasWayOut || openingBySource(analysis, group) !== undefined;
    for (const row of analysis.rows(group)) {
      const reason = judge(row);
      // While a program dies, main waits for its end.
      if (reason === undefined || ((reason === "all" || reason === "idle") && kind === "crash")) continue;
      const isSure = isShown(reason) || !mayEnd;
      const isStrong = isSure && certaintyOf(reason, wait, kind === "whole") === "strong";
      (isStrong ? strong : suspect).add(row, reason);
    }
  }
  return [...strong.as("strong"), ...(isWorthALook(wait, suspect.length) ? suspect.as("suspect") : [])];
}

/**
 * Whether goroutines that are lost for a weak reason are worth a look: a few that receive, or are in a select, idle like
 * that in most healthy programs.
 */
function isWorthALook(wait: Wait, count: number): boolean {
  return (wait !== "receive" && wait !== "select") || count >= FEWEST_IDLE;
}

/** Rows that are lost, and how often each reason holds. */
class LostRows {
  readonly #rows: number[] = [];
  /** Made for the first: of thousands of spots most have none. */
  #reasons: Map<LostReason, number> | undefined;

  get length(): number {
    return this.#rows.length;
  }

  add(row: number, reason: LostReason): void {
    this.#rows.push(row);
    const reasons = (this.#reasons ??= new Map());
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }

  as(certainty: Certainty): Lost[] {
    if (this.#reasons === undefined) return [];
    const reasons = [...this.#reasons].sort(([, left], [, right]) => right - left).map(([reason]) => reason);
    return [{ certainty, rows: Uint32Array.from(this.#rows), reasons }];
  }
}

function lostFinding(analysis: Analysis, spot: Spot, { certainty, rows, reasons, fewest }: Lost): Finding {
  const { place, wait, groups } = spot;
  const pattern = patternAt(analysis, place, wait, groups);
  const [first = "gone", ...rest] = reasons;
  const finding = rowsFinding(analysis, {
    rule: "leak",
    certainty,
    evidenceClass: classOf("leak", first, wait),
    what: (count) => verdictOn(count, fewest, certainty),
    message: NOTHING,
    rows,
    at: rows[0] ?? 0,
    evidence: [
      reasonAt(analysis, groups, first, pattern.missing),
      ...rest.map((reason) => reasonAt(analysis, groups, reason, pattern.missing)),
      ...settledEvidence(analysis, groups),
      ...waitEvidence(spot),
      ...wayOutEvidence(!isShown(first) && hasWaysOut(analysis, spot)),
      ...(certainty === "strong" || fewest !== undefined ? [] : openEvidence(analysis, groups)),
      ...outlookOf(analysis),
    ],
    related: creatorsOf(analysis, groups),
  });
  const message =
    fewest === undefined
      ? messageOf(finding, spot, reasons.includes("all"), pattern)
      : countedMessage(finding, fewest, spot, pattern);
  return { ...finding, message };
}

function verdictOn(count: number, fewest: number | undefined, certainty: Certainty): Message {
  const whom = fewest === undefined ? goroutines(count) : atLeast(fewest, count);
  return certainty === "suspect" ? say`${whom} may be leaking` : say`${whom} leaked`;
}

function suspectFinding(analysis: Analysis, spot: Spot, suspicion: readonly [string, Message]): Finding {
  const { place, wait, groups } = spot;
  const [reason, sentence] = suspicion;
  const finding = rowsFinding(analysis, {
    rule: "leak",
    certainty: "suspect",
    evidenceClass: classOf("leak", reason, wait),
    what: (count) => say`${goroutines(count)} may be leaking`,
    message: NOTHING,
    rows: joinRows(groups.map((group) => analysis.rows(group))),
    at: analysis.groups.rows[groups[0]?.start ?? 0] ?? 0,
    evidence: [
      sentence,
      ...settledEvidence(analysis, groups),
      ...(reason === "long" ? [] : waitEvidence(spot)),
      ...wayOutEvidence(hasWaysOut(analysis, spot)),
    ],
    related: creatorsOf(analysis, groups),
  });
  return { ...finding, message: messageOf(finding, spot, false, patternAt(analysis, place, wait, groups)) };
}

/** A reason to look at a place though somebody may come; undefined: healthy programs look like that as well. */
function suspicionOf(analysis: Analysis, { groups, wait }: Spot): readonly [string, Message] | undefined {
  // Many that wait for a lock are for the rules about locks.
  if (wait === "lock") return undefined;
  const { leakCount, leakMinutes } = analysis.context.thresholds;
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  if (count >= leakCount) return ["many", say`${goroutines(count)} are blocked at this one place.`];
  const longest = largest(groups, ({ wait: waited }) => waited?.max ?? 0, 0);
  // Main waits for its workers as long as the program lives.
  const isMain = groups.every((group) => analysis.traits(group).families.has("main.main"));
  const isProducer = wait === "send" || (wait === "wait-group" && !isMain);
  if (!isProducer || longest < leakMinutes) return undefined;
  return ["long", say`The longest has waited ${say`at least ${minutes(longest)}`}.`];
}
