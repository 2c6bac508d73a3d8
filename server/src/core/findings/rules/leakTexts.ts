import type { Analysis } from "../../analysis/analysis.ts";
import { callAt, goroutines, waited } from "../../analysis/wording.ts";
import type { Group } from "../../group/groups.ts";
import { type Opening, openingBySource } from "../../leaks/openBySource.ts";
import type { LostReason } from "../../leaks/wakers.ts";
import { type LeakPattern, leakPattern, pipePattern } from "../../leaks/pattern.ts";
import type { Wait } from "../../leaks/waits.ts";
import type { Frame } from "../../model/stack.ts";
import { UNKNOWN_STATE } from "../../model/state.ts";
import { type Message, NOTHING, say } from "../../text/say.ts";
import type { Finding, RelatedPlace } from "../finding.ts";
import { relatedRow } from "../rowsFinding.ts";
import { debtorPlace } from "./debtors.ts";
import { largest } from "../../lists.ts";

/** Where they were started: so many `go` statements are named, and looked for in so many groups. */
const CREATORS = 5;
const GROUPS_LOOKED_AT = 100;

/** What is said of goroutines at a place. */
export function messageOf(
  { count, certainty }: Finding,
  { place, state }: { readonly place: Frame | null; readonly state: string },
  withMain: boolean,
  { missing, remedy }: LeakPattern,
): Message {
  if (state === UNKNOWN_STATE && place !== null)
    return say`${goroutines(count)} stand in ${callAt(place)}. The profile does not say whether they are blocked there; if they are, they may be leaking: look who should wake or end them. A dump with debug=2 tells what they wait for.`;
  const blocked = blockedAt({ place, state });
  if (certainty === "suspect")
    return say`${goroutines(count)} may be leaking: ${blocked}; look who ${missing}. ${remedy}`;
  const verdict = withMain ? say`will wait for ever` : say`leaked`;
  return say`${goroutines(count)} ${verdict}: ${blocked}, and nobody is left who ${missing}. ${remedy}`;
}

/** As {@link messageOf}, where it is known how many are lost at least, but not which. */
export function countedMessage(
  { count, certainty }: Finding,
  fewest: number,
  spot: { readonly place: Frame | null; readonly state: string },
  { missing, remedy }: LeakPattern,
): Message {
  const some = atLeast(fewest, count);
  return certainty === "suspect"
    ? say`${some} may be leaking: ${blockedAt(spot)}; look who ${missing}. ${remedy}`
    : say`${some} leaked: ${blockedAt(spot)}, and for so many of them nobody is left who ${missing}. ${remedy}`;
}

/** `At least 4 of 16 goroutines`. */
export function atLeast(fewest: number, count: number): Message {
  return say`At least ${fewest} of ${goroutines(count)}`;
}

function blockedAt({ place, state }: { readonly place: Frame | null; readonly state: string }): Message {
  return say`blocked${place === null ? NOTHING : say` in ${callAt(place)}`} (${state})`;
}

const BY_SOURCE: Readonly<Record<"confined" | "untilSignal" | "outnumbered", Message>> = {
  confined: say`The source shows that what is waited for is known to no others than the calls that made it and those that these gave it to; they are over, or blocked as well.`,
  untilSignal: say`The source shows that nobody comes for what they wait to hand over, or unlocks what they wait for, not even when the program ends: they only give up when a signal tells it to.`,
  outnumbered: say`The source shows that each of them waits for a value of its own. Fewer calls are left that can end such a wait than goroutines wait here. Which of them are lost, this dump does not tell.`,
};

function isBySource(reason: LostReason): reason is keyof typeof BY_SOURCE {
  return Object.hasOwn(BY_SOURCE, reason);
}

/** Why nobody will come: of one goroutine as of many. That somebody is missing from an excerpt does not say that he ended. */
export function reasonFor(reason: LostReason, missing: Message, isAllShown: boolean): Message {
  if (isBySource(reason)) return BY_SOURCE[reason];
  switch (reason) {
    case "gone":
      return isAllShown
        ? say`The goroutine with the go statement has ended, and all that the same calls started is blocked as well.`
        : say`The goroutine with the go statement is not shown, and all that is shown of what the same calls started is blocked as well.`;
    case "requested":
      return say`The requests that started this are over, and all else that they started is blocked as well.`;
    case "lazy":
      return isAllShown
        ? say`The goroutine with the go statement has ended or is done with that request, and all that the same calls started is blocked as well; but workers that start with the first work stand like that, too.`
        : say`The goroutine with the go statement is not shown, and all that is shown of what the same calls started is blocked as well.`;
    case "given":
      return say`Those who started this are done; but it waits in a method of a value that others may have.`;
    case "returned":
      return say`The function with the go statement has returned or takes the dump by now, and nobody who runs code of the same type or package is left who ${missing}.`;
    case "still":
      return say`Nobody in the program runs, and nobody else is in the code of this package.`;
    case "left":
      return say`The function with the go statement is on no stack any more, and nobody who runs code of the same type or package is left who ${missing}; which goroutine ran it, the dump does not tell.`;
    case "behind":
      return say`Nobody who runs code of the same type or package is left who ${missing}; but others are amid work, and those in between may wait for them.`;
    case "idle":
      return say`Everybody who could help, main among them, is blocked as well, unless a ticker or an event wakes one of them.`;
    case "all":
      return say`Everybody who could help, main among them, is blocked as well.`;
    case "locked":
      return say`All that have to do with each other here are blocked, and some of them wait for a lock that none of the others can release.`;
  }
}

/** As {@link reasonFor}; those who wait for themselves could be helped by nobody from the beginning. */
export function reasonAt(analysis: Analysis, groups: readonly Group[], reason: LostReason, missing: Message): Message {
  return reason === "confined" && areForThemselves(analysis, groups)
    ? say`The source shows that a call further out on their own stacks calls Done, and comes to it only when Wait has returned: they wait for themselves.`
    : reasonFor(reason, missing, analysis.coverage.kind !== "excerpt");
}

/** What a leak at a place looks like. */
export function patternAt(analysis: Analysis, place: Frame | null, wait: Wait, groups: readonly Group[]): LeakPattern {
  const { source } = analysis.context;
  const pattern = pipeAt(analysis, groups) ?? leakPattern(wait, place === null ? undefined : source?.at(place.id));
  if (areForThemselves(analysis, groups))
    return { ...pattern, remedy: say`Call Wait outside of what the WaitGroup counts, or in a goroutine of its own.` };
  const debtor = wait === "wait-group" ? debtorPlace(analysis, groups) : undefined;
  return debtor === undefined
    ? pattern
    : { ...pattern, remedy: say`Who would call Done is blocked as well, in ${callAt(debtor)}: mend that first.` };
}

function pipeAt(analysis: Analysis, groups: readonly Group[]): LeakPattern | undefined {
  const families = groups[0] && analysis.traits(groups[0]).families;
  if (families?.has("io.(*pipe).write")) return pipePattern(true);
  return families?.has("io.(*pipe).read") ? pipePattern(false) : undefined;
}

function areForThemselves({ context: { source } }: Analysis, groups: readonly Group[]): boolean {
  return groups.every((group) => source?.confinement?.(group)?.isForItself === true);
}

/** What the dump does not show, where that matters. */
export function outlookOf({ coverage }: Analysis): Message[] {
  if (coverage.kind === "whole") return [];
  return [say`This is not the whole process, so somebody who is not shown may help: ${coverage.reason}`];
}

export function wayOutEvidence(hasWayOut: boolean): Message[] {
  return hasWayOut
    ? [say`The select there has a timer, a default or a case for cancelling, so the wait may end by itself.`]
    : [];
}

const OPENINGS: Readonly<Record<Opening, Message>> = {
  called: say`The source shows code that may be called at any time, such as a handler's, and ends such a wait.`,
  served: say`The source shows somebody in the dump who may still end this wait.`,
  made: say`The source shows that code not at hand makes what is waited for, such as a ticker.`,
  given: say`The source gives what is waited for to code not at hand, such as a timer's.`,
};

export function openEvidence(analysis: Analysis, groups: readonly Group[]): Message[] {
  const opening = groups.map((group) => openingBySource(analysis, group)).find((one) => one !== undefined);
  return opening === undefined ? [] : [OPENINGS[opening]];
}

/**
 * Whether the source shows ways out of a select that the dump does not. A context that nobody can cancel, and a quit
 * channel that nobody closes, are none.
 */
export function hasWaysOut(
  { context: { source } }: Analysis,
  { place, wait, groups }: { readonly place: Frame | null; readonly wait: Wait; readonly groups: readonly Group[] },
): boolean {
  const fact = place === null ? undefined : source?.at(place.id);
  if (wait !== "select" || fact === undefined) return false;
  const isLoose = fact.hasDefault || fact.hasTimer || fact.hasDone;
  return isLoose && groups.some((group) => source?.confinement?.(group)?.hasWayOut !== false);
}

export function waitEvidence({ groups }: { readonly groups: readonly Group[] }): Message[] {
  const max = largest(groups, ({ wait }) => wait?.max ?? -1, -1);
  const since = max < 0 ? undefined : waited({ max });
  return since === undefined ? [] : [say`The longest has waited ${since}.`];
}

/** Whether they send or receive, where only the source tells it. */
export function settledEvidence({ context: { source } }: Analysis, groups: readonly Group[]): Message[] {
  return groups.some(({ id }) => source?.states?.has(id))
    ? [say`The profile shows that they wait at a channel, and the source what they do there.`]
    : [];
}

/** Where they were started: the first few `go` statements. */
export function creatorsOf(analysis: Analysis, groups: readonly Group[]): RelatedPlace[] {
  const creators = new Map<number, RelatedPlace>();
  for (const group of groups.slice(0, GROUPS_LOOKED_AT)) {
    const { createdBy } = analysis.traits(group).stack;
    const row = analysis.groups.rows[group.start];
    if (createdBy === null || row === undefined || creators.size >= CREATORS || creators.has(createdBy.id)) continue;
    creators.set(createdBy.id, {
      ...relatedRow(analysis, row, say`Started by ${callAt(createdBy)}`),
      frame: createdBy.id,
    });
  }
  return [...creators.values()];
}
