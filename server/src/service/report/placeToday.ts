import { english } from "../../core/text/say.ts";
import type { FrameReport } from "../../output/report.ts";
import { describeOtherVersion } from "../base/otherVersion.ts";

/** The line (1-based) at which a resolved place stands in the file as it is today; null: it does not stand there. */
export function lineToday({
  drift,
  line,
  lineToday: moved,
  otherVersion,
}: Pick<FrameReport, "drift" | "line" | "lineToday" | "otherVersion">): number | null {
  if (otherVersion) return null;
  return drift === "other lines" || drift === "gone" ? (moved ?? null) : line;
}

/** The path of a place whose line the dump names; null: none was found. */
export function pathOfLine({ resolved, movedFrom }: Pick<FrameReport, "resolved" | "movedFrom">): string | null {
  return movedFrom ?? resolved;
}

/** What is to be known of a place that today's file does not have where it was, behind its line; else "". */
export function driftNote({
  drift,
  revision,
  resolved,
  lineToday: moved,
  movedFrom,
  otherVersion,
}: Pick<FrameReport, "drift" | "revision" | "resolved" | "lineToday" | "movedFrom" | "otherVersion">): string {
  if (otherVersion) return ` (${english(describeOtherVersion(otherVersion)).replace(/\.$/, "")})`;
  if (drift !== "other lines" && drift !== "gone") return "";
  const built = typeof revision === "string" ? `in ${revision}, ` : "";
  const file = movedFrom === undefined ? "" : ` of ${resolved?.split(/[\\/]/).at(-1)}`;
  return ` (${built}${moved === undefined ? `${file === "" ? drift : `other lines${file}`} today` : `line ${moved}${file} today`})`;
}
