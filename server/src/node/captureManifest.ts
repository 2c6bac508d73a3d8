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

function parse(line: string): ManifestEntry | undefined {
  try {
    const entry = JSON.parse(line) as Partial<ManifestEntry> | null;
    if (typeof entry?.target !== "string" || typeof entry.host !== "string" || typeof entry.time !== "string") {
      return undefined;
    }
    const { target, host, time, file = null, bytes = 0, problem = null } = entry;
    const labels = Object.entries(entry.labels ?? {}).filter(([, value]) => typeof value === "string");
    return { target, host, time, file, bytes, problem, labels: Object.fromEntries(labels) };
  } catch {
    return undefined;
  }
}
