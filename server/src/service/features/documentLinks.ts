import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { DocumentLink } from "vscode-languageserver-types";
import type { FrameRef } from "../../protocol/index.ts";
import { readGoroutine } from "../document/textBlock.ts";
import { Turns } from "../base/turns.ts";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken, Clock } from "../base/ports.ts";
import { frameRef } from "../document/describe.ts";
import type { Sources } from "../document/sources.ts";

/** What a link carries until it is followed. */
interface LinkData {
  readonly uri: string;
  readonly frame: FrameRef;
}

/** The places of frames as links, the first `limit`; where they lead is looked up when one is followed. */
export async function documentLinks(
  text: OpenText,
  limit: number,
  clock: Clock,
  token: CancellationToken,
): Promise<DocumentLink[]> {
  const links: DocumentLink[] = [];
  const turns = new Turns(clock);
  for (const open of text.dumps) {
    for (let row = 0; row < open.dump.goroutines.length && links.length < limit; row++) {
      const block = readGoroutine(open, row);
      if (block === undefined) continue;
      for (const frame of [...block.frames, ...(block.createdBy === null ? [] : [block.createdBy])]) {
        if (frame.placeSpan === null) continue;
        const data: LinkData = { uri: text.uri, frame: frameRef(frame) };
        links.push({ range: text.ranges.range(frame.placeSpan), tooltip: words(say`Open the source`), data });
      }
      await turns.pause();
      if (token.isCancellationRequested) return [];
    }
  }
  return links.slice(0, limit);
}

/** The document a link is in; undefined: the link is not from here. */
export function linkDocument(link: DocumentLink): string | undefined {
  return linkData(link)?.uri;
}

/** Completes a link with the address it leads to, when the source is found. */
export async function resolveDocumentLink(
  text: OpenText,
  link: DocumentLink,
  sources: Sources,
  token: CancellationToken,
): Promise<DocumentLink> {
  const data = linkData(link);
  const resolution = data && (await sources.resolve(text, data.frame, token));
  if (resolution?.kind !== "found") return link;
  const { uri, range } = resolution.place;
  return { ...link, target: `${uri}#L${range.start.line + 1}` };
}

/** The data comes back from the client: it may be anything. */
function linkData({ data }: DocumentLink): LinkData | undefined {
  const { uri, frame } = (data ?? {}) as Partial<LinkData>;
  if (typeof uri !== "string" || typeof frame !== "object" || frame === null) return undefined;
  const { function: name, file, line } = frame;
  if (typeof name !== "string" || typeof file !== "string" || typeof line !== "number") return undefined;
  return { uri, frame: { function: name, file, line } };
}
