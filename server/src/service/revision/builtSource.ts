import { append } from "../../core/lists.ts";
import { type Message, say } from "../../core/text/say.ts";
import type { OtherVersion } from "../base/otherVersion.ts";
import type { CancellationToken, Clock, FileSystem } from "../base/ports.ts";
import { parentUri } from "../locator/fileTree.ts";
import { exactGoVersion } from "../locator/goRelease.ts";
import type { FoundSource, LocateContext, SourceFrame, SourceVersion } from "../locator/located.ts";
import type { SourceLocator } from "../locator/sourceLocator.ts";
import { isFitting } from "./fileFits.ts";
import type { CarriedLine } from "./carriedLine.ts";
import { type CarriedFrame, carryFrames } from "./carriedFrames.ts";
import type { Drift } from "./frameFit.ts";
import type { History, Revision } from "./history.ts";
import type { RepositoryFit } from "./partFit.ts";
import { fitRepository } from "./repositoryFit.ts";
import { revisionFiles } from "./revisionFiles.ts";
import { areSameProgram } from "./sameProgram.ts";
import { placesToday, type TodayPlace } from "./today.ts";

/** Repositories that are looked at: those of the workspace's folders and of what was found in them. */
const MAX_REPOSITORIES = 8;

/** A user waits for it; what is not found by then is told not to be. */
const MAX_MILLISECONDS = 20_000;

/** Versions that are told to be missing. */
const MAX_MISSING = 100;

/** Finds the repository a folder is in; undefined when it is in none. */
export type OpenHistory = (folder: string) => Promise<History | undefined>;

/** Where sources are looked for. */
export interface SourceHost {
  readonly fileSystem: FileSystem;
  /** Folders of the workspace. */
  readonly folders: readonly string[];
  /** Finds and reads the files as they are today. */
  readonly locator: SourceLocator;
  /** The same over other files. */
  readonly locatorOver: (files: FileSystem) => SourceLocator;
  /** Absent: there is no git, or it may not be run. */
  readonly openHistory?: OpenHistory;
  readonly clock: Pick<Clock, "now">;
}

/** A dump whose source is looked for. */
export interface SourcedDump {
  readonly frames: readonly SourceFrame[];
  readonly context: LocateContext;
  /** The beginning of its text, which may name a version; asked for when a revision is searched. */
  readonly readHead: () => Promise<string>;
  /** What the user says the program was built from; undefined: it is to be found out. */
  readonly wanted: string | undefined;
}

/** Where a frame's source is, and what of it is the program's. */
export interface BuiltPlace {
  readonly uri: string;
  /** How the file was found, as part of a sentence; null: only the revision has it. */
  readonly how: string | null;
  /** How the file as it is today differs from what the program was built from. */
  readonly drift: Drift;
  /** The revision that the frame fits, and its file there; null when today's files fit, or none was found. */
  readonly built: BuiltFile | null;
  /** Where the line is in the files as they are today; undefined: nowhere, or there is no revision to compare with. */
  readonly carried: CarriedLine | undefined;
  /** The address that the file had in the revision, when the function stands in another today; else undefined. */
  readonly movedFrom: string | undefined;
  /** Absent: the place is of the version that the dump names, or it names none. */
  readonly otherVersion?: OtherVersion;
}

/** A file of a revision. */
export interface BuiltFile {
  readonly history: History;
  readonly revision: Revision;
  /** Below the repository's top folder. */
  readonly path: string;
}

/** A frame as far as it names a place. */
export type FramePlace = Pick<SourceFrame, "function" | "file" | "line">;

/** A version of a module that frames are of, and that is not on this machine. */
export interface MissingVersion extends SourceVersion {
  /** Frames of the dump. */
  readonly frames: number;
}

/** The source that a dump's program was built from. */
export interface BuiltSource {
  /** The repositories whose files have changed since. */
  readonly repositories: readonly RepositoryFit[];
  /** Versions of modules that are not on this machine, those of most frames first. */
  readonly missing: readonly MissingVersion[];
  /** Why the revision that the user has named was not compared; undefined: it was, or none was named. */
  readonly unused: Message | undefined;
  /** Whether files of the workspace are not as they were when the program was built. */
  readonly isDrifted: boolean;
  /** Whether the source of no frame at all was found. */
  readonly isNowhere: boolean;
  /** Where a frame's source is; undefined for one that was not found. */
  place(frame: FramePlace): BuiltPlace | undefined;
  /** That a file is of another version than the program was built with; undefined for others. */
  otherVersion(uri: string): OtherVersion | undefined;
  /** Reads what the program was built from, under the addresses of today. Undefined: it is not at hand. */
  readonly locator: SourceLocator | undefined;
  /** Whether all revisions that fit have the same as far as it was read through the locator: else it proves nothing. */
  readonly isCertain: () => Promise<boolean>;
}

/**
 * Compares the frames of a dump with the source as it is, and where that has changed finds the revision that fits. Undefined:
 * cancelled.
 */
export async function findBuiltSource(
  { frames, context, readHead, wanted }: SourcedDump,
  host: SourceHost,
  token: CancellationToken,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<BuiltSource | undefined> {
  const today = await placesToday(frames, context, host, token, pause);
  if (!today) return undefined;
  const repositories: RepositoryFit[] = [];
  const isSearched = wanted !== undefined || [...today].some(([frame, place]) => mayHaveChanged(frame, place));
  const histories = isSearched ? await historiesOf(today, host) : [];
  const text = histories.length === 0 ? "" : await readHead();
  const deadline = host.clock.now() + MAX_MILLISECONDS;
  for (const history of histories) {
    const { locator, clock } = host;
    const goVersion = exactGoVersion(context.goVersion);
    const fits = await fitRepository(history, { today, goVersion, text, locator, wanted, token, clock, deadline });
    if (token.isCancellationRequested) return undefined;
    append(repositories, fits);
  }
  const unused = wanted === undefined ? undefined : await whyUnused(wanted, histories, repositories);
  return { ...(await builtSource(today, repositories, host, pause)), unused };
}

async function whyUnused(
  wanted: string,
  histories: readonly History[],
  repositories: readonly RepositoryFit[],
): Promise<Message | undefined> {
  if (repositories.some(({ isWanted }) => isWanted)) return undefined;
  if (histories.length === 0) return say`${wanted} is not used: the source is in no git repository.`;
  const found = await Promise.all(histories.map((history) => history.find(wanted)));
  return found.some((revision) => revision !== undefined)
    ? say`${wanted} is not used: no frame of the dump is in a file of its repository.`
    : say`${wanted} is not used: the repository has no such revision.`;
}

/** A file that was not found may be one that is gone, and a checkout of a module at any version of it. */
function mayHaveChanged({ file }: SourceFrame, place: TodayPlace): boolean {
  const isVersioned = place.origin === "own" && /@v\d/.test(file);
  return isChanged(place) || isOtherGo(place) || place.isMissing || isVersioned;
}

/** Whether a file that the program's owner may change is not as it was. */
function isChanged({ origin, drift }: TodayPlace): boolean {
  return origin === "own" && !isFitting(drift);
}

function isOtherGo({ origin, found }: TodayPlace): boolean {
  return origin === "go" && found?.otherVersion !== undefined;
}

async function historiesOf(
  today: ReadonlyMap<SourceFrame, TodayPlace>,
  { folders, openHistory }: SourceHost,
): Promise<readonly History[]> {
  const places = [...today.values()].flatMap((place) =>
    place.found && (place.origin === "own" || isOtherGo(place)) ? [parentUri(place.found.uri)] : [],
  );
  const histories = new Map<string, History>();
  for (const folder of new Set([...folders, ...places])) {
    const history = histories.size < MAX_REPOSITORIES ? await openHistory?.(folder) : undefined;
    if (history && !histories.has(history.root)) histories.set(history.root, history);
  }
  return [...histories.values()];
}

async function builtSource(
  today: ReadonlyMap<SourceFrame, TodayPlace>,
  repositories: readonly RepositoryFit[],
  host: SourceHost,
  pause: () => Promise<void>,
): Promise<Omit<BuiltSource, "unused">> {
  const fitted = repositories.filter(({ revision }) => revision !== undefined);
  const places = new Map<string, BuiltPlace>();
  for (const [frame, { found, drift }] of today) if (found) places.set(keyOf(frame), placeToday(found, drift));
  for (const fit of fitted) {
    const carried = await carryFrames(fit, today, host.fileSystem, pause);
    for (const [frame, one] of carried) {
      const key = keyOf(frame);
      places.set(key, placeBuilt(one, fit, fit.paths.get(frame)!, places.get(key)));
    }
  }
  const drifting = driftingFrames(today, repositories);
  const isKnown = drifting.every((frame) => repositoryOf(frame, fitted) !== undefined);
  const readings = fitted.filter(({ isGo }) => !isGo).map((fit) => ({ fit, read: new Set<string>() }));
  return {
    repositories,
    missing: missingVersions([...today].filter(([frame]) => !repositoryOf(frame, fitted)).map(([, place]) => place)),
    isDrifted: drifting.length > 0,
    isNowhere: places.size === 0,
    place: (frame) => places.get(keyOf(frame)),
    otherVersion: (uri) => [...places.values()].find((place) => place.uri === uri && place.otherVersion)?.otherVersion,
    locator: isKnown ? await locatorAt(readings, host) : undefined,
    isCertain: async () => {
      for (const { fit, read } of readings) if (!(await areSameProgram(fit, read))) return false;
      return true;
    },
  };
}

function missingVersions(places: readonly TodayPlace[]): readonly MissingVersion[] {
  const missing = new Map<string, MissingVersion>();
  for (const { missing: absent, found } of places) {
    const { module, wanted = null } = found?.otherVersion ?? { module: absent?.module, wanted: absent?.version };
    if (module === undefined || wanted === null) continue;
    const key = `${module}@${wanted}`;
    missing.set(key, { module, version: wanted, frames: (missing.get(key)?.frames ?? 0) + 1 });
  }
  return [...missing.values()].sort((a, b) => b.frames - a.frames).slice(0, MAX_MISSING);
}

function placeToday({ uri, how, otherVersion }: FoundSource, drift: Drift): BuiltPlace {
  return {
    uri,
    how,
    drift,
    built: null,
    carried: undefined,
    movedFrom: undefined,
    ...(otherVersion && { otherVersion }),
  };
}

function placeBuilt(
  { uri, drift, carried }: CarriedFrame,
  { revision, history }: RepositoryFit,
  path: string,
  today: BuiltPlace | undefined,
): BuiltPlace {
  const built = { revision: revision!, history, path };
  const movedFrom = carried && carried.uri !== uri ? uri : undefined;
  return { uri: carried?.uri ?? today?.uri ?? uri, how: today?.how ?? null, drift, carried, movedFrom, built };
}

function keyOf({ function: name, file, line }: FramePlace): string {
  return `${name}\n${file}\n${line}`;
}

/** Frames whose source, as it is today, is not the program's. */
function driftingFrames(
  today: ReadonlyMap<SourceFrame, TodayPlace>,
  repositories: readonly RepositoryFit[],
): readonly SourceFrame[] {
  return [...today].flatMap(([frame, place]) => {
    const isGone = place.isMissing && repositoryOf(frame, repositories)?.isGo === false;
    return isChanged(place) || isGone ? [frame] : [];
  });
}

function repositoryOf(frame: SourceFrame, repositories: readonly RepositoryFit[]): RepositoryFit | undefined {
  return repositories.find(({ paths }) => paths.has(frame));
}

/** What was read of a repository at the revision that fits. */
interface Reading {
  readonly fit: RepositoryFit;
  /** Paths of files. */
  readonly read: Set<string>;
}

/**
 * A locator over all fitting revisions; today's where nothing has changed. Undefined: a revision cannot be listed, or a
 * repository would have to be at two of them.
 */
async function locatorAt(
  readings: readonly Reading[],
  { fileSystem, locator, locatorOver }: SourceHost,
): Promise<SourceLocator | undefined> {
  let files = fileSystem;
  if (new Set(readings.map(({ fit }) => fit.history)).size < readings.length) return undefined;
  for (const { fit, read } of readings) {
    const { history, revision } = fit;
    const listed = revision && (await history.files(revision.commit));
    if (!listed) return undefined;
    files = revisionFiles(files, history, listed, (path) => read.add(path));
  }
  return files === fileSystem ? locator : locatorOver(files);
}
