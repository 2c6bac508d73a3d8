import { guessGoVersion } from "../core/names/goVersion.ts";
import type { Reading } from "../core/read/dumpReader.ts";
import type { SourceFacts } from "../core/source/sourceFacts.ts";
import { OpenDump } from "./openDump.ts";
import type { DumpRanges } from "./ranges.ts";
import type { GroupBy } from "../protocol.ts";
import type { Settings } from "./settings.ts";
import { framesOfDump } from "./source/framesOfDump.ts";
import type { SourceFrame } from "./source/located.ts";
import { StackTree } from "./tree/stackTree.ts";

/** One version of a document, with all that was read in it. */
export class OpenText {
  readonly uri: string;
  readonly version: number;
  readonly ranges: DumpRanges;
  readonly reading: Reading;
  /** In the order of the text; empty when it holds no goroutines. */
  readonly dumps: readonly OpenDump[];
  #goVersion: string | null | undefined;
  #sourceFrames: readonly SourceFrame[] | undefined;
  #tree: { readonly key: string; readonly settings: Settings; readonly tree: StackTree } | undefined;

  constructor(document: { readonly uri: string; readonly version: number }, ranges: DumpRanges, reading: Reading) {
    this.uri = document.uri;
    this.version = document.version;
    this.ranges = ranges;
    this.reading = reading;
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

  /** What the source says, a dump each: findings and tree are made anew with it. */
  useSource(facts: readonly SourceFacts[]): void {
    facts.forEach((source, index) => this.dumps[index]?.useSource(source));
    this.#tree = undefined;
  }

  /** The tree with that grouping and filter. The last one is kept: it is asked for page by page. */
  tree(groupBy: GroupBy, filter: string, settings: Settings): StackTree {
    const key = `${groupBy} ${filter}`;
    if (this.#tree?.key !== key || this.#tree.settings !== settings) {
      this.#tree = { key, settings, tree: new StackTree(this, groupBy, filter, settings) };
    }
    return this.#tree.tree;
  }
}
