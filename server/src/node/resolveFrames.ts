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

/** A locator over the folders named on the command line; naming them is what trusts them. */
export function createCliLocator(sources: readonly string[]): SourceLocator {
  return createSourceLocator({
    fileSystem: nodeFileSystem,
    logger: SILENT,
    folders: sources.map((folder) => ({ uri: pathToFileURL(resolve(folder)).href, name: basename(resolve(folder)) })),
    settings: { sourceMap: [], trusted: true },
    goEnv: () => readGoEnv(resolve(sources[0] ?? ".")),
    variable: (name) => (name === "userHome" ? homedir() : process.env[name.replace(/^env:/, "")]),
  });
}

/** Paths on this machine of the frames of a dump that were found, by the frame's number. */
export async function resolveFrames(
  dump: Dump,
  locator: SourceLocator,
  dumpUri: string,
): Promise<ReadonlyMap<number, string>> {
  const frames = framesOfDump(dump);
  const context = contextOf(dump, dumpUri);
  const resolved = new Map<number, string>();
  for (const frame of frames) {
    const located = await locator.locate(frame, context, NEVER_CANCELLED);
    if (located.kind === "found") resolved.set(frame.id, fileURLToPath(located.uri));
  }
  return resolved;
}

/** What the source says at the places where the goroutines stand. */
export function readFacts(
  dump: Dump,
  groups: readonly Group[],
  locator: SourceLocator,
  dumpUri: string,
): Promise<SourceFacts> {
  return readSourceFacts(dump, groups, locator, contextOf(dump, dumpUri), NEVER_CANCELLED);
}

function contextOf(dump: Dump, dumpUri: string): LocateContext {
  return { goVersion: guessGoVersion(dump), dumpUri, frames: framesOfDump(dump) };
}
