import { decodeUtf8 } from "../../core/text/utf8.ts";
import type { Place, SourcePlace, SourceUse } from "../../protocol/index.ts";
import type { FileSystem } from "../base/ports.ts";
import { MAX_SOURCE_BYTES } from "../locator/fileTree.ts";
import { useOfName } from "../golang/use.ts";
import { append } from "../../core/lists.ts";

/** Uses described; a name with more is no lead. */
const LIMIT = 500;

/** What describing needs of the host. */
export interface UsesContext {
  readonly files: FileSystem;
  /** Where goroutines stand in a source file. */
  places(sourceUri: string): Promise<readonly SourcePlace[]>;
}

/** What happens at the places where a name is used, and who stands there: those where most goroutines stand first. */
export async function describeUses(places: readonly Place[], context: UsesContext): Promise<SourceUse[]> {
  const byFile = new Map<string, Place[]>();
  for (const place of places.slice(0, LIMIT)) byFile.set(place.uri, [...(byFile.get(place.uri) ?? []), place]);
  const uses: SourceUse[] = [];
  for (const [uri, inFile] of byFile) append(uses, await usesInFile(uri, inFile, context));
  return uses.sort((left, right) => right.count - left.count || weight(right) - weight(left));
}

/** What can wake a goroutine, or keep it waiting, comes before what merely names the channel or lock. */
function weight({ does }: SourceUse): number {
  return /^(?:sends|receives|closes|ranges)|(?:[Ll]ock|Wait|Done|Add|Signal|Broadcast) of$/.test(does) ? 1 : 0;
}

async function usesInFile(uri: string, places: readonly Place[], context: UsesContext): Promise<SourceUse[]> {
  const bytes = uri.endsWith(".go") ? await context.files.readFile(uri, MAX_SOURCE_BYTES) : undefined;
  if (bytes === undefined) return [];
  const source = decodeUtf8(bytes);
  const lines = source.split(/\r?\n/);
  const standing = await context.places(uri);
  return places.map((place) => {
    const { line, character } = place.range.start;
    const here = standing.find((one) => one.line === line);
    return {
      place,
      does: useOfName(source, line, character),
      lineText: (lines[line] ?? "").trim(),
      count: here?.count ?? 0,
      standing: here?.title ?? "",
    };
  });
}
