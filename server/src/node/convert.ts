import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { groupGoroutines } from "../core/group/groups.ts";
import type { Dump, Label } from "../core/model/dump.ts";
import { inPieces } from "../core/text/pieces.ts";
import { harmless, visibleJson } from "../core/text/visible.ts";
import { writeProfile } from "../formats/profileWriter.ts";
import type { AnalysedDump } from "../service/analysis/analyseDump.ts";
import { debug2Blocks } from "../service/convert/debug2.ts";
import { foldedLines } from "../service/convert/folded.ts";
import type { GroupRow } from "../output/row.ts";
import { groupRows, type RowSource } from "../service/convert/groupRow.ts";
import { analyseFile } from "./analyseFile.ts";
import type { Output } from "./commands/command.ts";
import { type DumpFile, dumpFilesBelow, Manifests, takenAt } from "./dumpFiles.ts";
import { readDumps } from "./readDumps.ts";
import { ifReadable } from "./readEach.ts";
import { openInput } from "./readInput.ts";
import { InputError, UsageError } from "./usageError.ts";
import { writeNew } from "./writeNew.ts";

export const TARGETS = ["pprof", "folded", "ndjson", "parquet", "debug2"] as const;

type Target = (typeof TARGETS)[number];
/** A result as it comes. */
type Result = AsyncIterable<string | Uint8Array>;

interface ConvertOptions {
  /** Files, `-` for standard input, and folders of files. */
  readonly files: readonly string[];
  readonly to: Target;
  /** Where the result is written; null or `-`: standard output. */
  readonly out: string | null;
  /** Labels that every row or sample gets. */
  readonly labels: readonly Label[];
  /** Whether a profile has a sample for each goroutine, with its id. */
  readonly withIds: boolean;
}

const PIECES: Readonly<Record<Target, (options: ConvertOptions, warn: Output["warn"]) => Result>> = {
  pprof: profile,
  folded: lines,
  ndjson: lines,
  parquet: table,
  debug2: lines,
};

/** Writes dumps in another form; gives the exit status. */
export async function convert(options: ConvertOptions, output: Output): Promise<number> {
  const warn: Output["warn"] = (...said) => output.warn(...said);
  const pieces = PIECES[options.to](options, warn);
  if (!isPrinted(options.out)) {
    await writeNew(options.out, pieces);
    return 0;
  }
  if (process.stdout.isTTY && (options.to === "pprof" || options.to === "parquet")) {
    throw new UsageError(`${options.to} is not for a terminal: name a file with --out, or pipe it`);
  }
  for await (const piece of pieces) await output.print(piece);
  return 0;
}

/** Whether the result goes to standard output. */
function isPrinted(out: string | null): out is "-" | null {
  return out === null || out === "-";
}

async function* lines(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<string> {
  if (options.to === "ndjson") {
    for await (const some of rowsByFile(options, warn)) yield* inPieces(jsonLines(some));
    return;
  }
  for await (const { dump } of unjudged(options, warn)) {
    const isFolded = options.to === "folded";
    const made = isFolded ? foldedLines(dump, groupGoroutines(dump, { byLabels: true })) : debug2Blocks(dump);
    for (const piece of inPieces(made)) yield harmless(piece, Infinity);
  }
}

function* jsonLines(some: Iterable<GroupRow>): Generator<string> {
  for (const row of some) yield `${visibleJson(JSON.stringify(row))}\n`;
}

async function* profile(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<Uint8Array> {
  let only: Uint8Array | undefined;
  for await (const { dump, origin } of unjudged(options, warn)) {
    if (only) throw new UsageError("a profile holds one dump, and there are several: convert them one by one");
    only = gzipSync(writeProfile(dump, { withIds: options.withIds, labels: labelsOf(origin, options) }));
  }
  // Nothing at all is no profile.
  if (!only) throw new InputError("there is no dump to make a profile of");
  yield only;
}

async function* table(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<Uint8Array> {
  const { rowsAsParquet } = await import("./rowsAsParquet.ts");
  yield* rowsAsParquet(rows(options, warn));
}

async function* rows(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<GroupRow> {
  for await (const some of rowsByFile(options, warn)) yield* some;
}

/** File by file: the next one may be waited for, and what is known of those before is not held back. */
async function* rowsByFile(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<Generator<GroupRow>> {
  for await (const origin of origins(options, warn)) {
    const analysed = await readOrigin(origin, () => analyseFile(origin.path, warn), warn);
    yield rowsOf(analysed, origin, options);
  }
}

function* rowsOf(analysed: readonly AnalysedDump[], origin: Origin, options: ConvertOptions): Generator<GroupRow> {
  for (const [index, each] of analysed.entries()) yield* groupRows(rowSource(origin, index, each, options));
}

/** The dumps of all files, for forms that say nothing of findings. */
async function* unjudged(
  options: ConvertOptions,
  warn: Output["warn"],
): AsyncGenerator<{ readonly origin: Origin; readonly dump: Dump }> {
  for await (const origin of origins(options, warn)) {
    const read = () => readDumps(origin.path, openInput(origin.path), warn);
    for (const dump of await readOrigin(origin, read, warn)) yield { origin, dump };
  }
}

/** A file. Its host may be unknown. */
interface Origin extends Omit<DumpFile, "host"> {
  readonly host: string | null;
  /** Whether the others are converted when this one cannot be read. */
  readonly isOneOfMany: boolean;
}

/** All files, and all files below the folders. */
async function* origins({ files, out }: ConvertOptions, warn: Output["warn"]): AsyncGenerator<Origin> {
  const manifests = new Manifests(warn);
  // A result that stays tells nobody later that something named is missing in it.
  const isOneOfMany = files.length > 1 && isPrinted(out);
  for (const name of files) {
    if (!(await isFolder(name))) yield { ...(await manifests.entryOf(name)), isOneOfMany };
    else yield* originsBelow({ folder: name, out: isPrinted(out) ? null : out, isOneOfMany }, warn);
  }
}

/** A folder that is named. */
interface NamedFolder extends Pick<Origin, "isOneOfMany"> {
  readonly folder: string;
  readonly out: string | null;
}

async function* originsBelow({ folder, out, isOneOfMany }: NamedFolder, warn: Output["warn"]): AsyncGenerator<Origin> {
  const list = async (): Promise<readonly DumpFile[]> => {
    const files = await dumpFilesBelow(folder, warn, out);
    if (files.length === 0) warn(`${folder} holds no files.`);
    return files;
  };
  for (const file of await readOrigin({ isOneOfMany }, list, warn)) yield { ...file, isOneOfMany: true };
}

async function isFolder(name: string): Promise<boolean> {
  const stats = await stat(name).catch(() => null);
  return stats?.isDirectory() ?? false;
}

function readOrigin<T>(
  { isOneOfMany }: Pick<Origin, "isOneOfMany">,
  read: () => Promise<readonly T[]>,
  warn: Output["warn"],
): Promise<readonly T[]> {
  return isOneOfMany ? ifReadable(read, warn) : read();
}

function rowSource(
  origin: Origin,
  index: number,
  { prepared: { dump }, findings }: AnalysedDump,
  options: ConvertOptions,
): RowSource {
  const groups = groupGoroutines(dump, { byLabels: true });
  const { path: file, host } = origin;
  const labels = labelsOf(origin, options);
  return { file, index, host, dump, groups, findings, labels, time: takenAt(dump, origin), sha256 };
}

function labelsOf({ labels }: Origin, options: ConvertOptions): readonly Label[] {
  return [...Object.entries(labels), ...options.labels];
}

/** The SHA-256 of a text in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
