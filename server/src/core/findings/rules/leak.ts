import { type Group, joinRows } from "../../group/groups.ts";
import type { Hopelessness } from "../../leaks/closure.ts";
import { type LeakPattern, leakPattern } from "../../leaks/pattern.ts";
import { baseState, stateInfo } from "../../model/state.ts";
import type { Frame } from "../../model/stack.ts";
import type { SourceFact } from "../../analysis/sourceFacts.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding, RelatedPlace } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import type { Rule } from "../rule.ts";
import { callAt, goroutines, minutes, waited } from "../../analysis/wording.ts";
import { exhaustedPool } from "./exhaustedPool.ts";
import { unclosedBodies } from "./unclosedBodies.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";
import { largest } from "../../lists.ts";

/** Goroutines blocked at one place in one way. */
interface Spot {
  readonly place: Frame | null;
  readonly state: string;
  readonly groups: Group[];
}

/** Goroutines that wait for others of the program, which will not come. */
export const leak: Rule = {
  id: "leak",
  title: "Leaking goroutines",
  certainties: ["strong", "suspect"],
  find: (investigation) => [
    ...unclosedBodies(investigation.analysis),
    ...exhaustedPool(investigation.analysis),
    ...spots(investigation.analysis).flatMap((spot) => findAt(investigation, spot) ?? []),
  ],
};

/** Different ways to one blocking line are one leak. */
function spots(analysis: Analysis): Spot[] {
  const found = new Map<string, Spot>();
  for (const group of analysis.groups.groups) {
    const { role } = analysis.traits(group);
    if (analysis.isExplained(group) || (role !== "blocked" && role !== "unclear")) continue;
    const place = analysis.place(group);
    const state = baseState(group.state);
    const key = `${place?.id} ${state}`;
    const spot = found.get(key) ?? { place, state, groups: [] };
    spot.groups.push(group);
    found.set(key, spot);
  }
  return [...found.values()];
}

function findAt(investigation: Investigation, spot: Spot): Finding | undefined {
  const { analysis } = investigation;
  const hopeless = hopelessRows(investigation, spot);
  const isHopeless = hopeless.rows.length > 0;
  const suspicion = isHopeless ? undefined : suspicionOf(analysis, spot);
  if (!isHopeless && suspicion === undefined) return undefined;
  for (const group of spot.groups) analysis.explain(group);
  const source = spot.place === null ? undefined : analysis.context.source?.at(spot.place.id);
  const pattern = leakPattern(waitOf(analysis, spot), source);
  const hasWayOut = isLoosened(source) && mayBeLoosened(analysis, spot);
  const rows = isHopeless ? hopeless.rows : joinRows(spot.groups.map((group) => analysis.rows(group)));
  const reasons = [...hopeless.reasons].map((reason) => reasonFor(reason, pattern.missing));
  const finding = rowsFinding(analysis, {
    rule: "leak",
    certainty: isHopeless && (hopeless.reasons.has("confined") || !hasWayOut) ? "strong" : "suspect",
    what: (count) => (isHopeless ? say`${goroutines(count)} leaked` : say`${goroutines(count)} may be leaking`),
    message: NOTHING,
    rows,
    at: rows[0] ?? 0,
    evidence: [
      suspicion ?? reasons[0] ?? NOTHING,
      ...reasons.slice(1),
      ...waitEvidence(spot),
      ...wayOutEvidence(hasWayOut),
    ],
    related: creatorsOf(analysis, spot),
  });
  return { ...finding, message: messageOf(finding, spot, hopeless.reasons.has("all"), pattern) };
}

function messageOf(
  { count, certainty }: Finding,
  { place, state }: Spot,
  withMain: boolean,
  pattern: LeakPattern,
): Message {
  const blocked = say`blocked${place === null ? NOTHING : say` in ${callAt(place)}`} (${state})`;
  if (certainty === "suspect") return say`${goroutines(count)} may be leaking: ${blocked}. ${pattern.remedy}`;
  const verdict = withMain ? say`will wait for ever` : say`leaked`;
  return say`${goroutines(count)} ${verdict}: ${blocked}, and nobody is left who ${pattern.missing}. ${pattern.remedy}`;
}

function wayOutEvidence(hasWayOut: boolean): Message[] {
  return hasWayOut
    ? [say`The select there has a timer, a default or a case for cancelling, so they may end by themselves.`]
    : [];
}

/** Up to Go 1.23 a WaitGroup's state is `semacquire`: the frames tell. */
function waitOf(analysis: Analysis, { state, groups }: Spot): string {
  const isWaitGroup = groups.every((group) => analysis.traits(group).families.has("sync.(*WaitGroup).Wait"));
  return isWaitGroup ? "sync.WaitGroup.Wait" : state;
}

function reasonFor(reason: Hopelessness, missing: Message): Message {
  switch (reason) {
    case "confined":
      return say`The source shows that what they wait for is known to no others than the calls that made it and those that these gave it to; they are over, or blocked as well.`;
    case "gone":
      return say`The goroutines that started them have ended, and everybody related to them is blocked as well.`;
    case "returned":
      return say`The function that started them has returned, and nobody who runs code of the same type or package is left who ${missing}.`;
    case "still":
      return say`Nobody in the program runs, and nobody else is in the code of this package.`;
    case "all":
      return say`Everybody they could wait for, main among them, is blocked as well.`;
  }
}

function hopelessRows({ analysis, closure }: Investigation, { groups }: Spot) {
  const reasons = new Set<Hopelessness>();
  const rows = joinRows(groups.map((group) => analysis.rows(group)));
  let length = 0;
  for (const group of groups) {
    const judge = closure.judge(group);
    if (judge === undefined) continue;
    for (const row of analysis.rows(group)) {
      const reason = judge(row);
      if (reason === undefined) continue;
      // In place of a row that has been read: a million of them take no list of their own.
      rows[length++] = row;
      reasons.add(reason);
    }
  }
  return { rows: rows.subarray(0, length), reasons };
}

/** A reason to look at a place though somebody may come; undefined: healthy programs look like that as well. */
function suspicionOf({ context }: Analysis, { groups, state }: Spot): Message | undefined {
  const { leakCount, leakMinutes } = context.thresholds;
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  if (count >= leakCount) return say`${goroutines(count)} are blocked at this one place.`;
  const longest = largest(groups, ({ wait }) => wait?.max ?? 0, 0);
  const isProducer = state.startsWith("chan send") || stateInfo(state).kind === "wait-group";
  return isProducer && longest >= leakMinutes ? say`They have waited at least ${minutes(longest)}.` : undefined;
}

/** Whether the source shows ways out that the dump does not. */
function isLoosened(source: SourceFact | undefined): boolean {
  return source !== undefined && (source.hasDefault || source.hasTimer || source.hasDone);
}

/** A context that nobody can cancel, and a quit channel that nobody closes, are no way out. */
function mayBeLoosened({ context }: Analysis, { groups }: Spot): boolean {
  return groups.some((group) => context.source?.confinement?.(group)?.hasWayOut !== false);
}

function waitEvidence({ groups }: Spot): Message[] {
  const max = largest(groups, ({ wait }) => wait?.max ?? -1, -1);
  const since = max < 0 ? undefined : waited({ max });
  return since === undefined ? [] : [say`The longest has waited ${since}.`];
}

/** Where they were started: the first few `go` statements. */
function creatorsOf(analysis: Analysis, { groups }: Spot): RelatedPlace[] {
  const creators = new Map<number, RelatedPlace>();
  for (const group of groups.slice(0, 100)) {
    const { createdBy } = analysis.traits(group).stack;
    const row = analysis.groups.rows[group.start];
    if (createdBy === null || row === undefined || creators.size >= 5 || creators.has(createdBy.id)) continue;
    creators.set(createdBy.id, {
      ...relatedRow(analysis, row, say`Started by ${callAt(createdBy)}`),
      frame: createdBy.id,
    });
  }
  return [...creators.values()];
}
