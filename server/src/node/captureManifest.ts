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

/** Told what is wrong with a line, counted from one. Null: it is nothing that a capture writes. */
type Complain = (line: number, problem: string | null) => void;

/** The entries of a manifest. A line that is none is left out: a run may have been stopped in the midst of one. */
export function* manifestEntries(text: string, complain: Complain = () => {}): Generator<ManifestEntry> {
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const entry = parse(line);
    if (typeof entry === "string" || entry === null) complain(index + 1, entry);
    else yield entry;
  }
}

/** The entry in a line, or what is wrong with it; null: it is none. */
function parse(line: string): ManifestEntry | string | null {
  const { target, host, time, file = null, bytes = 0, problem = null, labels = {} } = objectIn(line);
  if (typeof target !== "string") return null;
  if (typeof host !== "string" || host === "") return "it names no host";
  if (typeof time !== "string" || Number.isNaN(Date.parse(time))) return "its time is none such as 2026-11-20T08:00Z";
  if (file !== null && typeof file !== "string") return "its file is no text";
  if (!areLabels(labels)) return "its labels are no object of texts";
  return {
    target,
    host,
    time,
    file,
    bytes: Number(bytes),
    problem: typeof problem === "string" ? problem : null,
    labels,
  };
}

function objectIn(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areLabels(value: unknown): value is ManifestEntry["labels"] {
  return isObject(value) && Object.values(value).every((label) => typeof label === "string");
}
