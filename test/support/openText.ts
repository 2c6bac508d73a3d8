import { readFileSync } from "node:fs";
import { TextDocument } from "vscode-languageserver-textdocument";
import { DumpCache } from "../../server/src/service/document/dumpCache.ts";
import type { OpenText } from "../../server/src/service/document/openText.ts";
import { DEFAULT_SETTINGS } from "../../server/src/service/host/settings.ts";
import { parseInTurns } from "../../server/src/service/host/parseDumps.ts";
import type { CancellationToken, Clock } from "../../server/src/service/base/ports.ts";

/** A clock that stands still: nothing is ever slow. */
export const stillClock: Clock = { now: () => 0, yieldTurn: () => Promise.resolve() };

/** A request that is never cancelled. */
export const noToken: CancellationToken = { isCancellationRequested: false };

export const dumpUri = "file:///w/test.dump";

const settings = () => Promise.resolve(DEFAULT_SETTINGS);

/** A text as the service has it when its document is open. */
export async function openText(content: string, uri = dumpUri): Promise<OpenText> {
  const document = TextDocument.create(uri, "goroutine-dump", 1, content);
  const cache = new DumpCache({ parse: parseInTurns(stillClock), clock: stillClock, settings });
  const text = await cache.get(document, noToken);
  if (text === undefined) throw new Error("The parse was cancelled.");
  return text;
}

/** The text of a file below `test/fixtures`. */
export function fixture(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), "utf8");
}
