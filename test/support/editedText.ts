import type { EditedText } from "../../client/src/model/serverRead.ts";

/** A text as an editor has it: a clean file with one kind of line end. */
export function editedText(text: string): EditedText {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(lineEnd);
  return {
    scheme: "file",
    isDirty: false,
    length: text.length,
    lineCount: lines.length,
    lineEnd,
    offsetOfLine: (line) => lines.slice(0, line).reduce((sum, one) => sum + one.length + lineEnd.length, 0),
    textOfLine: (line) => lines[line] ?? "",
  };
}
