import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { groupGoroutines } from "../core/group/groups.ts";
import type { Label } from "../core/model/dump.ts";
import { writeProfile } from "../formats/profileWriter.ts";
import type { AnalysedDump } from "../service/analysis/analyseDump.ts";
import { debug2Blocks } from "../service/convert/debug2.ts";
import { foldedLines } from "../service/convert/folded.ts";
import type { GroupRow } from "../output/row.ts";
import { groupRows, type RowSource } from "../service/convert/groupRow.ts";
import { analyseFile, analyseIfReadable } from "./analyseFile.ts";
import type { Output } from "./commands/command.ts";
import { type DumpFile, dumpFilesBelow, takenAt } from "./dumpFiles.ts";
import { UsageError } from "./usageError.ts";
import { writeNew } from "./writeNew.ts";

export const TARGETS = ["pprof", "folded", "ndjson", "parquet", "debug2"] as const;

type Target = (typeof TARGETS)[number];
/** A result as it comes. */
type Pieces = AsyncIterable<string | Uint8Array>;

interface ConvertOptions {
  /** Files, `-` for standard input, and folders of files. */
  readonly files: readonly string[];
  readonly to: Target;
  /** Where the result is written; null: standard output. */
  readonly out: string | null;
  /** Labels that every row or sample gets. */
  readonly labels: readonly Label[];
  /** Whether a profile has a sample for each goroutine, with its id. */
  readonly withIds: boolean;
}

const PIECES: Readonly<Record<Target, (options: ConvertOptions, warn: Output["warn"]) => Pieces>> = {
  pprof: profile,
  folded: lines,
  ndjson: lines,
  parquet: table,
  debug2: lines,
};

/** Writes dumps in another form; gives the exit status. */
export async function convert(options: ConvertOptions, output: Output): Promise<number> {
  const warn = (sentence: string): void => output.warn(sentence);
  const pieces = PIECES[options.to](options, warn);
  if (options.out !== null) {
    await writeNew(options.out, pieces);
    return 0;
  }
  if (process.stdout.isTTY && (options.to === "pprof" || options.to === "parquet")) {
    throw new UsageError(`${options.to} is not for a terminal: name a file with --out, or pipe it`);
  }
  for await (const piece of pieces) await output.print(piece);
  return 0;
}

async function* lines(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<string> {
  for await (const source of sources(options, warn)) {
    if (options.to === "folded") yield* foldedLines(source.dump, source.groups);
    else if (options.to === "debug2") yield* debug2Blocks(source.dump);
    else for (const row of groupRows(source)) yield `${JSON.stringify(row)}\n`;
  }
}

async function* profile(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<Uint8Array> {
  let dumps = 0;
  for await (const { dump, labels } of sources(options, warn)) {
    if (dumps++ > 0) throw new UsageError("a profile holds one dump, and there are several: convert them one by one");
    yield gzipSync(writeProfile(dump, { withIds: options.withIds, labels }));
  }
  // Nothing at all is no profile.
  if (dumps === 0) throw new UsageError("there is no dump to make a profile of");
}

async function* table(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<Uint8Array> {
  const { rowsAsParquet } = await import("./rowsAsParquet.ts");
  yield* rowsAsParquet(rows(options, warn));
}

async function* rows(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<GroupRow> {
  for await (const source of sources(options, warn)) yield* groupRows(source);
}

/** The dumps of all files, and of all files below the folders, with what their rows need. */
async function* sources({ files, labels }: ConvertOptions, warn: Output["warn"]): AsyncGenerator<RowSource> {
  for (const name of files) {
    if (!(await isFolder(name))) {
      yield* toSources({ path: name, host: null, time: null, labels: {} }, await analyseFile(name, warn), labels);
      continue;
    }
    for (const file of await dumpFilesBelow(name)) {
      yield* toSources(file, await analyseIfReadable(file.path, warn), labels);
    }
  }
}

async function isFolder(name: string): Promise<boolean> {
  const stats = await stat(name).catch(() => null);
  return stats?.isDirectory() ?? false;
}

/** A file whose host may be unknown. */
type Origin = Omit<DumpFile, "host"> & { readonly host: string | null };

function* toSources(origin: Origin, dumps: readonly AnalysedDump[], given: readonly Label[]): Generator<RowSource> {
  const labels = [...Object.entries(origin.labels), ...given];
  for (const [index, { prepared, findings }] of dumps.entries()) {
    const { dump } = prepared;
    const groups = groupGoroutines(dump, { byLabels: true });
    const { path: file, host } = origin;
    yield { file, index, host, dump, groups, findings, labels, time: takenAt(dump, origin), sha256 };
  }
}

/** The SHA-256 of a text in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
