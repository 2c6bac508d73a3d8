import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the corpus' manifest says of one file; what is absent does not apply to its form. */
export interface CorpusFile {
  readonly file: string;
  readonly form: string;
  readonly goVersion: string;
  /** Goroutines, headers of repeated ids and of `goroutine 0` included; sum of the records of a profile. */
  readonly goroutines?: number;
  readonly states?: Readonly<Record<string, number>>;
  /** Position lines of calls, and of `created by`. */
  readonly frames?: number;
  readonly createdBy?: number;
  /** Records of a profile as text, and those that have labels. */
  readonly groups?: number;
  readonly labelledGroups?: number;
  readonly profile?: string;
  /** Samples of a protobuf profile. */
  readonly samples?: number;
  readonly emptyStackGoroutines?: number;
  readonly pprofRawTotal?: number;
  readonly pprofMode?: string;
  readonly races?: number;
  readonly dumps?: number;
  readonly goroutinesPerDump?: readonly number[];
  readonly wrapper?: string;
  readonly wrapperOf?: string;
}

const FOLDER = join(import.meta.dirname, "../fixtures/corpus");

/** All files of the corpus, as its manifest lists them. */
export function corpusFiles(): readonly CorpusFile[] {
  const manifest = JSON.parse(readFileSync(join(FOLDER, "manifest.json"), "utf8")) as { files: readonly CorpusFile[] };
  return manifest.files;
}

/** The bytes of a corpus file. */
export function corpusBytes(file: string): Uint8Array {
  return readFileSync(join(FOLDER, file));
}
