import type { Finding } from "../../../core/findings/finding.ts";
import type { FilteredGroup } from "../../../core/group/filter.ts";
import type { Dump } from "../../../core/model/dump.ts";
import type { PreparedDump } from "../../analysis/analyseDump.ts";
import type { FrameNumbers } from "./frameNumbers.ts";

/** A dump, as the report wants it. */
export interface ReportSource {
  /** Name of the file. */
  readonly name: string;
  /** Number of the dump in the file, 0 for the first, and how many it holds. */
  readonly index: number;
  readonly dumps: number;
  /** The dump, grouped by stack; of a file that is shown condensed all that is in the file. */
  readonly prepared: PreparedDump;
  /** Of the text that is shown: their rows and frames are those of `shown`. */
  readonly findings: readonly Finding[];
  readonly shown: Dump;
  /** The row of the dump that a row of the shown text stands for. */
  readonly rowOf: (shownRow: number) => number;
  /** The line, 0-based, of the shown text at which a row of the dump stands; null where it is not printed. */
  readonly lineOf: (row: number) => number | null;
}

/** What is looked at for a report: a dump, and what a filter leaves of it. */
export interface Filtered {
  readonly source: ReportSource;
  readonly groups: readonly FilteredGroup[];
  /** By number of the group: that of the first finding which names one of its goroutines. */
  readonly findingOf: ReadonlyMap<number, number>;
  readonly frames: FrameNumbers;
}
