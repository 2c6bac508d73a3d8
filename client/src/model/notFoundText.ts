import type { Localizer } from "./localizer.ts";

/** A message has room for so many places; the log has them all. */
const shownPlaces = 4;

/** Says that a file of a dump was not found, and where it was looked for. */
export function notFoundText(file: string, tried: readonly string[], l10n: Localizer): string {
  const notFound = l10n.t("{0} was not found on this machine.", file);
  if (tried.length === 0) {
    return notFound;
  }
  const places = tried.slice(0, shownPlaces).join(", ");
  const rest = tried.length - shownPlaces;
  const list = rest > 0 ? l10n.t("Tried: {0} and {1} more.", places, rest) : l10n.t("Tried: {0}.", places);
  return `${notFound} ${list}`;
}
