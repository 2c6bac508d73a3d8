import { decodeUtf8 } from "../../core/text/utf8.ts";
import { joinUri } from "../locator/fileTree.ts";
import type { SourceFrame } from "../locator/located.ts";
import type { SourceLocator } from "../locator/sourceLocator.ts";
import { type CarriedLine, type CarryLine, lineCarrier } from "./carriedLine.ts";
import type { Drift } from "./frameFit.ts";
import type { RepositoryFit } from "./repositoryFit.ts";
import type { TodayPlace } from "./today.ts";

/** A frame of a revision that fits, and its place in today's file. */
export interface CarriedFrame {
  /** The file at the address that it had in the revision; today there may be none. */
  readonly uri: string;
  readonly drift: Drift;
  /** Undefined: today there is no such file, or another text. */
  readonly carried: CarriedLine | undefined;
}

/** Follows the frames of a revision that fits into the files as they are today: that alone says what has moved. */
export async function carryFrames(
  { history, paths, revision }: RepositoryFit,
  today: ReadonlyMap<SourceFrame, TodayPlace>,
  locator: SourceLocator,
): Promise<ReadonlyMap<SourceFrame, CarriedFrame>> {
  const frames = new Map<SourceFrame, CarriedFrame>();
  if (!revision) return frames;
  const carriers = new Map<string, CarryLine | undefined>();
  for (const [frame, path] of paths) {
    const uri = joinUri(history.root, path.split("/"));
    if (!carriers.has(path)) carriers.set(path, await carrierOf(history, revision.commit, path, uri, locator));
    const carried = carriers.get(path)?.(frame.line - 1);
    frames.set(frame, { uri, carried, drift: driftOf(frame, carried, today.get(frame)) });
  }
  return frames;
}

async function carrierOf(
  history: RepositoryFit["history"],
  commit: string,
  path: string,
  uri: string,
  locator: SourceLocator,
): Promise<CarryLine | undefined> {
  const [blob] = await history.blobs([{ commit, path }]);
  const bytes = blob === undefined ? undefined : await history.read(blob);
  const text = bytes && (await locator.read({ uri }));
  return text === undefined ? undefined : lineCarrier(decodeUtf8(bytes!), text);
}

/** A function that is gone may have left its line behind, under another name. */
function driftOf({ line }: SourceFrame, carried: CarriedLine | undefined, today: TodayPlace | undefined): Drift {
  if (today?.found === undefined || today.drift === "gone") return "gone";
  return carried?.kind === "same" && carried.line === line - 1 ? "none" : "other lines";
}
