import type { Analysis } from "../../analysis/analysis.ts";
import { callAt } from "../../analysis/wording.ts";
import { waitOf } from "../../leaks/waits.ts";
import type { KnownArguments } from "../../locks/knownArguments.ts";
import { hex } from "../../locks/pointers.ts";
import { type WaitGroupWait, waitGroupsOf } from "../../locks/waitGroups.ts";
import { goroutineName, subjectName } from "../../locks/wording.ts";
import { say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { relatedRow, rowsFinding } from "../rowsFinding.ts";
import { outlookOf } from "./leakTexts.ts";

/** One waits for the WaitGroup that the others owe a Done; and each of these waits for what the first one is in. */
interface Circle {
  readonly wait: WaitGroupWait;
  readonly waiter: number;
  /** The value in whose code the waiter is and the owners wait; null: they wait for a WaitGroup that the waiter owes. */
  readonly value: string | null;
}

/**
 * Circles through a WaitGroup whose address stands on the stacks: its waiter runs a method of the very value for which
 * all that owe the WaitGroup a Done are blocked in a channel operation, or owes them a Done itself.
 */
export function findWaitCircles(investigation: Investigation): Finding[] {
  const { analysis, locks } = investigation;
  const waits = waitGroupsOf(analysis, locks.known);
  return waits.flatMap((wait) => {
    const circle = circleOf(analysis, locks.known, wait, waits);
    return circle === undefined ? [] : [toFinding(investigation, circle)];
  });
}

function circleOf(
  analysis: Analysis,
  known: KnownArguments,
  wait: WaitGroupWait,
  all: readonly WaitGroupWait[],
): Circle | undefined {
  const { waiters, owners } = wait;
  const [waiter] = waiters;
  const areBlocked = owners.every((row) => analysis.traits(analysis.groupOf(row)).role === "blocked");
  if (waiter === undefined || !areBlocked) return undefined;
  const owed = all.filter((other) => other !== wait && other.owners.includes(waiter));
  if (owners.every((row) => owed.some((other) => other.waiters.includes(row)))) return { wait, waiter, value: null };
  const own = valuesOf(analysis, known, waiter);
  const shared = [...own].find((value) =>
    owners.every((row) => waitsOnChannel(analysis, row) && valuesOf(analysis, known, row).has(value)),
  );
  return shared === undefined ? undefined : { wait, waiter, value: shared };
}

function waitsOnChannel(analysis: Analysis, row: number): boolean {
  const group = analysis.groupOf(row);
  const wait = waitOf(group, analysis.traits(group));
  return wait === "send" || wait === "receive";
}

/** The values whose methods a goroutine is in, by their addresses. */
function valuesOf(analysis: Analysis, known: KnownArguments, row: number): ReadonlySet<string> {
  const values = new Set<string>();
  analysis.stack(analysis.groupOf(row)).frames.forEach(({ id }, frame) => {
    const { isUser, type } = analysis.facts(id);
    const receiver = isUser && type !== null ? known.receiver(row, frame) : null;
    if (receiver?.isSure === true) values.add(hex(receiver.address));
  });
  return values;
}

function toFinding({ analysis, wakers }: Investigation, { wait, waiter, value }: Circle): Finding {
  const members = [waiter, ...wait.owners];
  const groups = members.map((row) => analysis.groupOf(row));
  const packages = new Set(groups.flatMap((group) => analysis.traits(group).user.map((facts) => facts.package)));
  const isAlone = ![...packages].some((name) => wakers.activeCode.isAnyoneAlive(name));
  const isSure = analysis.isWhole && (value === null || isAlone);
  const [owner = waiter] = wait.owners;
  const [here, there] = [waiter, owner].map((row) => analysis.place(analysis.groupOf(row)));
  const waits = here === null || here === undefined ? subjectName(analysis, waiter) : callAt(here);
  const owes = there === null || there === undefined ? goroutineName(analysis, owner) : callAt(there);
  const back = value === null ? say`its own WaitGroup` : say`the value ${value}, in whose code the first one is`;
  return rowsFinding(analysis, {
    rule: "deadlock-cycle",
    certainty: isSure ? "strong" : "suspect",
    evidenceClass: classOf("deadlock-cycle", "wait-group", value === null ? "wait-group" : "channel"),
    what: say`Circle through a WaitGroup`,
    message: isSure
      ? say`${waits} waits for a WaitGroup, and ${owes}, which should call Done, waits for the first one: neither will go on. Wait outside of what the others need to end.`
      : say`${waits} waits for a WaitGroup, and ${owes}, which should call Done, may wait for the first one: then neither will go on. Wait outside of what the others need to end.`,
    rows: members,
    at: waiter,
    evidence: [
      say`${subjectName(analysis, waiter)} waits for the WaitGroup ${wait.address}, which ${goroutineName(analysis, owner)} was given.`,
      say`${subjectName(analysis, owner)} is blocked itself, and waits for ${back}.`,
      ...outlookOf(analysis),
    ],
    root: waiter,
    cycle: members,
    related: wait.owners.slice(0, 5).map((row) => relatedRow(analysis, row, say`Should call Done`)),
  });
}
