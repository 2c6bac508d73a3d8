import type { LargeFiles } from "../service/host/largeFiles.ts";
import type { Clock, EncodeUtf8, FileSystem } from "../service/base/ports.ts";
import type { ParseDumps } from "../service/host/parseDumps.ts";
import type { OpenHistory } from "../service/revision/builtSource.ts";
import type { GoEnv } from "../service/locator/locatorOptions.ts";

/** What the server takes from where it runs: Node, or a worker in a browser. */
export interface Platform {
  readonly clock: Clock;
  /** Absent: the core's own, see `LanguageServiceHost`. */
  readonly encode?: EncodeUtf8;
  /** Runs something later, once; the answer calls it off. */
  after(milliseconds: number, run: () => void): () => void;
  /** The machine's own files; absent where there are none. */
  readonly fileSystem?: FileSystem;
  /**
   * The text of a file in UTF-8, without the mark at its beginning; undefined when it is absent, is no UTF-8 or larger
   * than that. Absent: the server sees none of its client's files.
   */
  readonly readText?: (uri: string, maxBytes: number) => Promise<string | undefined>;
  /** What there is of a language, e.g. `zh-cn`, as in `InitializationOptions`; empty for English and unknown ones. */
  readonly translations?: (locale: string) => Readonly<Record<string, string>>;
  /** Gives free memory back to the system; absent where that happens by itself. */
  readonly collectGarbage?: () => Promise<void>;
  /** Opens the history of the repository around a folder; absent where there is no git. */
  readonly openHistory?: OpenHistory;
  /** The report as one page that needs nothing else, of what `reportData` gives; absent where there is no script for it. */
  readonly reportPage?: (data: unknown) => Promise<string>;
  readonly goEnv?: () => Promise<GoEnv | undefined>;
  /** The value of `userHome` or `env:NAME` in a path mapping. */
  readonly variable?: (name: string) => string | undefined;
  /** Parses large texts on another thread; absent: all on this one, in turns. */
  readonly parse?: ParseDumps;
  /** Reads files from disk in pieces; absent where there is none. */
  readonly largeFiles?: LargeFiles;
}
