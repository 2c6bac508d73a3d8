import { pathToFileURL } from "node:url";
import { DEFAULT_CONTEXT } from "../../server/src/core/analysis/context.ts";
import { runToEnd } from "../../server/src/core/steps.ts";
import { AnyReader } from "../../server/src/formats/anyReader.ts";
import { nodeFileSystem } from "../../server/src/node/nodeFileSystem.ts";
import { contextOf } from "../../server/src/node/cliSources.ts";
import { analyseDumps } from "../../server/src/service/analysis/analyseDump.ts";
import { framesOfDump } from "../../server/src/service/locator/framesOfDump.ts";
import { createSourceLocator } from "../../server/src/service/locator/sourceLocator.ts";
import { readBuiltFacts } from "../../server/src/service/revision/builtFacts.ts";
import { findBuiltSource } from "../../server/src/service/revision/builtSource.ts";
import type { FileSystem } from "../../server/src/service/base/ports.ts";
import type { Analysed } from "./analyse.ts";
import { neverCancelled, silentLogger } from "./memoryFileSystem.ts";

/** The dump of a text, analysed with the sources below a folder alone: what Go is installed here makes no difference. */
export async function analyseWithSource(text: Uint8Array, folder: string): Promise<Analysed> {
  const reader = new AnyReader();
  reader.push(text);
  const uri = pathToFileURL(folder).href;
  const locatorOver = (fileSystem: FileSystem) =>
    createSourceLocator({
      fileSystem,
      logger: silentLogger,
      folders: [{ uri, name: "service" }],
      settings: { sourceMap: [], trusted: true },
    });
  const clock = { now: () => Date.now() };
  const host = { fileSystem: nodeFileSystem, folders: [uri], locator: locatorOver(nodeFileSystem), locatorOver, clock };
  const analysed = await analyseDumps(
    reader.end().dumps.map((dump) => ({ dump })),
    {
      run: (steps) => Promise.resolve(runToEnd(steps)),
      readSpans: (spans) => Promise.resolve(spans.map(({ start, end }) => text.subarray(start, end))),
    },
    async ({ dump, groups }) => {
      const context = contextOf(dump, `${uri}/dump.txt`);
      const sourced = { frames: framesOfDump(dump), context, readHead: async () => "", wanted: undefined };
      const built = await findBuiltSource(sourced, host, neverCancelled);
      const source = built ? await readBuiltFacts(dump, groups.groups, built, context, neverCancelled) : null;
      return { ...DEFAULT_CONTEXT, source };
    },
    [],
  );
  const [first] = analysed ?? [];
  if (first === undefined) throw new Error(`no dump of ${folder}`);
  return { dump: first.prepared.dump, findings: first.findings };
}
