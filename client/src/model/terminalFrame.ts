/** The place of a frame in a line of a terminal. */
export interface TerminalFrame {
  /** Where the path begins in the line, and how long path and line number are. */
  readonly start: number;
  readonly length: number;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** A position line as Go prints it: indented, the path alone, with the offset of the call or at the line's end. */
const positionLine = /^(\s+)((?:[A-Za-z]:)?[^\s:][^:]{0,500}\.(?:go|s|c)):(\d{1,7})(?: \+0x[\da-f]+)?(?:\s.*)?$/;
const lineLimit = 2000;

/** The frame of a line; undefined for all other text. Terminals show a TAB as spaces. */
export function terminalFrame(line: string): TerminalFrame | undefined {
  const match = line.length > lineLimit ? null : positionLine.exec(line);
  if (match === null) {
    return undefined;
  }
  const [, indent = "", file = "", number = ""] = match;
  return { start: indent.length, length: file.length + 1 + number.length, file, line: Number(number) };
}
