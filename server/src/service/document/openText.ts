import { guessGoVersion } from "../../core/names/goVersion.ts";
import type { Reading } from "../../core/read/dumpReader.ts";
import { OpenDump } from "./openDump.ts";
import type { DumpRanges } from "../base/ranges.ts";
import type { CancellationToken } from "../base/ports.ts";
import { framesOfDump } from "../locator/framesOfDump.ts";
import type { SourceFrame } from "../locator/located.ts";

/** Which document, and which state of it. */
interface DocumentVersion {
  readonly uri: string;
  readonly version: number;
}

/** One version of a document, with all that was read in it. */
export class OpenText {
  readonly uri: string;
  readonly version: number;
  readonly ranges: DumpRanges;
  readonly reading: Reading;
  /** Cancelled when the document changes or closes, or the user stops what is worked out. */
  readonly token: CancellationToken;
  /** Calls off what is being worked out: what was found by then stands. */
  readonly stop: () => void;
  /** In the order of the text; empty when it holds no goroutines. */
  readonly dumps: readonly OpenDump[];
  #goVersion: string | null | undefined;
  #sourceFrames: readonly SourceFrame[] | undefined;

  constructor(
    document: DocumentVersion,
    ranges: DumpRanges,
    reading: Reading,
    token: { isCancellationRequested: boolean },
  ) {
    this.uri = document.uri;
    this.version = document.version;
    this.ranges = ranges;
    this.reading = reading;
    this.token = token;
    this.stop = () => void (token.isCancellationRequested = true);
    this.dumps = reading.dumps.map((dump, index) => new OpenDump(dump, index, ranges));
  }

  /** The release of Go the program was built with, as far as the dumps tell; null when they do not. */
  get goVersion(): string | null {
    if (this.#goVersion === undefined) {
      this.#goVersion = null;
      for (const { dump } of this.dumps) this.#goVersion ??= guessGoVersion(dump);
    }
    return this.#goVersion;
  }

  /** The distinct frames of all dumps that name a place: to the source locator they tell of each other. */
  get sourceFrames(): readonly SourceFrame[] {
    return (this.#sourceFrames ??= this.dumps.flatMap(({ dump }) => framesOfDump(dump)));
  }
}

/** A dump as the source locator sees it. */
export type PlacedFrames = Pick<OpenText, "uri" | "sourceFrames" | "goVersion">;
