import { l10n, Range, type TextDocumentShowOptions, type TextEditor, TextEditorRevealType, Uri, window } from "vscode";
import type { Place, SiblingParams, TreeNode } from "../../../server/src/protocol/index.ts";
import { Commands, languageId } from "../ids.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";

/** Ways within the dump: from one goroutine to the next with the same stack, and from a node of the tree to its text. */
export function registerNavigation(services: Services): void {
  registerCommand(services, Commands.nextInGroup, () => goToSibling(services, "next"));
  registerCommand(services, Commands.previousInGroup, () => goToSibling(services, "previous"));
  registerCommand(services, Commands.openInDump, async (node: TreeNode) => {
    if (node.place !== null) {
      await openPlace(node.place);
    }
  });
}

async function goToSibling({ server }: Services, direction: SiblingParams["direction"]): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== languageId) {
    return;
  }
  const { line, character } = editor.selection.active;
  const uri = editor.document.uri.toString();
  const place = await server.request("sibling", { uri, position: { line, character }, direction });
  if (place === null) {
    window.setStatusBarMessage(l10n.t("No other goroutine here has this stack"), 5000);
  } else {
    await openPlace(place);
  }
}

/** How many places were asked for in this window. */
let asked = 0;

/** Whether no other place was asked for since: an answer that comes late must not take the editor from where one is. */
export function askForPlace(): () => boolean {
  const own = ++asked;
  return () => own === asked;
}

/** Shows a place of a dump. */
export async function openPlace(
  place: Place,
  options: Pick<TextDocumentShowOptions, "preserveFocus"> = {},
): Promise<TextEditor> {
  askForPlace();
  const { line, character } = place.range.start;
  const selection = new Range(line, character, line, character);
  const editor = await window.showTextDocument(Uri.parse(place.uri), { ...options, selection });
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}
