import { homedir } from "node:os";
import { basename, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { SourceFacts } from "../core/analysis/sourceFacts.ts";
import type { Group } from "../core/group/groups.ts";
import { guessGoVersion } from "../core/names/goVersion.ts";
import type { Dump } from "../core/model/dump.ts";
import type { Frame } from "../core/model/stack.ts";
import { english } from "../core/text/say.ts";
import type { FileSystem, Logger } from "../service/base/ports.ts";
import { canonicalUri } from "../service/locator/fileTree.ts";
import { framesOfDump } from "../service/locator/framesOfDump.ts";
import { getCommand } from "../service/locator/getCommand.ts";
import type { LocateContext } from "../service/locator/located.ts";
import { createSourceLocator, type SourceLocator } from "../service/locator/sourceLocator.ts";
import type { ResolvedPlace } from "../service/report/buildReport.ts";
import type { MissingSourceReport, RevisionReport } from "../output/report.ts";
import { readBuiltFacts } from "../service/revision/builtFacts.ts";
import {
  type BuiltPlace,
  type BuiltSource,
  findBuiltSource,
  type SourceHost,
} from "../service/revision/builtSource.ts";
import { describeFit } from "../service/revision/describeFit.ts";
import { NEVER_CANCELLED } from "../service/base/ports.ts";
import { historyOpener } from "./git/openHistory.ts";
import { readGoEnv } from "./goEnv.ts";
import { nodeFileSystem } from "./nodeFileSystem.ts";
import { UsageError } from "./usageError.ts";

const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };

/** The folders named on the command line, in which sources are looked for; naming them is what trusts them. */
export class CliSources {
  readonly #host: SourceHost;
  readonly #wanted: string | undefined;

  private constructor(host: SourceHost, wanted: string | undefined) {
    this.#host = host;
    this.#wanted = wanted;
  }

  /** `wanted`: the revision that the program was built from; undefined when that is to be found out. */
  static async over(sources: readonly string[], wanted: string | undefined): Promise<CliSources> {
    const folders = sources.map((folder) => canonicalUri(pathToFileURL(resolve(folder)).href));
    const openHistory = historyOpener(nodeFileSystem);
    if (wanted !== undefined) await expectRevision(wanted, folders, openHistory);
    const locatorOver = (fileSystem: FileSystem): SourceLocator => createCliLocator(sources, fileSystem);
    const locator = locatorOver(nodeFileSystem);
    const clock = { now: () => Date.now() };
    return new CliSources({ fileSystem: nodeFileSystem, folders, locator, locatorOver, openHistory, clock }, wanted);
  }

  /** The source that a dump's program was built from. `readHead`: see `SourcedDump`. */
  async of(dump: Dump, dumpUri: string, readHead: () => Promise<string>): Promise<SourceOfDump> {
    const context = contextOf(dump, dumpUri);
    const sourced = { frames: framesOfDump(dump), context, readHead, wanted: this.#wanted };
    const built = await findBuiltSource(sourced, this.#host, NEVER_CANCELLED);
    if (!built) throw new Error("a search that nobody cancels was cancelled");
    return new SourceOfDump(dump, built, context);
  }
}

/** The source that one dump's program was built from. */
export class SourceOfDump {
  readonly #dump: Dump;
  readonly #built: BuiltSource;
  readonly #context: LocateContext;

  constructor(dump: Dump, built: BuiltSource, context: LocateContext) {
    this.#dump = dump;
    this.#built = built;
    this.#context = context;
  }

  /** What it says at the places where the goroutines stand; null: it says nothing for sure. */
  async facts(groups: readonly Group[]): Promise<SourceFacts | null> {
    return (await readBuiltFacts(this.#dump, groups, this.#built, this.#context, NEVER_CANCELLED)) ?? null;
  }

  /** Where each frame of the dump is on this machine. */
  places(): (frame: Frame) => ResolvedPlace | null {
    const places = new Map<number, ResolvedPlace>();
    for (const frame of framesOfDump(this.#dump)) {
      const place = this.#built.place(frame);
      if (place) places.set(frame.id, resolvedPlace(place));
    }
    return ({ id }) => places.get(id) ?? null;
  }

  /** Why the revision of --rev was not compared; undefined: it was, or none was named. */
  get unused(): string | undefined {
    return this.#built.unused && english(this.#built.unused);
  }

  /** Which versions of modules its frames are of that are not on this machine. */
  missing(): readonly MissingSourceReport[] {
    return this.#built.missing.map(({ module, version, frames }) => ({
      module,
      version,
      frames,
      command: getCommand({ module, version }) ?? null,
    }));
  }

  /** Which revisions the dump is of, as the report has it. */
  revisions(): readonly RevisionReport[] {
    return this.#built.repositories.map((fit) => ({
      repository: fileURLToPath(fit.history.root),
      kind: fit.kind,
      revisions: fit.best.map(({ revision }) => revision.name),
      fits: fit.best[0]?.fits ?? 0,
      today: fit.today,
      frames: fit.frames,
      message: english(describeFit(fit)),
    }));
  }
}

function resolvedPlace({ uri, how, drift, built: file, carried, movedFrom, otherVersion }: BuiltPlace): ResolvedPlace {
  const revision = file?.revision.name ?? null;
  return {
    resolved: fileURLToPath(uri),
    resolvedBy: how ?? `the files of revision ${revision}`,
    drift,
    revision,
    ...(drift === "other lines" && carried?.kind === "same" && { lineToday: carried.line + 1 }),
    ...(movedFrom !== undefined && { movedFrom: fileURLToPath(movedFrom) }),
    ...(otherVersion && { otherVersion }),
  };
}

async function expectRevision(
  revision: string,
  folders: readonly string[],
  openHistory: NonNullable<SourceHost["openHistory"]>,
): Promise<void> {
  const histories = await Promise.all(folders.map((folder) => openHistory(folder)));
  const found = await Promise.all(histories.map(async (history) => history?.find(revision)));
  if (found.some((each) => each !== undefined)) return;
  const isRepository = histories.some((history) => history !== undefined);
  throw new UsageError(
    isRepository
      ? `--rev ${revision}: the repository of --source has no such revision`
      : `--rev ${revision}: --source is in no git repository, or git is not installed`,
  );
}

function createCliLocator(sources: readonly string[], fileSystem: FileSystem): SourceLocator {
  return createSourceLocator({
    fileSystem,
    logger: SILENT,
    folders: sources.map((folder) => ({ uri: pathToFileURL(resolve(folder)).href, name: basename(resolve(folder)) })),
    settings: { sourceMap: [], trusted: true },
    goEnv: () => readGoEnv(resolve(sources[0] ?? ".")),
    variable: (name) => (name === "userHome" ? homedir() : process.env[name.replace(/^env:/, "")]),
  });
}

/** What the source locator is told of a dump. */
export function contextOf(dump: Dump, dumpUri: string): LocateContext {
  return { goVersion: guessGoVersion(dump), dumpUri, frames: framesOfDump(dump) };
}
