import type { FileSystem } from "../base/ports.ts";
import { joinUri } from "../locator/fileTree.ts";
import type { SourceFrame } from "../locator/located.ts";
import type { Drift } from "./frameFit.ts";
import { type CarriedPlace, MovedPlaces } from "./movedPlaces.ts";
import type { RepositoryFit } from "./partFit.ts";
import type { TodayPlace } from "./today.ts";

/** A frame of a revision that fits, and its place in today's files. */
export interface CarriedFrame {
  /** The file at the address that it had in the revision; today there may be none, and the place be in another. */
  readonly uri: string;
  readonly drift: Drift;
  /** Undefined: today there is no such file or function, or another text. */
  readonly carried: CarriedPlace | undefined;
}

/** Follows the frames of a revision that fits into the files as they are today: that alone says what has moved. */
export async function carryFrames(
  { history, paths, revision }: RepositoryFit,
  today: ReadonlyMap<SourceFrame, TodayPlace>,
  files: Pick<FileSystem, "readFile" | "readDirectory">,
  pause: () => Promise<void>,
): Promise<ReadonlyMap<SourceFrame, CarriedFrame>> {
  const frames = new Map<SourceFrame, CarriedFrame>();
  if (!revision) return frames;
  const places = new MovedPlaces(history, revision.commit, files);
  for (const [frame, path] of paths) {
    await pause();
    // What the build has made is in no revision.
    if (!(await places.has(path))) continue;
    const uri = joinUri(history.root, path.split("/"));
    const carried = await places.follow(path, frame.line - 1);
    frames.set(frame, { uri, carried, drift: driftOf(frame, uri, carried, today.get(frame)) });
  }
  return frames;
}

function driftOf(
  { line }: SourceFrame,
  uri: string,
  carried: CarriedPlace | undefined,
  today: TodayPlace | undefined,
): Drift {
  if (!carried) return today?.found === undefined || today.drift === "gone" ? "gone" : "other lines";
  if (carried.isFunctionGone) return "gone";
  return carried.kind === "same" && carried.line === line - 1 && carried.uri === uri ? "none" : "other lines";
}
