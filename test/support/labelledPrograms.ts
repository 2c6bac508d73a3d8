import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../../server/src/core/model/column.ts";
import { frameOf, stackOf } from "../../server/src/core/model/stack.ts";
import { isUserFrame } from "../../server/src/core/names/userCode.ts";
import { type Analysed, analyseBytes } from "./analyse.ts";

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

/** AnalysedTexts every program of the set. */
export function scorePrograms(): readonly ProgramScore[] {
  const programs = JSON.parse(readFileSync(join(PROGRAMS, "labels.json"), "utf8")) as readonly LabelledProgram[];
  return programs.map((program) => scoreOf(program, readDump(program.name)));
}

function readDump(name: string): Analysed {
  const plain = join(PROGRAMS, name, "dump.txt");
  const [first] = analyseBytes(readFileSync(existsSync(plain) ? plain : `${plain}.gz`));
  if (first === undefined) throw new Error(`${name} has no dump`);
  return first;
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
