import { decodeUtf8 } from "../core/text/utf8.ts";
import type { FileSystem } from "./ports.ts";

/** Larger files are generated tables, not worth reading for a hover. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Lines shown on each side of the frame's. */
const AROUND = 3;
const MAX_LINE = 200;

/** The source around a line (0-based), the line itself marked; undefined when it cannot be read. */
export async function sourceExcerpt(files: FileSystem, uri: string, line: number): Promise<string | undefined> {
  const bytes = await files.readFile(uri, MAX_BYTES);
  if (bytes === undefined) return undefined;
  const lines = decodeUtf8(bytes).split(/\r?\n/);
  if (line >= lines.length) return undefined;
  const first = Math.max(0, line - AROUND);
  const shown = lines.slice(first, line + AROUND + 1);
  const width = String(first + shown.length).length;
  return shown
    .map((text, index) => {
      const number = String(first + index + 1).padStart(width);
      return `${first + index === line ? ">" : " "} ${number}  ${text.slice(0, MAX_LINE)}`;
    })
    .join("\n");
}
