import type { FileSystem } from "../../server/src/service/base/ports.ts";
import type { SourceFrame } from "../../server/src/service/locator/located.ts";
import { createSourceLocator, type SourceLocator } from "../../server/src/service/locator/sourceLocator.ts";
import { type BuiltSource, findBuiltSource } from "../../server/src/service/revision/builtSource.ts";
import { MemoryFileSystem, neverCancelled, silentLogger } from "./memoryFileSystem.ts";
import { MemoryHistory } from "./memoryHistory.ts";
import type { Release } from "./releases.ts";

/** A workspace at `/repo` that is a repository. */
interface Repository {
  /** What the working tree has. */
  readonly today: Release;
  /** Its releases, the oldest first; undefined: nobody may ask git. */
  readonly history: readonly Release[] | undefined;
  /** The revision that the user has named. */
  readonly wanted?: string | undefined;
}

/** What is found out of where frames come from, and the source as it is today. */
export async function builtInRepository(
  frames: readonly SourceFrame[],
  { today, history, wanted }: Repository,
): Promise<BuiltSource & { readonly today: SourceLocator }> {
  const files = [...today.files].map(([path, text]) => [`/repo/${path}`, text] as const);
  const fileSystem = new MemoryFileSystem(Object.fromEntries(files));
  const host = {
    fileSystem,
    folders: ["file:///repo"],
    locator: locatorOver(fileSystem),
    locatorOver,
    ...(history && { openHistory: async () => new MemoryHistory(history) }),
    clock: { now: () => 0 },
  };
  const dump = { frames, context: { goVersion: null, frames }, readHead: async () => "", wanted };
  const source = await findBuiltSource(dump, host, neverCancelled);
  if (!source) throw new Error("nobody has cancelled it");
  return { ...source, today: host.locator };
}

function locatorOver(fileSystem: FileSystem): SourceLocator {
  return createSourceLocator({
    fileSystem,
    logger: silentLogger,
    folders: [{ uri: "file:///repo", name: "repo" }],
    settings: { sourceMap: [], trusted: true },
  });
}
