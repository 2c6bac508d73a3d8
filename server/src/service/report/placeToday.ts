import type { FrameReport } from "../../output/report.ts";

/** The line (1-based) at which a resolved place stands in the file as it is today; null: it does not stand there. */
export function lineToday({
  drift,
  line,
  lineToday: moved,
}: Pick<FrameReport, "drift" | "line" | "lineToday">): number | null {
  return drift === "other lines" || drift === "gone" ? (moved ?? null) : line;
}

/** What is to be known of a place that today's file does not have where it was, behind its line; else "". */
export function driftNote({
  drift,
  revision,
  lineToday: moved,
}: Pick<FrameReport, "drift" | "revision" | "lineToday">): string {
  if (drift !== "other lines" && drift !== "gone") return "";
  const built = typeof revision === "string" ? `in ${revision}, ` : "";
  return ` (${built}${moved === undefined ? `${drift} today` : `line ${moved} today`})`;
}
