import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Certainty } from "../../server/src/core/analysis/certainty.ts";
import type { Finding } from "../../server/src/core/findings/finding.ts";
import { at } from "../../server/src/core/model/column.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { type Frame, frameOf, type Stack, stackOf } from "../../server/src/core/model/stack.ts";
import { isUserFrame } from "../../server/src/core/names/userCode.ts";
import { english } from "../../server/src/core/text/say.ts";
import { type Analysed, analyseBytes } from "./analyse.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/reports");
const RANK = { suspect: 1, strong: 2, proven: 3 };

interface FindingShape {
  readonly rule?: string | readonly string[];
  readonly file?: string;
  readonly line?: number;
  readonly messageContains?: string;
}

/** What is true of a report, see `test/fixtures/reports/INDEX.md`. */
export interface Expectation {
  readonly why: string;
  readonly goroutines: number | null;
  readonly goroutinesAccepted?: readonly number[];
  readonly notes?: boolean;
  readonly states?: Readonly<Record<string, number>>;
  readonly must?: readonly (FindingShape & { readonly atLeast?: Certainty })[];
  readonly mustNot?: readonly (FindingShape & { readonly above?: Certainty })[];
  readonly frames?: {
    readonly noFunctionContaining?: string | readonly string[];
    readonly noFileContaining?: string | readonly string[];
    readonly depthOfFirst?: number;
  };
  readonly placeOfFirstUserFrame?: string;
}

/** A report with what is read in it. */
export interface PostedReport {
  readonly name: string;
  readonly expected: Expectation;
  readonly dumps: readonly Analysed[];
}

/** All reports, read and analysed. */
export function postedReports(): readonly PostedReport[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".txt"))
    .map((file) => ({
      name: file.slice(0, -".txt".length),
      expected: JSON.parse(readFileSync(join(FOLDER, file.replace(/txt$/, "json")), "utf8")) as Expectation,
      dumps: analyseBytes(readFileSync(join(FOLDER, file))),
    }));
}

/** What is read otherwise than it has to be. */
export function faultsOfReading({ expected, dumps: analysed }: PostedReport): readonly string[] {
  const dumps = analysed.map(({ dump }) => dump);
  const stacks = dumps.flatMap(stacksOf);
  const frames = stacks.flatMap((stack) => [...stack.frames, ...(stack.createdBy === null ? [] : [stack.createdBy])]);
  const { noFunctionContaining, noFileContaining, depthOfFirst } = expected.frames ?? {};
  return [
    ...faultsOfCount(expected, dumps),
    ...barred(frames, noFunctionContaining, (frame) => frame.function),
    ...barred(frames, noFileContaining, (frame) => frame.file),
    ...(depthOfFirst === undefined || stacks[0]?.frames.length === depthOfFirst ? [] : ["depth of the first stack"]),
    ...faultsOfPlace(expected, stacks),
  ];
}

/** What is said otherwise than it has to be. */
export function faultsOfFindings({ expected, dumps }: PostedReport): readonly string[] {
  const all = dumps.flatMap(({ dump, findings }) => findings.map((finding) => ({ dump, finding })));
  const missing = (expected.must ?? []).filter(
    ({ atLeast = "suspect", ...shape }) =>
      !all.some(({ dump, finding }) => fits(dump, finding, shape) && RANK[finding.certainty] >= RANK[atLeast]),
  );
  const wrong = (expected.mustNot ?? []).flatMap(({ above = "suspect", ...shape }) =>
    all.filter(({ dump, finding }) => fits(dump, finding, shape) && RANK[finding.certainty] > RANK[above]),
  );
  return [
    ...missing.map((shape) => `missing: ${JSON.stringify(shape)}`),
    ...wrong.map(({ finding }) => `should not say: ${finding.certainty} ${finding.rule}`),
  ];
}

function faultsOfCount(
  { goroutines, goroutinesAccepted, notes, states }: Expectation,
  dumps: readonly Dump[],
): string[] {
  const count = dumps.reduce((sum, { total }) => sum + total, 0);
  if (goroutines === null) return [];
  if (count === goroutines) return faultsOfStates(states ?? {}, dumps);
  if (goroutinesAccepted?.includes(count) !== true) return [`${count} goroutines`];
  const hasNote = dumps.some((dump) => dump.notes.length > 0);
  return notes === true && count < goroutines && !hasNote ? [`${count} goroutines, and no note`] : [];
}

function faultsOfStates(expected: Readonly<Record<string, number>>, dumps: readonly Dump[]): string[] {
  const states = new Map<string, number>();
  for (const { goroutines, states: names } of dumps) {
    for (let row = 0; row < goroutines.length; row++) {
      const name = names[at(goroutines.state, row)] ?? "";
      states.set(name, (states.get(name) ?? 0) + 1);
    }
  }
  return Object.entries(expected)
    .filter(([state, count]) => states.get(state) !== count)
    .map(([state]) => `${states.get(state) ?? 0} in state ${state}`);
}

function faultsOfPlace({ placeOfFirstUserFrame: place }: Expectation, stacks: readonly Stack[]): string[] {
  const first = stacks.map(({ frames }) => frames.find(isUserFrame));
  const isThere = place === undefined || first.some((frame) => `${frame?.file}:${frame?.line}`.endsWith(place));
  return isThere ? [] : [`no stack whose first user frame is at ${place}`];
}

function barred(
  frames: readonly Frame[],
  texts: string | readonly string[] = [],
  part: (frame: Frame) => string | null,
) {
  return [texts]
    .flat()
    .flatMap((text) => frames.filter((frame) => part(frame)?.includes(text)).map((frame) => `named ${part(frame)}`));
}

function stacksOf(dump: Dump): readonly Stack[] {
  const { length, stack } = dump.goroutines;
  return Array.from({ length }, (_, row) => stackOf(dump, at(stack, row)));
}

function fits(dump: Dump, finding: Finding, { rule, file, line, messageContains }: FindingShape): boolean {
  const frame = finding.frame === null ? null : frameOf(dump, finding.frame);
  return (
    (rule === undefined || [rule].flat().includes(finding.rule)) &&
    (file === undefined || frame?.file?.endsWith(file) === true) &&
    (line === undefined || frame?.line === line) &&
    (messageContains === undefined || english(finding.message).includes(messageContains))
  );
}
