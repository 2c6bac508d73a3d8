import { withoutTypeArguments } from "../names/typeArguments.ts";

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
const COMMENT = / +\/\/ .*$/;
const INLINE = / \((?:inline|partial-inline)\)$/;
/** `func file:line`, or `func file:line:column` in `-raw`. A path with spaces begins with a slash or a drive. */
const PLACED = /^(\S.*?) ((?:\/|[A-Za-z]:[/\\]).*?|\S+?):(\d+)(?::\d+)?$/;

/** Reads `main.f`, `main.f (inline)`, `main.f /src/x/main.go:8`, `00000000004057fc main.f main.go:8`. */
export function readPprofFrame(text: string): PprofFrame {
  const bare = text.trim().replace(COMMENT, "").replace(ADDRESS, "").replace(INLINE, "");
  const placed = PLACED.exec(bare);
  if (placed === null) return { function: withoutTypeArguments(bare), file: null, line: null };
  const [, name = "", file = "", line = ""] = placed;
  return { function: withoutTypeArguments(name), file, line: Number(line) };
}
