import { withoutTypeArguments } from "../../names/typeArguments.ts";

/** A frame as `go tool pprof` prints it. */
export interface PprofFrame {
  readonly function: string;
  /** Null unless it was asked to print lines or files. */
  readonly file: string | null;
  /** 1-based; null likewise. */
  readonly line: number | null;
}

const ADDRESS = /^[0-9a-f]{16} /;
/** People explain the frames they paste. */
const COMMENT = / \/\/ .*$/;
const INLINE = / \((?:inline|partial-inline)\)$/;
/** The line, and in `-raw` the column. */
const LINE = /:(\d+)(?::\d+)?$/;
/** A path may hold blanks when it begins with a slash or a drive. */
const PATH = / (?=\/|[A-Za-z]:[/\\])/;

/** Reads `main.f`, `main.f (inline)`, `main.f /src/x/main.go:8`, `00000000004057fc main.f main.go:8`. */
export function readPprofFrame(text: string): PprofFrame {
  const bare = text.trim().replace(COMMENT, "").replace(ADDRESS, "").replace(INLINE, "");
  const line = LINE.exec(bare);
  const head = bare.slice(0, line?.index ?? 0);
  const path = head.search(PATH);
  const cut = path < 0 ? head.lastIndexOf(" ") : path;
  if (line === null || cut < 1) return { function: withoutTypeArguments(bare), file: null, line: null };
  return { function: withoutTypeArguments(head.slice(0, cut)), file: head.slice(cut + 1), line: Number(line[1]) };
}
