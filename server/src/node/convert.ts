import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { timeOf } from "../core/compare/snapshotOrder.ts";
import { groupGoroutines } from "../core/group/groups.ts";
import type { Label } from "../core/model/dump.ts";
import { writeProfile } from "../formats/profileWriter.ts";
import type { AnalysedDump } from "../service/analysis/analyseDump.ts";
import { debug2Blocks } from "../service/convert/debug2.ts";
import { foldedLines } from "../service/convert/folded.ts";
import type { GroupRow } from "../output/row.ts";
import { groupRows } from "../service/convert/groupRow.ts";
import { analyseFile } from "./analyseFile.ts";
import type { Output } from "./commands/command.ts";
import { UsageError } from "./usageError.ts";
import { writeNew } from "./writeNew.ts";

export const TARGETS = ["pprof", "folded", "ndjson", "parquet", "debug2"] as const;

interface ConvertOptions {
  readonly files: readonly string[];
  readonly to: (typeof TARGETS)[number];
  /** Where the result is written; null: standard output. */
  readonly out: string | null;
  /** Labels that every row or sample gets. */
  readonly labels: readonly Label[];
  /** Whether a profile has a sample for each goroutine, with its id. */
  readonly withIds: boolean;
}

/** Writes dumps in another form; gives the exit status. */
export async function convert(options: ConvertOptions, output: Output): Promise<number> {
  const warn = (sentence: string): void => output.warn(sentence);
  const pieces = options.to === "pprof" || options.to === "parquet" ? binary(options, warn) : lines(options, warn);
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
  for await (const { dump, ...source } of analysed(options, warn)) {
    if (options.to === "folded") yield* foldedLines(dump, source.groups);
    else if (options.to === "debug2") yield* debug2Blocks(dump);
    else for (const row of groupRows({ dump, ...source })) yield `${JSON.stringify(row)}\n`;
  }
}

async function* binary(options: ConvertOptions, warn: Output["warn"]): AsyncGenerator<Uint8Array> {
  const rows: GroupRow[] = [];
  let dumps = 0;
  for await (const source of analysed(options, warn)) {
    if (options.to === "parquet") for (const row of groupRows(source)) rows.push(row);
    else if (dumps++ > 0)
      throw new UsageError("a profile holds one dump, and there are several: convert them one by one");
    else yield gzipSync(writeProfile(source.dump, { withIds: options.withIds, labels: options.labels }));
  }
  if (options.to !== "parquet") return;
  const { rowsAsParquet } = await import("./rowsAsParquet.ts");
  yield rowsAsParquet(rows);
}

/** The dumps of all files with what their rows need. */
async function* analysed({ files, labels }: ConvertOptions, warn: Output["warn"]) {
  for (const file of files) for (const dump of await analyseFile(file, warn)) yield toSource(file, dump, labels);
}

function toSource(file: string, { prepared: { dump }, findings }: AnalysedDump, labels: readonly Label[]) {
  const groups = groupGoroutines(dump, { byLabels: true });
  return { file, dump, groups, findings, labels, time: timeOf({ time: dump.time, file }), sha256 };
}

/** The SHA-256 of a text in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
