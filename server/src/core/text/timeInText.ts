const ISO =
  /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:\s?(Z|UTC|GMT)\b|\s?([+-]\d\d):?(\d\d))?/;
/** `Sat Nov 21 03:25:51 UTC 2026`, as `date` prints it. */
const UNIX = /\b([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d)(?: ([A-Z]{3,4}))? (\d{4})\b/;
/** `Nov 21, 2026 at 3:25am (UTC)`, as pprof printed it until 2024. */
const PPROF = /\b([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) at (\d{1,2}):(\d\d)([ap])m(?: \((UTC|GMT)\))?/;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
/** Characters of a line that are looked at. */
const LIMIT = 400;

/** The first full date and time in a text, in ISO 8601, without a zone where the text has none; else null. */
export function timeInText(text: string): string | null {
  const start = text.slice(0, LIMIT);
  const iso = ISO.exec(start);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, fraction, utc, zoneHours, zoneMinutes] = iso;
    const zone = utc !== undefined ? "Z" : zoneHours === undefined ? "" : `${zoneHours}:${zoneMinutes}`;
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction === undefined ? "" : `.${fraction}`}${zone}`;
  }
  return unixTime(start) ?? pprofTime(start);
}

function unixTime(text: string): string | null {
  const [all, name = "", day = "", time = "", zone, year = ""] = UNIX.exec(text) ?? [];
  return all === undefined ? null : join(year, name, day, time, zone);
}

function pprofTime(text: string): string | null {
  const [all, name = "", day = "", year = "", hour = "", minute, half, zone] = PPROF.exec(text) ?? [];
  if (all === undefined) return null;
  const hours = (Number(hour) % 12) + (half === "p" ? 12 : 0);
  return join(year, name, day, `${String(hours).padStart(2, "0")}:${minute}:00`, zone);
}

function join(year: string, name: string, day: string, time: string, zone: string | undefined): string | null {
  const month = MONTHS.indexOf(name);
  if (month < 0 || month % 3 !== 0) return null;
  const suffix = zone === "UTC" || zone === "GMT" ? "Z" : "";
  return `${year}-${String(month / 3 + 1).padStart(2, "0")}-${day.padStart(2, "0")}T${time}${suffix}`;
}
