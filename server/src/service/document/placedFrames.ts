import type { Dump } from "../../core/model/dump.ts";
import { guessGoVersion } from "../../core/names/goVersion.ts";
import { framesOfDump } from "../locator/framesOfDump.ts";
import type { PlacedFrames } from "./openText.ts";

/** A dump of a file that no editor shows, as the source locator sees it. */
export function placedFrames(uri: string, dump: Dump): PlacedFrames {
  return { uri, sourceFrames: framesOfDump(dump), goVersion: guessGoVersion(dump) };
}
