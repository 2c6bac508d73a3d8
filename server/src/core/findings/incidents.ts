import { at } from "../model/column.ts";
import type { Incident } from "../model/incident.ts";
import { type Frame, stackOf } from "../model/stack.ts";
import { firstUserFrame, isUserFrame, ownCaller } from "../names/userCode.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { explain } from "./explanations.ts";
import type { Finding, RelatedPlace } from "./finding.ts";
import type { RuleId } from "../analysis/ruleId.ts";
import { callAt, place } from "../analysis/wording.ts";
import { english, type Message, NOTHING, say } from "../text/say.ts";
import { firstPart, TITLE_LIMIT, titleOf } from "./title.ts";

/** Characters of a panic's value that a message quotes. */
const QUOTE_LIMIT = 300;
/** Characters of it that a title quotes at least, however long the name of the file is. */
const LEAST_QUOTE = 22;
/** Frames looked through for the call that repeats in a stack overflow: Go prints 50 or 100 of the innermost. */
const OVERFLOW_FRAMES = 50;

/**
 * A finding about a chain of incidents that ended in one death: the last link is the one that killed, the earlier ones
 * are related.
 */
export function incidentFinding(analysis: Analysis, rule: RuleId, chain: readonly Incident[]): Finding | undefined {
  const last = chain.at(-1);
  if (last === undefined) return undefined;
  const frame = blamedFrame(analysis, last);
  const known = explain(last.message) ?? (last.signal === null ? undefined : explain(last.signal));
  const caller = frame === undefined ? undefined : callerOf(analysis, last, frame);
  const called = caller === undefined ? NOTHING : say`, called from ${callAt(caller)}`;
  const where = frame === undefined ? NOTHING : say`, in ${callAt(frame)}${called}`;
  const meaning = known === undefined ? NOTHING : say` ${known.meaning} ${known.remedy}`;
  return {
    rule,
    certainty: "proven",
    evidenceClass: rule,
    title: titleOf(headline(last, quoteRoom(last, frame)), frame ?? null),
    message: say`${headline(last, QUOTE_LIMIT)}${where}.${meaning}`,
    count: last.goroutine === null ? 0 : 1,
    rows: last.goroutine === null ? new Uint32Array(0) : Uint32Array.of(last.goroutine),
    dumpLine: last.line,
    frame: frame?.id ?? null,
    evidence: [...evidenceOf(last, caller ?? frame), ...originEvidence(analysis, chain)],
    root: null,
    cycle: null,
    related: [...chain.slice(0, -1).map(toRelated), ...goroutinePlace(analysis, last, caller ?? frame)],
  };
}

/** Links that were printed one below the other are one chain; a line between them begins another. */
export function chains(incidents: readonly Incident[]): readonly (readonly Incident[])[] {
  const found: Incident[][] = [];
  for (const incident of incidents) {
    const chain = found.at(-1);
    if (chain !== undefined && incident.isLink && incident.goroutine === chain[0]?.goroutine) chain.push(incident);
    else found.push([incident]);
  }
  return found;
}

function headline({ kind, message, recovered }: Incident, limit: number): Message {
  const value = quote(message, limit);
  if (kind === "panic") return recovered ? say`Recovered panic: ${value}` : say`Panic: ${value}`;
  return kind === "fatal-error" ? say`Fatal error: ${value}` : say`Killed: ${value}`;
}

/** Characters of a panic's value for which a title has room beside the place. */
function quoteRoom(incident: Incident, frame: Frame | undefined): number {
  const where = frame === undefined ? 0 : ": ".length + place(frame).length;
  const words = english(headline({ ...incident, message: "" }, 0)).length;
  return Math.max(LEAST_QUOTE, TITLE_LIMIT - words - where);
}

function quote(message: string, limit: number): string {
  // Some values begin with an empty line.
  return firstPart((message.trimStart().split("\n", 1)[0] ?? "").replace(/(?<![.\s])[.\s]+$/, ""), limit);
}

function evidenceOf(incident: Incident, frame: Frame | undefined): [Message, ...Message[]] {
  const value = quote(incident.message, QUOTE_LIMIT);
  const isSignal = incident.kind === "signal" || incident.kind === "exception";
  const evidence: [Message, ...Message[]] = [
    isSignal ? say`The program was ended by ${value}.` : say`The program printed this itself: ${value}.`,
  ];
  if (incident.signal !== null && incident.signal !== incident.message) evidence.push(say`Signal: ${incident.signal}.`);
  if (frame !== undefined) evidence.push(say`The first frame of your code on that goroutine is ${callAt(frame)}.`);
  return evidence;
}

/** As `runtime.gopanic` is printed in every traceback; what stands above it runs deferred, what stands below panicked. */
export const PANIC_CALL = "panic";

/** Where a panic began that a deferred function of the user's has repeated with the same value. */
function originEvidence(analysis: Analysis, chain: readonly Incident[]): Message[] {
  const last = chain.at(-1);
  if (last?.kind !== "panic" || last.goroutine === null) return [];
  if (chain.some(({ message }) => message !== last.message)) return [];
  const { frames } = stackOf(analysis.dump, at(analysis.dump.goroutines.stack, last.goroutine));
  const names = frames.map((frame) => frame.function);
  const isRepeated = firstUserFrame(frames.slice(0, Math.max(0, names.indexOf(PANIC_CALL)))) !== undefined;
  const origin = firstUserFrame(frames.slice(names.lastIndexOf(PANIC_CALL) + 1));
  if (!isRepeated || origin === undefined) return [];
  return [say`What panicked first is ${callAt(origin)}: your code above it on the stack ran deferred.`];
}

function toRelated(incident: Incident): RelatedPlace {
  return {
    message: say`Before that: ${quote(incident.message, QUOTE_LIMIT)}`,
    dumpLine: incident.line,
    goroutine: incident.goroutine,
    frame: null,
  };
}

function goroutinePlace(analysis: Analysis, incident: Incident, frame: Frame | undefined): RelatedPlace[] {
  if (incident.goroutine === null) return [];
  const dumpLine = at(analysis.dump.goroutines.line, incident.goroutine);
  return [
    { message: say`The goroutine it happened on`, dumpLine, goroutine: incident.goroutine, frame: frame?.id ?? null },
  ];
}

function blamedFrame(analysis: Analysis, incident: Incident): Frame | undefined {
  if (incident.goroutine === null) return undefined;
  const { frames, createdBy } = stackOf(analysis.dump, at(analysis.dump.goroutines.stack, incident.goroutine));
  const repeated = /stack overflow/.test(incident.message) ? repeatedFrame(frames) : undefined;
  return repeated ?? firstUserFrame(frames) ?? (createdBy !== null && isUserFrame(createdBy) ? createdBy : undefined);
}

function callerOf(analysis: Analysis, { goroutine }: Incident, blamed: Frame): Frame | undefined {
  if (goroutine === null) return undefined;
  return ownCaller(stackOf(analysis.dump, at(analysis.dump.goroutines.stack, goroutine)).frames, blamed);
}

/** The call that comes most often: the recursion itself, rather than the leaf that ran out of stack. */
function repeatedFrame(frames: readonly Frame[]): Frame | undefined {
  const counts = new Map<Frame["id"], number>();
  let best: Frame | undefined;
  for (const frame of frames.slice(0, OVERFLOW_FRAMES)) {
    const count = (counts.get(frame.id) ?? 0) + 1;
    counts.set(frame.id, count);
    if (best === undefined || count > (counts.get(best.id) ?? 0)) best = frame;
  }
  return best;
}
