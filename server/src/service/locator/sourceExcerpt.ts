/** Lines of source around a place. */
export interface SourceExcerpt {
  /** 0-based number of the first line. */
  readonly firstLine: number;
  readonly lines: readonly string[];
  /** 0-based number of the line it is about. */
  readonly line: number;
}

/** More than a hover can show. */
const MAX_LINES_AROUND = 50;
/** Longer lines are cut: they are data. */
const MAX_LINE_LENGTH = 300;

/** The lines around a line (0-based), up to `around` on each side; undefined when the text has no such line. */
export function sourceExcerpt(text: string, line: number, around: number): SourceExcerpt | undefined {
  const all = text.split(/\r?\n/);
  if (line < 0 || line >= all.length) return undefined;
  const most = Math.min(Math.max(0, around), MAX_LINES_AROUND);
  const firstLine = Math.max(0, line - most);
  const lines = all.slice(firstLine, line + most + 1).map(cutLine);
  return { firstLine, lines, line };
}

function cutLine(line: string): string {
  return line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line;
}
