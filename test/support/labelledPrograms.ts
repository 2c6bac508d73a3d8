import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { at } from "../../server/src/core/model/column.ts";
import { frameOf, stackOf } from "../../server/src/core/model/stack.ts";
import { isUserFrame } from "../../server/src/core/names/userCode.ts";
import { type Analysed, analyseBytes } from "./analyse.ts";
import { analyseWithSource } from "./analyseWithSource.ts";

const PROGRAMS = join(import.meta.dirname, "../fixtures/programs");

/** A program of the labelled set, see its README. */
export interface LabelledProgram {
  readonly name: string;
  readonly truth: "leaking" | "healthy";
  readonly leaks: readonly { readonly at: string; readonly kind: string }[];
}

/** How a program fared. */
export interface ProgramScore {
  readonly program: LabelledProgram;
  /** Leaking places that no finding above suspect names. */
  readonly missed: readonly string[];
  /** Places that a finding above suspect names and that do not leak. */
  readonly alarms: readonly string[];
  readonly suspects: number;
}

/** Analyses the dump of every program of the set. */
export function scorePrograms(): readonly ProgramScore[] {
  return programs().map((program) => {
    const [first] = analyseBytes(bytesOf(program));
    if (first === undefined) throw new Error(`${program.name} has no dump`);
    return scoreOf(program, first);
  });
}

/** As {@link scorePrograms}, with the programs' sources. */
export async function scoreProgramsWithSources(): Promise<readonly ProgramScore[]> {
  const scores: ProgramScore[] = [];
  for (const program of programs())
    scores.push(scoreOf(program, await analyseWithSource(bytesOf(program), join(PROGRAMS, program.name))));
  return scores;
}

function programs(): readonly LabelledProgram[] {
  return JSON.parse(readFileSync(join(PROGRAMS, "labels.json"), "utf8"));
}

function bytesOf({ name }: LabelledProgram): Uint8Array {
  const plain = join(PROGRAMS, name, "dump.txt");
  return existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
}

function scoreOf(program: LabelledProgram, { dump, findings }: Analysed): ProgramScore {
  const sure = findings.filter(({ certainty }) => certainty !== "suspect");
  const named = new Set(sure.flatMap(({ rows }) => [...rows]).map((row) => standingPlace(dump, row)));
  for (const { frame } of sure)
    if (frame !== null) named.add(`${frameOf(dump, frame).file}:${frameOf(dump, frame).line}`);
  const leaking = program.leaks.map((leak) => leak.at);
  return {
    program,
    missed: leaking.filter((place) => ![...named].some((name) => name.endsWith(place))),
    alarms: [...named].filter((name) => !leaking.some((place) => name.endsWith(place))),
    suspects: findings.length - sure.length,
  };
}

/** Where a goroutine stands: the innermost frame that is not of a library. */
function standingPlace(dump: Analysed["dump"], row: number): string {
  const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
  const frame = frames.find(isUserFrame) ?? frames.find(({ function: name }) => !name.startsWith("runtime."));
  return `${frame?.file}:${frame?.line}`;
}
