import type { LocationLink, Position } from "vscode-languageserver-types";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import { rangeOfRow } from "../document/rowRange.ts";
import type { Sources } from "../document/sources.ts";
import { type Target, targetAt } from "../document/elementAt.ts";

/**
 * Where a place of the dump leads: a frame and a `created by` to their source, the id in `in goroutine 7` to that
 * goroutine's header. Empty where it leads nowhere, or the source cannot be told for sure.
 */
export async function definition(
  text: OpenText,
  position: Position,
  sources: Sources,
  token: CancellationToken,
): Promise<LocationLink[]> {
  const target = targetAt(text, position);
  if (target === undefined) return [];
  if (target.kind === "goroutineId") return goroutineLink(text, target, target.id);
  if (target.kind === "header") return [];
  const located = await sources.resolve(text, target.frame, token);
  if (located?.kind !== "found") return [];
  const { uri, range } = located.place;
  return [{ originSelectionRange: target.range, targetUri: uri, targetRange: range, targetSelectionRange: range }];
}

function goroutineLink(text: OpenText, { section: { open }, range }: Target, id: number): LocationLink[] {
  const row = open.rowOfId(id);
  if (row < 0) return [];
  const goroutine = rangeOfRow(open, row);
  return [
    {
      originSelectionRange: range,
      targetUri: text.uri,
      targetRange: goroutine.range,
      targetSelectionRange: goroutine.selectionRange,
    },
  ];
}
