import { pathToFileURL } from "node:url";
import { DEFAULT_CONTEXT } from "../../server/src/core/analysis/context.ts";
import { runToEnd } from "../../server/src/core/steps.ts";
import { AnyReader } from "../../server/src/formats/anyReader.ts";
import { nodeFileSystem } from "../../server/src/node/nodeFileSystem.ts";
import { Sources } from "../../server/src/node/sources.ts";
import { analyseDumps } from "../../server/src/service/analysis/analyseDump.ts";
import { createSourceLocator } from "../../server/src/service/locator/sourceLocator.ts";
import type { Analysed } from "./analyse.ts";
import { silentLogger } from "./memoryFileSystem.ts";

/** The dump of a text, analysed with the sources below a folder alone: what Go is installed here makes no difference. */
export async function analyseWithSource(text: Uint8Array, folder: string): Promise<Analysed> {
  const reader = new AnyReader();
  reader.push(text);
  const locator = createSourceLocator({
    fileSystem: nodeFileSystem,
    logger: silentLogger,
    folders: [{ uri: pathToFileURL(folder).href, name: "service" }],
    settings: { sourceMap: [], trusted: true },
  });
  const analysed = await analyseDumps(
    reader.end().dumps.map((dump) => ({ dump })),
    {
      run: (steps) => Promise.resolve(runToEnd(steps)),
      readSpans: (spans) => Promise.resolve(spans.map(({ start, end }) => text.subarray(start, end))),
    },
    async ({ dump, groups }) => ({
      ...DEFAULT_CONTEXT,
      source: await new Sources(locator).readFacts(dump, groups.groups, pathToFileURL(`${folder}/dump.txt`).href),
    }),
    [],
  );
  const [first] = analysed ?? [];
  if (first === undefined) throw new Error(`no dump of ${folder}`);
  return { dump: first.prepared.dump, findings: first.findings };
}
