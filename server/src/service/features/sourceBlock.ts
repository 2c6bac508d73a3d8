import { decodeUtf8 } from "../../core/text/utf8.ts";
import type { FileSystem } from "../base/ports.ts";
import type { RichBlock } from "../base/richText.ts";
import { MAX_SOURCE_BYTES } from "../locator/fileTree.ts";
import { sourceExcerpt } from "../locator/sourceExcerpt.ts";

/** Lines shown on each side of the frame's. */
const AROUND = 3;

/** The source around a line (0-based), numbered, the line itself marked; undefined when it cannot be read. */
export async function sourceBlock(files: FileSystem, uri: string, line: number): Promise<RichBlock | undefined> {
  const source = await readSource(files, uri);
  const excerpt = source === undefined ? undefined : sourceExcerpt(source, line, AROUND);
  if (excerpt === undefined) return undefined;
  const { firstLine, lines } = excerpt;
  const width = String(firstLine + lines.length).length;
  const numbered = lines.map((text, index) => {
    const number = String(firstLine + index + 1).padStart(width);
    return `${firstLine + index === line ? ">" : " "} ${number}  ${text}`;
  });
  return { kind: "code", language: "go", text: numbered.join("\n") };
}

/** The text of a source file; undefined when it cannot be read, or is too large. */
export async function readSource(files: FileSystem, uri: string): Promise<string | undefined> {
  const bytes = await files.readFile(uri, MAX_SOURCE_BYTES);
  return bytes && decodeUtf8(bytes);
}
