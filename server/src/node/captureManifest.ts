/** Name of the file in a folder of captures that says what came from where: JSON, a line a target. */
export const MANIFEST = "manifest.jsonl";

/** What became of one target. A later line about a target replaces the earlier ones. */
export interface ManifestEntry {
  /** The target as it was given, without user, password and query. */
  readonly target: string;
  readonly host: string;
  /** When the dump came, ISO 8601. */
  readonly time: string;
  /** Name of the dump in the folder; null: nothing came, and `problem` says why. */
  readonly file: string | null;
  readonly bytes: number;
  readonly problem: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** The lines of a manifest; lines that are none are skipped: a run may have been stopped in the midst of one. */
export function* manifestLines(text: string): Generator<ManifestEntry> {
  for (const line of text.split("\n")) {
    const entry = parse(line);
    if (entry !== undefined) yield entry;
  }
}

/** By name of a dump: its host and time in milliseconds since the epoch. */
export function readManifest(
  text: string,
): ReadonlyMap<string, { readonly host: string; readonly time: number | null }> {
  const files = new Map<string, { host: string; time: number | null }>();
  for (const { file, host, time } of manifestLines(text)) {
    const taken = Date.parse(time);
    if (file !== null) files.set(file, { host, time: Number.isNaN(taken) ? null : taken });
  }
  return files;
}

function parse(line: string): ManifestEntry | undefined {
  try {
    const entry = JSON.parse(line) as Partial<ManifestEntry> | null;
    const isEntry =
      typeof entry?.target === "string" && typeof entry.host === "string" && typeof entry.time === "string";
    return isEntry ? (entry as ManifestEntry) : undefined;
  } catch {
    return undefined;
  }
}
