import type { DumpReportPage, WaitCount } from "../../../../server/src/protocol/index.ts";
import type { Localizer } from "../localizer.ts";

/** How long the goroutines of a bar have waited: whole minutes, both ends included, or hours up to the next bar. */
export function waitText({ from, to }: Pick<WaitCount, "from" | "to">, l10n: Localizer): string {
  if (from === null) return l10n.t("not printed: under a minute");
  const isHours = from >= 60 && from % 60 === 0 && (to === null || (to + 1) % 60 === 0);
  if (isHours) {
    return to === null ? l10n.t("{0} h and more", from / 60) : l10n.t("{0} to {1} h", from / 60, (to + 1) / 60);
  }
  if (to === null) return l10n.t("{0} min and more", from);
  return from === to ? l10n.t("{0} min", from) : l10n.t("{0} to {1} min", from, to);
}

/** Whether a dump tells of waits: of all forms a traceback alone has minutes where there are some. */
export function tellsWaits({ form, waits }: Pick<DumpReportPage, "form" | "waits">): boolean {
  return form === "traceback" || waits.some(({ from }) => from !== null);
}
