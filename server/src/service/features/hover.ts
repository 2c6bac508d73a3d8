import type { Hover, Position } from "vscode-languageserver-types";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import { renderRichText, type RichBlock } from "../base/richText.ts";
import { type Target, targetAt } from "../document/elementAt.ts";
import { frameHover } from "./frameHover.ts";
import type { HoverContext } from "./hoverContext.ts";
import { headerHover } from "./headerHover.ts";
import { goroutineIdHover, pointerHover } from "./idHover.ts";

/** Explains what stands at a place: a header, a frame, a `created by`, a goroutine's id, an address. */
export async function hover(
  text: OpenText,
  position: Position,
  context: HoverContext,
  token: CancellationToken,
): Promise<Hover | null> {
  const target = targetAt(text, position);
  if (target === undefined) return null;
  const blocks = await explain(text, target, context, token);
  if (blocks.length === 0) return null;
  return { contents: renderRichText(blocks, context.host.client.hoverFormat), range: target.range };
}

async function explain(
  text: OpenText,
  target: Target,
  context: HoverContext,
  token: CancellationToken,
): Promise<readonly RichBlock[]> {
  switch (target.kind) {
    case "header": {
      const { open, row } = target.section;
      return row === null ? [] : headerHover(open, row, context.findings[open.index]?.findings ?? []);
    }
    case "goroutineId":
      return goroutineIdHover(target);
    case "pointer":
      return pointerHover(text, target);
    default:
      return frameHover(text, target, context, token);
  }
}
