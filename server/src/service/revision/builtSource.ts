import type { CancellationToken, Clock, FileSystem } from "../base/ports.ts";
import { parentUri } from "../locator/fileTree.ts";
import { exactGoVersion } from "../locator/goInstall.ts";
import type { FoundSource, LocateContext, SourceFrame } from "../locator/located.ts";
import type { SourceLocator } from "../locator/sourceLocator.ts";
import { isFitting } from "./fileFits.ts";
import type { CarriedLine } from "./carriedLine.ts";
import { type CarriedFrame, carryFrames } from "./carriedFrames.ts";
import type { Drift } from "./frameFit.ts";
import type { History, Revision } from "./history.ts";
import { fitRepository, type RepositoryFit } from "./repositoryFit.ts";
import { revisionFiles } from "./revisionFiles.ts";
import { areSameProgram } from "./sameProgram.ts";
import { placesToday, type TodayPlace } from "./today.ts";

/** Repositories that are looked at: those of the workspace's folders and of what was found in them. */
const MAX_REPOSITORIES = 8;

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
  /** Where the line is in the file as it is today; undefined: nowhere, or there is no revision to compare with. */
  readonly carried: CarriedLine | undefined;
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

/** The source that a dump's program was built from. */
export interface BuiltSource {
  /** The repositories whose files have changed since. */
  readonly repositories: readonly RepositoryFit[];
  /** Whether files of the workspace are not as they were when the program was built. */
  readonly isDrifted: boolean;
  /** Where a frame's source is; undefined for one that was not found. */
  place(frame: FramePlace): BuiltPlace | undefined;
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
  const isSearched = wanted !== undefined || [...today.values()].some(mayHaveChanged);
  const histories = isSearched ? await historiesOf(today, host) : [];
  const text = histories.length === 0 ? "" : await readHead();
  for (const history of histories) {
    const { folders, locator, clock } = host;
    const goVersion = exactGoVersion(context.goVersion);
    const fit = await fitRepository(history, { today, goVersion, text, folders, locator, wanted, token, clock });
    if (token.isCancellationRequested) return undefined;
    if (fit) repositories.push(fit);
  }
  return builtSource(today, repositories, host);
}

/** A file that was not found may be one that is gone. */
function mayHaveChanged({ isMissing, drift, isOwn }: TodayPlace): boolean {
  return (isOwn && !isFitting(drift)) || isMissing;
}

async function historiesOf(
  today: ReadonlyMap<SourceFrame, TodayPlace>,
  { folders, openHistory }: SourceHost,
): Promise<readonly History[]> {
  const places = [...today.values()].flatMap(({ found, isOwn }) => (isOwn && found ? [parentUri(found.uri)] : []));
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
): Promise<BuiltSource> {
  const fitted = repositories.filter(({ revision }) => revision !== undefined);
  const places = new Map<string, BuiltPlace>();
  for (const [frame, place] of today) if (place.found) places.set(keyOf(frame), placeToday(place.found, place.drift));
  for (const fit of fitted) {
    const carried = await carryFrames(fit, today, host.locator);
    for (const [frame, one] of carried) {
      const key = keyOf(frame);
      places.set(key, placeBuilt(one, fit, fit.paths.get(frame)!, places.get(key)));
    }
  }
  const drifting = driftingFrames(today, repositories);
  const isKnown = drifting.every((frame) => repositoryOf(frame, fitted) !== undefined);
  const readings = fitted.map((fit) => ({ fit, read: new Set<string>() }));
  return {
    repositories,
    isDrifted: drifting.length > 0,
    place: (frame) => places.get(keyOf(frame)),
    locator: isKnown ? await locatorAt(readings, host) : undefined,
    isCertain: async () => {
      for (const { fit, read } of readings) if (!(await areSameProgram(fit, read))) return false;
      return true;
    },
  };
}

function placeToday({ uri, how }: FoundSource, drift: Drift): BuiltPlace {
  return { uri, how, drift, built: null, carried: undefined };
}

function placeBuilt(
  { uri, drift, carried }: CarriedFrame,
  { revision, history }: RepositoryFit,
  path: string,
  today: BuiltPlace | undefined,
): BuiltPlace {
  const built = { revision: revision!, history, path };
  // Lines are followed within a file of one name: where that is gone, the file that was found instead is another.
  return { uri: carried ? uri : (today?.uri ?? uri), how: today?.how ?? null, drift, carried, built };
}

function keyOf({ function: name, file, line }: FramePlace): string {
  return `${name}\n${file}\n${line}`;
}

/** Frames whose source, as it is today, is not the program's. */
function driftingFrames(
  today: ReadonlyMap<SourceFrame, TodayPlace>,
  repositories: readonly RepositoryFit[],
): readonly SourceFrame[] {
  return [...today].flatMap(([frame, { isMissing, drift, isOwn }]) => {
    const isGone = isMissing && repositoryOf(frame, repositories) !== undefined;
    return (isOwn && !isFitting(drift)) || isGone ? [frame] : [];
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

/** A locator over all fitting revisions; today's where nothing has changed. Undefined: a revision cannot be listed. */
async function locatorAt(
  readings: readonly Reading[],
  { fileSystem, locator, locatorOver }: SourceHost,
): Promise<SourceLocator | undefined> {
  let files = fileSystem;
  for (const { fit, read } of readings) {
    const { history, revision } = fit;
    const listed = revision && (await history.files(revision.commit));
    if (!listed) return undefined;
    files = revisionFiles(files, history, listed, (path) => read.add(path));
  }
  return files === fileSystem ? locator : locatorOver(files);
}
