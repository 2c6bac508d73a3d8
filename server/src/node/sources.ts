import { homedir } from "node:os";
import { basename, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Group } from "../core/group/groups.ts";
import type { Dump } from "../core/model/dump.ts";
import type { SourceFacts } from "../core/analysis/sourceFacts.ts";
import { guessGoVersion } from "../core/names/goVersion.ts";
import type { CancellationToken, Logger } from "../service/base/ports.ts";
import { readSourceFacts } from "../service/locator/sourceFacts.ts";
import type { LocateContext } from "../service/locator/located.ts";
import { framesOfDump } from "../service/locator/framesOfDump.ts";
import { createSourceLocator, type SourceLocator } from "../service/locator/sourceLocator.ts";
import { readGoEnv } from "./goEnv.ts";
import { nodeFileSystem } from "./nodeFileSystem.ts";

const NEVER_CANCELLED: CancellationToken = { isCancellationRequested: false };
const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };

/** The source of a dump, as far as it is on this machine. */
export class Sources {
  readonly #locator: SourceLocator;

  constructor(locator: SourceLocator) {
    this.#locator = locator;
  }

  /** The source below the folders named on the command line; naming them is what trusts them. */
  static below(folders: readonly string[]): Sources {
    const locator = createSourceLocator({
      fileSystem: nodeFileSystem,
      logger: SILENT,
      folders: folders.map((folder) => ({ uri: pathToFileURL(resolve(folder)).href, name: basename(resolve(folder)) })),
      settings: { sourceMap: [], trusted: true },
      goEnv: () => readGoEnv(resolve(folders[0] ?? ".")),
      variable: (name) => (name === "userHome" ? homedir() : process.env[name.replace(/^env:/, "")]),
    });
    return new Sources(locator);
  }

  /** Paths on this machine of the frames of a dump that were found, by the frame's number. */
  async resolveFrames(dump: Dump, dumpUri: string): Promise<ReadonlyMap<number, string>> {
    const context = contextOf(dump, dumpUri);
    const resolved = new Map<number, string>();
    for (const frame of framesOfDump(dump)) {
      const located = await this.#locator.locate(frame, context, NEVER_CANCELLED);
      if (located.kind === "found") resolved.set(frame.id, fileURLToPath(located.uri));
    }
    return resolved;
  }

  /** What the source says at the places where the goroutines stand. */
  readFacts(dump: Dump, groups: readonly Group[], dumpUri: string): Promise<SourceFacts> {
    return readSourceFacts(dump, groups, this.#locator, contextOf(dump, dumpUri), NEVER_CANCELLED);
  }
}

function contextOf(dump: Dump, dumpUri: string): LocateContext {
  return { goVersion: guessGoVersion(dump), dumpUri, frames: framesOfDump(dump) };
}
