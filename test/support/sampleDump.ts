import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The sample module, with the sources that its dump `deadlock.dump` names. */
export const sampleFolder = fileURLToPath(new URL("../fixtures/workspaces/okx", import.meta.url));

const file = join(sampleFolder, "deadlock.dump");

/** The sample dump as a document. */
export const sampleDump = { uri: pathToFileURL(file).href, text: readFileSync(file, "utf8") };

/** The parameters of `textDocument/didOpen` for it. */
export const didOpenDump = { textDocument: { ...sampleDump, languageId: "goroutine-dump", version: 1 } };

/** Where a text first stands in the dump. */
export function positionOf(text: string): { readonly line: number; readonly character: number } {
  const before = sampleDump.text.slice(0, sampleDump.text.indexOf(text));
  const lastLine = before.slice(before.lastIndexOf("\n") + 1);
  return { line: before.split("\n").length - 1, character: lastLine.length };
}
