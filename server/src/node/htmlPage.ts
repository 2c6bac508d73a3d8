import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { reportPage } from "../protocol/index.ts";

/** The build puts it there; bundles for Node are in `dist/node`. */
const SCRIPT = join(import.meta.dirname, "..", "webview", "page.js");

/** The report as one page that needs nothing else; `data`: see `reportData`. */
export async function htmlPage(data: unknown): Promise<string> {
  return reportPage(await readFile(SCRIPT, "utf8"), randomBytes(16).toString("hex"), data);
}
