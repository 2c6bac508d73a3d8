import type { Finding } from "../../server/src/core/findings/finding.ts";
import { JudgedDumps } from "../../server/src/service/analysis/judgedDumps.ts";
import type { OpenText } from "../../server/src/service/document/openText.ts";
import { Sources } from "../../server/src/service/document/sources.ts";
import { AnalysedTexts } from "../../server/src/service/findings/analyses.ts";
import { IgnoreFiles } from "../../server/src/service/findings/ignoreFiles.ts";
import { type LanguageServiceHost, PLAIN_CLIENT } from "../../server/src/service/host/host.ts";
import { DEFAULT_SETTINGS } from "../../server/src/service/host/settings.ts";
import { MemoryFileSystem, silentLogger } from "./memoryFileSystem.ts";
import { stillClock } from "./openText.ts";

const host: LanguageServiceHost = {
  fileSystem: new MemoryFileSystem(),
  logger: silentLogger,
  clock: stillClock,
  parse: () => Promise.resolve(undefined),
  client: PLAIN_CLIENT,
  settings: () => Promise.resolve(DEFAULT_SETTINGS),
  folders: () => [],
  trusted: false,
  chosenSources: {},
  chosenRevisions: {},
};

/** What the editor finds in an open text, by dump: without a workspace, with the default settings. */
export async function findingsOfText(text: OpenText): Promise<readonly (readonly Finding[])[]> {
  const judged = new JudgedDumps(host, new Sources(host));
  const analyses = new AnalysedTexts(host, judged, new IgnoreFiles(host), { wholeOf: () => undefined });
  return (await analyses.of(text)).map(({ findings }) => findings);
}
