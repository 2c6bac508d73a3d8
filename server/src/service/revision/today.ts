import type { OtherVersion } from "../base/otherVersion.ts";
import type { CancellationToken } from "../base/ports.ts";
import { isBelow } from "../locator/fileTree.ts";
import { frameTarget } from "../locator/frameTarget.ts";
import { exactGoVersion } from "../locator/goRelease.ts";
import type { FoundSource, LocateContext, Located, SourceFrame, SourceVersion } from "../locator/located.ts";
import type { SourceLocator, SourceModule } from "../locator/sourceLocator.ts";
import { versionOf } from "../locator/standardPath.ts";
import { isFitting } from "./fileFits.ts";
import { type Drift, frameDrift, type ScannedText, scanText } from "./frameFit.ts";

/** Files taken apart that are kept while the frames of one dump are compared. */
const MAX_SCANS = 300;

/**
 * Whose text a file is: `own`, a folder of the workspace or one that it names, which the program's owner may have changed
 * since; `go`, Go's own; `library`, all else, which does not change under its version.
 */
export type Origin = "own" | "go" | "library";

/** Where a frame's source is today, and how that differs from what the program was built from. */
export interface TodayPlace {
  /** Undefined: it was not found, or not for sure. */
  readonly found: FoundSource | undefined;
  /** Whether nothing was found for sure: the file may be gone, or have another name. */
  readonly isMissing: boolean;
  /** `unknown` where nothing was found. */
  readonly drift: Drift;
  readonly origin: Origin;
  /** The version that would hold it, where it is not on this machine; undefined: it is, or nothing tells. */
  readonly missing?: SourceVersion | undefined;
}

/** Shared by the frames they are true of: a dump may have a hundred thousand. */
const MISSING: TodayPlace = { found: undefined, isMissing: true, drift: "unknown", origin: "library" };
const GENERATED: TodayPlace = { found: undefined, isMissing: false, drift: "unknown", origin: "library" };

/** Compares the frames of a dump with the source as it is today. Undefined: cancelled. */
export async function placesToday(
  frames: readonly SourceFrame[],
  context: LocateContext,
  { locator, folders }: { readonly locator: SourceLocator; readonly folders: readonly string[] },
  token: CancellationToken,
  pause: () => Promise<void>,
): Promise<ReadonlyMap<SourceFrame, TodayPlace> | undefined> {
  const modules = await locator.modules();
  const goVersion = exactGoVersion(context.goVersion);
  const places = new Map<SourceFrame, TodayPlace>();
  const scan = scannerOver(locator);
  for (const frame of frames) {
    await pause();
    const located = await locator.locate(frame, context, token);
    if (token.isCancellationRequested) return undefined;
    if (located.kind !== "found") {
      places.set(frame, placeWithout(located));
      continue;
    }
    const origin = originOf(located.uri, folders, modules);
    const isCompared = origin === "own" || (origin === "go" && isOfUnknownVersion(frame, located, goVersion));
    const scanned = isCompared && located.uri.endsWith(".go") ? await scan(located) : undefined;
    const drift = scanned ? frameDrift(scanned, frame, goVersion) : driftByProof(located);
    const isElsewhere = located.otherVersion !== undefined && drift === "none";
    places.set(frame, { found: located, isMissing: false, drift: isElsewhere ? "unknown" : drift, origin });
  }
  tellOtherRelease(places, modules, goVersion);
  return places;
}

function placeWithout(located: Exclude<Located, FoundSource>): TodayPlace {
  if (located.kind === "generated") return GENERATED;
  const missing = located.kind === "notFound" ? located.missing : undefined;
  return missing ? { ...MISSING, missing } : MISSING;
}

function scannerOver(locator: SourceLocator): (found: FoundSource) => Promise<ScannedText | undefined> {
  const scans = new Map<string, ScannedText | undefined>();
  return async (found) => {
    if (scans.has(found.uri)) return scans.get(found.uri);
    if (scans.size >= MAX_SCANS) scans.clear();
    const text = await locator.read(found);
    const scanned = text === undefined ? undefined : scanText(text);
    scans.set(found.uri, scanned);
    return scanned;
  };
}

function originOf(uri: string, folders: readonly string[], modules: readonly SourceModule[]): Origin {
  if (folders.some((folder) => isBelow(uri, folder))) return "own";
  const module = modules.find(({ folder }) => isBelow(uri, folder));
  return module === undefined ? "library" : module.path === "std" ? "go" : "own";
}

/** Whether neither the dump nor the frame's path says which release of Go the frame is of: then its text has to tell. */
function isOfUnknownVersion(frame: SourceFrame, { otherVersion }: FoundSource, goVersion: string | undefined): boolean {
  const target = frameTarget(frame);
  return otherVersion === undefined && typeof target !== "string" && versionOf(target, goVersion) === undefined;
}

/** Go's sources are of one release: where one frame does not fit them, none of them is for sure what a program was built of. */
function tellOtherRelease(
  places: Map<SourceFrame, TodayPlace>,
  modules: readonly SourceModule[],
  goVersion: string | undefined,
): void {
  const unknown = [...places].filter(
    ([frame, { origin, found }]) => origin === "go" && found && isOfUnknownVersion(frame, found, goVersion),
  );
  if (unknown.every(([, { drift }]) => isFitting(drift))) return;
  for (const [frame, place] of unknown) {
    const { version = null } = modules.find(({ folder }) => isBelow(place.found!.uri, folder)) ?? {};
    const otherVersion: OtherVersion = { module: "std", wanted: null, found: version };
    const drift = place.drift === "none" ? "unknown" : place.drift;
    places.set(frame, { ...place, drift, found: { ...place.found!, otherVersion } });
  }
}

/** Sources of libraries do not change under their version: that the function encloses the line is enough. */
function driftByProof({ proof, nearestLine }: FoundSource): Drift {
  if (proof === "encloses") return "none";
  if (proof === "unchecked") return "unknown";
  return nearestLine === undefined ? "gone" : "other lines";
}
