import { english } from "../../core/text/say.ts";
import type { FrameReport } from "../../output/report.ts";
import { describeOtherVersion } from "../locator/otherVersion.ts";

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

/** What is to be known of a place that today's file does not have where it was, behind its line; else "". */
export function driftNote({
  drift,
  revision,
  lineToday: moved,
  otherVersion,
}: Pick<FrameReport, "drift" | "revision" | "lineToday" | "otherVersion">): string {
  if (otherVersion) return ` (${english(describeOtherVersion(otherVersion)).replace(/\.$/, "")})`;
  if (drift !== "other lines" && drift !== "gone") return "";
  const built = typeof revision === "string" ? `in ${revision}, ` : "";
  return ` (${built}${moved === undefined ? `${drift} today` : `line ${moved} today`})`;
}
