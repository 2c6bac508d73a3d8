import type { Hover, Position } from "vscode-languageserver-types";
import type { LanguageServiceHost } from "../host.ts";
import type { OpenText } from "../openText.ts";
import type { CancellationToken } from "../ports.ts";
import { renderRichText } from "../richText.ts";
import type { Settings } from "../settings.ts";
import type { Sources } from "../sources.ts";
import { targetAt } from "../target.ts";
import { frameHover } from "./frameHover.ts";
import { headerHover } from "./headerHover.ts";
import { goroutineIdHover, pointerHover } from "./idHover.ts";

/** What the hover needs besides the document. */
export interface HoverContext {
  readonly host: LanguageServiceHost;
  readonly sources: Sources;
  readonly settings: Settings;
}

/** Explains what stands at a place: a header, a frame, a `created by`, a goroutine's id, an address. */
export async function hover(
  text: OpenText,
  position: Position,
  context: HoverContext,
  token: CancellationToken,
): Promise<Hover | null> {
  const target = targetAt(text, position);
  if (target === undefined) return null;
  const blocks =
    target.kind === "header"
      ? headerHover(target, context.settings)
      : target.kind === "goroutineId"
        ? goroutineIdHover(target)
        : target.kind === "pointer"
          ? pointerHover(text, target)
          : await frameHover(text, target, context, token);
  return { contents: renderRichText(blocks, context.host.client.hoverFormat), range: target.range };
}
