import type { Analysis } from "../analysis/analysis.ts";
import { callAt, goroutines } from "../analysis/wording.ts";
import type { Group } from "../group/groups.ts";
import { goroutineName, lockName, occupation, since } from "../locks/wording.ts";
import { at } from "../model/column.ts";
import type { Incident } from "../model/incident.ts";
import { splitFunctionName } from "../names/functionName.ts";
import { ownCaller, visibleFrames } from "../names/userCode.ts";
import { joined, type Message, NOTHING, say } from "../text/say.ts";
import type { Finding } from "./finding.ts";
import type { Investigation } from "./investigation.ts";
import { relatedRow } from "./rowsFinding.ts";
import { titleOf } from "./title.ts";

const TIMED_OUT = /^test timed out after (\S+)/;
/** Tests, and places of goroutines they started, that a finding names. */
const NAMED = 5;

/** Whether a test run was ended because it took too long. */
export function isTestTimeout({ message }: Incident): boolean {
  return TIMED_OUT.test(message);
}

/**
 * A finding about a test run that took too long. The goroutine that panics is the alarm's, which has no code of the
 * user's: what matters is where the running tests stand, and those that they started.
 */
export function timeoutFinding(investigation: Investigation, incident: Incident): Finding {
  const { analysis } = investigation;
  const tests = runningTests(analysis, incident);
  const [first] = tests;
  const frame = first === undefined ? null : analysis.place(analysis.groupOf(first));
  const after = TIMED_OUT.exec(incident.message)?.[1] ?? "";
  const rows = Uint32Array.from(tests);
  return {
    rule: "panic",
    certainty: "proven",
    evidenceClass: "panic/test-timeout",
    title: titleOf(say`Test timed out after ${after}`, frame),
    message: say`${standsWhere(investigation, first)}Panic: test timed out after ${after}.${stillRunning(incident)} Raise -timeout only when the work is really that long.`,
    count: rows.length,
    rows,
    dumpLine: incident.line,
    frame: frame?.id ?? null,
    evidence: [
      say`The program printed this itself: test timed out after ${after}.`,
      ...tests.slice(0, NAMED).map((row) => sentenceOf(investigation, row)),
      ...startedBy(analysis, tests)
        .slice(0, NAMED)
        .map((group) => startedSentence(analysis, group)),
    ],
    root: null,
    cycle: null,
    related: tests.slice(0, NAMED).map((row) => relatedRow(analysis, row, say`A running test stands here`)),
  };
}

/** What and where first: the first running test. */
function standsWhere(investigation: Investigation, row: number | undefined): Message {
  return row === undefined ? NOTHING : say`${sentenceOf(investigation, row)} `;
}

/** `audit.TestSlow.func1 at audit_test.go:27 waits for the Mutex 0xc0000d2008, at least 3 minutes.` */
function sentenceOf({ analysis, locks }: Investigation, row: number): Message {
  const group = analysis.groupOf(row);
  const place = analysis.place(group);
  const caller = place === null ? undefined : ownCaller(analysis.stack(group).frames, place);
  const called = caller === undefined ? NOTHING : say`, called from ${callAt(caller)},`;
  const who = place === null ? goroutineName(analysis, row) : say`${callAt(place)}${called}`;
  const lock = locks.of(row);
  const does = lock === undefined ? occupation(analysis, row) : say`waits for ${lockName(lock.lock)}`;
  const holder = lock?.holder;
  const held =
    holder === null || holder === undefined
      ? NOTHING
      : say`, which ${goroutineName(analysis, holder.row)} may hold in ${callAt(holder.frame.frame)}`;
  return say`${who} ${does}${since(analysis, row)}${held}.`;
}

function startedSentence(analysis: Analysis, group: Group): Message {
  const place = analysis.place(group);
  const where = place === null ? NOTHING : say` in ${callAt(place)}`;
  return say`${goroutines(group.count)} that it started: ${group.state}${where}.`;
}

function stillRunning({ runningTests: names }: Incident): Message {
  if (names.length === 0) return NOTHING;
  const shown = joined(
    names.slice(0, NAMED).map((name) => say`${name}`),
    ", ",
  );
  return say` Still running: ${shown}${names.length > NAMED ? ", ..." : ""}.`;
}

/** Rows of the goroutines that run a test function, those that only wait for their subtests left out. */
function runningTests(analysis: Analysis, { runningTests: running }: Incident): number[] {
  const names = new Set(running.map((test) => test.split(/[/ ]/, 1)[0]));
  const tests = analysis.groups.groups.filter((group) => runsTest(analysis, group));
  const named = tests.filter((group) => names.has(nameOfTest(analysis, group)));
  // A subtest's function may be a helper's, which has another name than the test.
  return (named.length > 0 ? named : tests).flatMap((group) => Array.from(analysis.rows(group).slice(0, NAMED)));
}

/** Whether a test's function is at work: neither in a call of the test runner's, which waits for other tests, nor over. */
function runsTest(analysis: Analysis, group: Group): boolean {
  const { families, user, stack } = analysis.traits(group);
  if (user.length === 0 || !families.has("testing.tRunner")) return false;
  return visibleFrames(stack.frames)[0]?.function.startsWith("testing.") === false;
}

function nameOfTest(analysis: Analysis, group: Group): string {
  const entry = analysis.traits(group).user.at(-1);
  return entry === undefined ? "" : splitFunctionName(entry.family).name;
}

/** Groups of goroutines that the tests' goroutines started, by their ids; else by the function with the `go` statement. */
function startedBy(analysis: Analysis, tests: readonly number[]): Group[] {
  const { creator, id } = analysis.dump.goroutines;
  const ids = new Set(tests.map((row) => at(id, row)));
  const families = new Set(
    tests.flatMap((row) => analysis.traits(analysis.groupOf(row)).user.map(({ family }) => family)),
  );
  const own = new Set(tests.map((row) => analysis.groupOf(row)));
  return analysis.groups.groups.filter((group) => {
    const first = analysis.groups.rows[group.start];
    if (first === undefined || own.has(group)) return false;
    const { creatorFamily } = analysis.traits(group);
    return ids.has(at(creator, first)) || (creatorFamily !== null && families.has(creatorFamily));
  });
}
