import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../server/src/core/findings/finding.ts";
import { at } from "../../server/src/core/model/column.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { frameOf, type Stack, stackOf } from "../../server/src/core/model/stack.ts";
import { type Analysed, analyseBytes } from "./analyse.ts";

const CORPUS = join(import.meta.dirname, "../fixtures/corpus");

/** An expected finding of the corpus' manifest. */
export interface Expected {
  readonly kind: string;
  readonly at?: string;
  readonly func?: string;
  readonly count?: number;
  readonly waiters?: number;
  readonly holder?: number;
  readonly goroutine?: number;
  readonly goroutines?: readonly number[];
  readonly normal?: boolean;
  readonly leaked?: boolean;
  readonly [key: string]: unknown;
}

/** A file of the corpus with what the rules say of it. */
export interface Scored {
  readonly file: string;
  /** The program that was running. */
  readonly module: string;
  readonly expected: readonly Expected[];
  readonly dumps: readonly Analysed[];
}

/** The rules that may answer for a kind of the manifest. */
export const RULES_OF_KIND: Readonly<Record<string, readonly string[]>> = {
  panic: ["panic"],
  fatal: ["fatal-error"],
  "fatal-deadlock": ["fatal-error"],
  race: ["data-race"],
  "deadlock-cycle": ["deadlock-cycle"],
  "lock-holder-blocked": ["lock-held-while-blocked"],
  "lock-without-holder": ["lock-without-holder"],
  "self-deadlock": ["self-deadlock"],
  "lock-upgrade": ["lock-upgrade"],
  "recursive-read-lock": ["recursive-read-lock"],
  "pool-starvation": ["pool-starvation"],
  leak: ["leak", "leaked"],
};

/** AnalysedTexts the whole corpus. */
export function scoreCorpus(): readonly Scored[] {
  const manifest = JSON.parse(readFileSync(join(CORPUS, "manifest.json"), "utf8")) as {
    files: readonly { file: string; module: string; expectedFindings?: readonly Expected[] }[];
  };
  return manifest.files.map(({ file, module, expectedFindings }) => ({
    file,
    module,
    expected: expectedFindings ?? [],
    dumps: analyseBytes(readFileSync(join(CORPUS, file))),
  }));
}

/** Whether a finding of the right rule names the expected place and goroutines. */
export function isFound(expected: Expected, { dump, findings }: Analysed): boolean {
  const rules = RULES_OF_KIND[expected.kind] ?? [];
  return findings.some(
    (finding) => rules.includes(finding.rule) && isAtPlace(expected, dump, finding) && isAbout(expected, dump, finding),
  );
}

function isAtPlace({ at: place, func }: Expected, dump: Dump, finding: Finding): boolean {
  const frame = finding.frame === null ? null : frameOf(dump, finding.frame);
  if (place !== undefined) return frame !== null && `${frame.file}:${frame.line}` === place;
  return func === undefined || frame?.function === func;
}

/** Profiles have no ids: there the count has to do. */
function isAbout(
  { kind, holder, goroutine, goroutines, waiters, count }: Expected,
  dump: Dump,
  finding: Finding,
): boolean {
  const ids = [...finding.rows].map((row) => at(dump.goroutines.id, row));
  const hasIds = ids.some((id) => id >= 0);
  const named = [holder, kind === "leak" ? undefined : goroutine, ...(goroutines ?? [])].filter(
    (id) => id !== undefined,
  );
  if (hasIds && !named.every((id) => ids.includes(id))) return false;
  if (waiters !== undefined && kind === "lock-holder-blocked") return finding.count >= waiters;
  return kind !== "leak" || count === undefined || finding.count === count;
}

/**
 * Findings above suspect about goroutines that nothing in the manifest blames. A program's files do not all list all that
 * is wrong with it, so what is blamed in one file of a program counts for its other files. What Go itself prints as stuck
 * for ever is no alarm of ours.
 */
export function falseAlarms(scored: Scored, all: readonly Scored[]): readonly Finding[] {
  const siblings = all.filter(({ module }) => module === scored.module);
  const places = new Set(
    siblings.flatMap(({ expected }) => expected.filter(({ normal }) => normal !== true).flatMap(placesOf)),
  );
  return scored.dumps.flatMap(({ dump, findings }) =>
    findings.filter(
      (finding) =>
        finding.certainty !== "suspect" && !PRINTED_BY_GO.has(finding.rule) && !isBlamed(dump, finding, places),
    ),
  );
}

/** Rules that repeat what the dump says in words. */
const PRINTED_BY_GO: ReadonlySet<string> = new Set([
  "panic",
  "fatal-error",
  "data-race",
  "leaked",
  "nil-channel",
  "blocked-forever",
]);

/** Forms without lines cannot be compared with the manifest's places. */
function isBlamed(dump: Dump, finding: Finding, places: ReadonlySet<string>): boolean {
  return [...finding.rows].every((row) => {
    const stack = stackOf(dump, at(dump.goroutines.stack, row));
    return stack.frames.every(({ line }) => line === null) || placesOn(stack).some((place) => places.has(place));
  });
}

/** `hub.go:58` for each frame: programs lie in different folders, or in none with -trimpath. */
function placesOn({ frames, createdBy }: Stack): string[] {
  const all = createdBy === null ? frames : [...frames, createdBy];
  return all.flatMap((frame) => [shortPlace(`${frame.file}:${frame.line}`), frame.function]);
}

/** Every place an entry of the manifest names: `at`, `callAt`, `waitersAt` and so on; its function where there is none. */
function placesOf(expected: Expected): string[] {
  return Object.entries(expected).flatMap(([key, value]) => {
    if (key === "func" && expected.at === undefined) return [String(value)];
    if (!/^at$|At$/.test(key)) return [];
    const isCounted = typeof value === "object" && value !== null && !Array.isArray(value);
    return (isCounted ? Object.keys(value) : [value].flat().map(String)).map(shortPlace);
  });
}

function shortPlace(place: string): string {
  return place.slice(place.lastIndexOf("/") + 1);
}
