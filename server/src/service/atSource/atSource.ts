import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Position } from "vscode-languageserver-types";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type {
  BlockedOnResult,
  DescribeUsesResult,
  Place,
  SourceFindingsResult,
  SourcePlacesResult,
  SourceVersionResult,
} from "../../protocol/index.ts";
import type { AnalysedTexts } from "../findings/analyses.ts";
import type { DumpCache } from "../document/dumpCache.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import type { CancellationToken } from "../base/ports.ts";
import type { Sources } from "../document/sources.ts";
import { blockedOn } from "./blockedOn.ts";
import { describeUses } from "./describeUses.ts";
import { sourceFindings } from "./sourceFindings.ts";
import { sourcePlaces } from "./sourcePlaces.ts";

/** The open dumps as the source shows them: who stands at which of its lines, and what is wrong there. */
export interface AtSource {
  /** Where the goroutines of some open documents stand in a source file. */
  places(documents: readonly TextDocument[], sourceUri: string, token: CancellationToken): Promise<SourcePlacesResult>;
  /** Null: the source file is of no other version than the document's program was built with. */
  version(document: TextDocument, sourceUri: string, token: CancellationToken): Promise<SourceVersionResult>;
  findings(document: TextDocument, token: CancellationToken): Promise<SourceFindingsResult>;
  blockedOn(document: TextDocument, position: Position, token: CancellationToken): Promise<BlockedOnResult>;
  /** What happens at places of the source, and which goroutines of the documents stand there. */
  describeUses(
    documents: readonly TextDocument[],
    places: readonly Place[],
    token: CancellationToken,
  ): Promise<DescribeUsesResult>;
}

/** Makes this part of the language service of the parts it shares with the rest. */
export function createAtSource(
  host: LanguageServiceHost,
  {
    cache,
    sources,
    analyses,
  }: { readonly cache: DumpCache; readonly sources: Sources; readonly analyses: AnalysedTexts },
): AtSource {
  async function placesIn(documents: readonly TextDocument[], sourceUri: string, token: CancellationToken) {
    const texts = await Promise.all(documents.map((document) => cache.get(document, token)));
    const open = texts.filter((text) => text !== undefined);
    return sourcePlaces(open, sourceUri, sources, token);
  }
  return {
    places: async (documents, sourceUri, token) => ({ places: await placesIn(documents, sourceUri, token) }),
    version: async (document, sourceUri, token) => {
      const text = await cache.get(document, token);
      return text === undefined ? null : sources.version(text, sourceUri, token);
    },
    findings: async (document, token) => {
      const text = await cache.get(document, token);
      if (text === undefined) return { findings: [] };
      const context = {
        settings: await host.settings(text.uri),
        findings: await analyses.of(text),
        sources,
        client: host.client,
      };
      return { findings: await sourceFindings(text, context, token) };
    },
    blockedOn: async (document, position, token) => {
      const text = await cache.get(document, token);
      return text === undefined
        ? { kind: "none", reason: words(say`The dump has changed.`) }
        : blockedOn(text, position, sources, token);
    },
    describeUses: async (documents, places, token) => {
      const context = { files: host.fileSystem, places: (uri: string) => placesIn(documents, uri, token) };
      return { uses: await describeUses(places, context) };
    },
  };
}
