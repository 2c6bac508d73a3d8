import type { CancellationToken } from "../base/ports.ts";
import { isBelow } from "../locator/fileTree.ts";
import { exactGoVersion } from "../locator/goInstall.ts";
import type { FoundSource, LocateContext, SourceFrame } from "../locator/located.ts";
import type { SourceLocator } from "../locator/sourceLocator.ts";
import { type Drift, frameDrift, type ScannedText, scanText } from "./frameFit.ts";

/** Files taken apart that are kept while the frames of one dump are compared. */
const MAX_SCANS = 300;

/** Where a frame's source is today, and how that differs from what the program was built from. */
export interface TodayPlace {
  /** Undefined: it was not found, or not for sure. */
  readonly found: FoundSource | undefined;
  /** Whether nothing was found at all: the file may be gone. */
  readonly isMissing: boolean;
  /** `unknown` where nothing was found. */
  readonly drift: Drift;
  /** Whether it was found in a folder of the workspace, whose text the program's owner may have changed since. */
  readonly isOwn: boolean;
}

/** Shared by the frames they are true of: a dump may have a hundred thousand. */
const MISSING: TodayPlace = { found: undefined, isMissing: true, drift: "unknown", isOwn: false };
const UNSURE: TodayPlace = { found: undefined, isMissing: false, drift: "unknown", isOwn: false };

/** Compares the frames of a dump with the source as it is today. Undefined: cancelled. */
export async function placesToday(
  frames: readonly SourceFrame[],
  context: LocateContext,
  { locator, folders }: { readonly locator: SourceLocator; readonly folders: readonly string[] },
  token: CancellationToken,
  pause: () => Promise<void>,
): Promise<ReadonlyMap<SourceFrame, TodayPlace> | undefined> {
  const places = new Map<SourceFrame, TodayPlace>();
  const scans = new Map<string, ScannedText | undefined>();
  const scan = async (found: FoundSource): Promise<ScannedText | undefined> => {
    if (scans.has(found.uri)) return scans.get(found.uri);
    if (scans.size >= MAX_SCANS) scans.clear();
    const text = await locator.read(found);
    const scanned = text === undefined ? undefined : scanText(text);
    scans.set(found.uri, scanned);
    return scanned;
  };
  for (const frame of frames) {
    await pause();
    const located = await locator.locate(frame, context, token);
    if (token.isCancellationRequested) return undefined;
    if (located.kind !== "found") {
      places.set(frame, located.kind === "notFound" ? MISSING : UNSURE);
      continue;
    }
    const isOwn = folders.some((folder) => isBelow(located.uri, folder));
    const scanned = isOwn && located.uri.endsWith(".go") ? await scan(located) : undefined;
    const drift = scanned ? frameDrift(scanned, frame, exactGoVersion(context.goVersion)) : driftByProof(located);
    places.set(frame, { found: located, isMissing: false, drift, isOwn });
  }
  return places;
}

/** Sources of libraries do not change under their version: that the function encloses the line is enough. */
function driftByProof({ proof, nearestLine }: FoundSource): Drift {
  if (proof === "encloses") return "none";
  if (proof === "unchecked") return "unknown";
  return nearestLine === undefined ? "gone" : "other lines";
}
