import type { DeadlockPlace, DeadlockReport } from "../../model/deadlockReport.ts";
import { type Frame, stackOf } from "../../model/stack.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import { callAt } from "../../analysis/wording.ts";
import { type Message, say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding, RelatedPlace } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { titleOf } from "../title.ts";

/** What a report says, in words. */
interface Statement {
  readonly certainty: Certainty;
  readonly what: Message;
  readonly message: Message;
  readonly evidence: Message;
  /** Goroutines concerned, known by their ids or not. */
  readonly count: number;
}

/** What go-deadlock saw while the program ran: two orders of locks, a lock taken twice, or a very long wait. */
export const potentialDeadlock: Rule = {
  id: "potential-deadlock",
  title: "Potential deadlock that go-deadlock reports",
  certainties: ["strong", "suspect"],
  explains: () => false,
  *find({ analysis }) {
    for (const report of analysis.dump.deadlockReports) {
      const [wanted] = report.places.filter(({ role }) => role === "wanted").slice(-1);
      const statement = wanted === undefined ? undefined : statementOf(analysis, report, wanted);
      if (wanted !== undefined && statement !== undefined) yield toFinding(analysis, report, wanted, statement);
    }
  },
};

function toFinding(analysis: Analysis, report: DeadlockReport, wanted: DeadlockPlace, statement: Statement): Finding {
  const { certainty, what, message, evidence, count } = statement;
  const places = report.places.filter(({ role }) => role !== "other");
  const rows = places.flatMap(({ row }) => row ?? []);
  const frame = placeOf(analysis, wanted);
  return {
    rule: "potential-deadlock",
    certainty,
    evidenceClass: classOf("potential-deadlock", report.kind),
    title: titleOf(what, frame ?? null),
    message,
    count,
    rows: new Uint32Array(rows).sort(),
    dumpLine: report.line,
    frame: frame?.id ?? null,
    evidence: [evidence],
    root: null,
    cycle: null,
    related: places.filter((place) => place !== wanted).map((place) => relatedPlace(analysis, place)),
  };
}

/** Undefined: the report is cut before it says what it is about. */
function statementOf(analysis: Analysis, report: DeadlockReport, wanted: DeadlockPlace): Statement | undefined {
  if (report.kind === "order") return orderOf(analysis, report.places);
  const held = report.places.filter(({ role }) => role === "held");
  if (held[0] === undefined) return undefined;
  return report.kind === "recursion"
    ? recursionOf(analysis, wanted, held[0])
    : waitOf(analysis, report, wanted, [held[0], ...held.slice(1)]);
}

function orderOf(analysis: Analysis, places: readonly DeadlockPlace[]): Statement | undefined {
  const [first, second, otherFirst, otherSecond] = places;
  if (second?.role !== "wanted" || otherSecond?.role !== "wanted") return undefined;
  const [here, then] = [nameOf(analysis, first), nameOf(analysis, second)];
  const [there, thereThen] = [nameOf(analysis, otherFirst), nameOf(analysis, otherSecond)];
  const isShared = (isRead(first) && isRead(otherSecond)) || (isRead(second) && isRead(otherFirst));
  return {
    certainty: isShared ? "suspect" : "strong",
    what: say`Locks taken in both orders`,
    message: isShared
      ? say`Two locks are taken in both orders: one in ${here} and then the other in ${then}, but the other in ${there} and then the one in ${thereThen}. One of them is only read-locked: that goes well until a writer waits for it between the two; then all three wait for good. Take them in one order everywhere.`
      : say`Two locks are taken in both orders: one in ${here} and then the other in ${then}, but the other in ${there} and then the one in ${thereThen}. Two goroutines that do so at the same time wait for each other for good: take them in one order everywhere.`,
    evidence: say`go-deadlock saw both orders while the program ran.`,
    count: 2,
  };
}

/** Whether the source's line shows a read lock, which two may hold at once. */
function isRead(place: DeadlockPlace | undefined): boolean {
  return place?.code?.includes(".RLock()") === true;
}

/** Read locks may be held twice, unless a writer comes between. What kind of lock it is, only the source says. */
function recursionOf(analysis: Analysis, wanted: DeadlockPlace, held: DeadlockPlace): Statement {
  const isExclusive = [wanted, held].some(({ code }) => code !== null && /\.Lock\(\)/.test(code));
  const goroutine = wanted.goroutine === null ? say`A goroutine` : say`Goroutine ${wanted.goroutine}`;
  const [again, since] = [nameOf(analysis, wanted), nameOf(analysis, held)];
  return {
    certainty: isExclusive ? "strong" : "suspect",
    what: say`Lock taken twice by one goroutine`,
    message: isExclusive
      ? say`${goroutine} locks in ${again} what it holds since ${since}: it waits for itself, for good. Call a version of the function that expects the lock to be held.`
      : say`${goroutine} locks in ${again} what it holds since ${since}. Of read locks that goes well until a writer waits between the two: then all three wait for good. Take the lock once.`,
    evidence: say`go-deadlock saw the goroutine take the lock twice without giving it back.`,
    count: 1,
  };
}

function waitOf(
  analysis: Analysis,
  { waited }: DeadlockReport,
  wanted: DeadlockPlace,
  held: readonly [DeadlockPlace, ...DeadlockPlace[]],
): Statement {
  return {
    certainty: "suspect",
    what: say`Lock waited for too long`,
    message: say`For more than ${waited ?? "?"}, ${idOf(wanted)} has waited in ${nameOf(analysis, wanted)} for a lock that ${idOf(held[0])} has held since ${nameOf(analysis, held[0])}. Look at what the holder does now: it is stuck, or it does too much under the lock.`,
    evidence: say`go-deadlock gives up after that time; it does not know whether the holder goes on.`,
    count: 1 + held.length,
  };
}

function relatedPlace(analysis: Analysis, place: DeadlockPlace): RelatedPlace {
  const message = place.role === "held" ? say`The lock was taken here` : say`The lock was asked for here`;
  return { message, dumpLine: place.line, goroutine: place.row, frame: placeOf(analysis, place)?.id ?? null };
}

function idOf({ goroutine }: DeadlockPlace): Message {
  return goroutine === null ? say`a goroutine` : say`goroutine ${goroutine}`;
}

function nameOf(analysis: Analysis, place: DeadlockPlace | undefined): Message {
  const frame = place === undefined ? undefined : placeOf(analysis, place);
  return frame === undefined ? say`a function without a name` : callAt(frame);
}

/** Where the lock is taken: go-deadlock leaves its own frames out. */
function placeOf({ dump }: Analysis, { stack }: DeadlockPlace): Frame | undefined {
  return stackOf(dump, stack).frames[0];
}
