import {
  commands,
  l10n,
  type Location,
  Position,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BlockedOn, Place, SourceUse, TreeNode } from "../../../../server/src/protocol/index.ts";
import { Commands } from "../../ids.ts";
import { withoutIcons } from "../../model/withoutIcons.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import { showInformation } from "../../util/messages.ts";

/**
 * Lists the other uses of the channel or lock that a goroutine is blocked on, as the editor's language support for Go
 * finds them (gopls), with how many goroutines stand at each.
 */
export function registerFindOtherEnd(services: Services): void {
  registerCommand(services, Commands.findOtherEnd, async (node?: Partial<TreeNode>) => {
    const place = node?.place ?? cursorPlace(services);
    if (place === undefined) {
      void showInformation(l10n.t("The cursor is in no goroutine."));
      return;
    }
    const answer = await services.server.request("blockedOn", { uri: place.uri, position: place.range.start });
    if (answer.kind === "none") {
      void showInformation(answer.reason);
      return;
    }
    const operand = await chooseOperand(answer.operands);
    if (operand !== undefined) await showUses(services, operand);
  });
}

function cursorPlace({ activeDump }: Services): Place | undefined {
  const { uri, cursor } = activeDump;
  if (uri === undefined || cursor === undefined) return undefined;
  const { line, character } = cursor;
  return { uri: uri.toString(), range: { start: { line, character }, end: { line, character } } };
}

/** A `select` waits for several channels: the user says which one. */
async function chooseOperand(operands: readonly BlockedOn[]): Promise<BlockedOn | undefined> {
  if (operands.length <= 1) return operands[0];
  const items = operands.map((operand) => ({ label: operand.text, description: operand.does, operand }));
  const picked = await window.showQuickPick(items, { title: l10n.t("Which channel?") });
  return picked?.operand;
}

async function showUses({ server }: Services, operand: BlockedOn): Promise<void> {
  const uri = Uri.parse(operand.place.uri);
  const { line, character } = operand.place.range.start;
  const position = new Position(line, character);
  // Language support for Go starts with the first Go document.
  await workspace.openTextDocument(uri);
  const found = await commands.executeCommand<Location[]>("vscode.executeReferenceProvider", uri, position);
  if (found === undefined || found.length === 0) return offerTextSearch(operand);
  const { uses } = await server.request("describeUses", { places: found.map(toPlace) });
  const all = { label: l10n.t("Show all in the editor's list of references") };
  const items = [...uses.map(useItem), { label: "", kind: QuickPickItemKind.Separator }, all];
  const title = l10n.t("Uses of {0}: a goroutine {1} it", operand.text, operand.does);
  const picked = await window.showQuickPick<QuickPickItem & { readonly use?: SourceUse }>(items, {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === all) await commands.executeCommand("editor.action.showReferences", uri, position, found);
  else if (picked?.use !== undefined) await openUse(picked.use);
}

function toPlace({ uri, range: { start, end } }: Location): Place {
  return {
    uri: uri.toString(),
    range: {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    },
  };
}

function useItem(use: SourceUse): QuickPickItem & { readonly use: SourceUse } {
  const { place, does, lineText, standing } = use;
  const line = place.range.start.line + 1;
  return {
    label: withoutIcons(lineText),
    description: `${does} · ${workspace.asRelativePath(Uri.parse(place.uri))}:${line}`,
    ...(standing !== "" && { detail: withoutIcons(standing) }),
    use,
  };
}

async function openUse({ place: { uri, range } }: SourceUse): Promise<void> {
  const { line, character } = range.start;
  await window.showTextDocument(Uri.parse(uri), { selection: new Range(line, character, line, character) });
}

/** Without language support for Go nothing knows what a name means: only texts that look alike can be found. */
async function offerTextSearch({ text }: BlockedOn): Promise<void> {
  const name = text.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu)?.at(-1) ?? text;
  const search = l10n.t("Search for the Text");
  const answer = await showInformation(
    l10n.t(
      "No references of {0} were found. They come from the editor's support for Go: install the Go extension with gopls. A text search finds what merely has the same name.",
      text,
    ),
    search,
  );
  if (answer !== search) return;
  await commands.executeCommand("workbench.action.findInFiles", {
    query: name,
    isCaseSensitive: true,
    matchWholeWord: true,
    filesToInclude: "*.go",
    triggerSearch: true,
  });
}
