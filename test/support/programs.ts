import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Goroutines that stand at one place; `at` is the end of a position such as `pool/pool.go:31`. */
export interface LabelledPlace {
  readonly at: string;
  readonly goroutines: number;
  readonly why: string;
  /** Goroutines at the same place that will be woken; none when absent. */
  readonly healthyThere?: number;
  /** The finding that a leaking place should lead to; absent at a normal place. */
  readonly kind?: string;
}

/** What is true of one program under `test/fixtures/programs`. */
export interface LabelledProgram {
  readonly name: string;
  readonly goVersion: string;
  readonly truth: "leaking" | "healthy";
  readonly debug1: boolean;
  readonly leaks: readonly LabelledPlace[];
  readonly normal: readonly LabelledPlace[];
}

/** Where the programs and their dumps are. */
export const PROGRAMS = join(import.meta.dirname, "../fixtures/programs");

/** All labelled programs. */
export function labelledPrograms(): readonly LabelledProgram[] {
  return JSON.parse(readFileSync(join(PROGRAMS, "labels.json"), "utf8")) as readonly LabelledProgram[];
}

/** The `debug=2` dump of a program. */
export function programDump(program: LabelledProgram): Uint8Array {
  const path = join(PROGRAMS, program.name, "dump.txt");
  return existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
}
