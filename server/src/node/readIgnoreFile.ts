import { pathToFileURL } from "node:url";
import { IGNORE_BYTES } from "../core/findings/ignore.ts";
import { leadsOut } from "../service/findings/ignoreFiles.ts";
import { nodeFileSystem, readNodeText } from "./nodeFileSystem.ts";

/** The text of an ignore file, "" of an empty one; null: it is no file to read, see `leadsOut` and `readNodeText`. */
export async function readIgnoreFile(file: string): Promise<string | null> {
  const uri = pathToFileURL(file).href;
  const text = (await leadsOut(nodeFileSystem, uri)) ? undefined : await readNodeText(uri, IGNORE_BYTES);
  if (text !== undefined) return text;
  return ((await nodeFileSystem.stat(uri))?.size ?? 0) > 0 ? null : "";
}
