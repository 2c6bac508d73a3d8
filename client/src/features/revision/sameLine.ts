import {
  CodeLens,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  type TextEditor,
  TextEditorSelectionChangeKind,
  Uri,
  window,
} from "vscode";
import type { SameLineResult } from "../../../../server/src/protocol/index.ts";
import { Commands, revisionScheme } from "../../ids.ts";
import { fileName } from "../../model/fileName.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import { showInformation } from "../../util/messages.ts";

/**
 * The way from a line of a revision to today's file: a lens above the line that somebody was led to, and a command for the
 * line of the cursor.
 */
export function registerSameLine(services: Services): void {
  const { context, server } = services;
  const changed = new EventEmitter<void>();
  /** Line that was led to, by document. */
  const lines = new Map<string, number>();
  const lead = (editor: TextEditor | undefined): void => {
    if (editor?.document.uri.scheme !== revisionScheme) return;
    lines.set(editor.document.uri.toString(), editor.selection.active.line);
    changed.fire();
  };
  const sameLine = (uri: string, line: number): Promise<SameLineResult> => server.request("sameLine", { uri, line });
  const lenses = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async ({ uri }: TextDocument): Promise<CodeLens[]> => {
      const line = lines.get(uri.toString());
      return line === undefined ? [] : [lensOf(line, await sameLine(uri.toString(), line))];
    },
  };
  context.subscriptions.push(
    changed,
    languages.registerCodeLensProvider({ scheme: revisionScheme }, lenses),
    window.onDidChangeActiveTextEditor(lead),
    window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      // A lens that followed the cursor would move the lines below it.
      if (kind === TextEditorSelectionChangeKind.Command || kind === undefined) lead(textEditor);
    }),
  );
  // The lens names its line; the button and the palette mean that of the cursor.
  registerCommand(services, Commands.openToday, async (line: unknown) => {
    const { document, selection } = window.activeTextEditor ?? {};
    if (document?.uri.scheme !== revisionScheme || selection === undefined) return;
    const result = await sameLine(document.uri.toString(), typeof line === "number" ? line : selection.active.line);
    if (result.place === null || result.kind !== "same") void showInformation(describe(result));
    if (result.place !== null) await open(result.place);
  });
}

async function open({ uri, range: { start } }: NonNullable<SameLineResult["place"]>): Promise<void> {
  const selection = new Range(start.line, start.character, start.line, start.character);
  await window.showTextDocument(Uri.parse(uri), { selection, preview: false });
}

function lensOf(line: number, result: SameLineResult): CodeLens {
  return new CodeLens(new Range(line, 0, line, 0), {
    title: describe(result),
    command: result.place === null ? "" : Commands.openToday,
    arguments: [line],
  });
}

/** What has become of a line. */
function describe({ kind, place, isMoved }: SameLineResult): string {
  const line = (place?.range.start.line ?? 0) + 1;
  if (place !== null && isMoved) return describeMoved(kind, fileName(Uri.parse(place.uri).path), line);
  switch (kind) {
    case "same":
      return l10n.t("Same place in today's file: line {0}", line);
    case "changed":
      return l10n.t("The line has changed since: line {0} of today's file", line);
    case "gone":
      return l10n.t("The line is gone: it stood before line {0} of today's file", line);
    case "noFile":
      return l10n.t("Today there is no such file.");
    case "unknown":
      return l10n.t("Today's file has too little in common with this one.");
  }
}

function describeMoved(kind: SameLineResult["kind"], file: string, line: number): string {
  if (kind === "same") return l10n.t("Moved to {0}, line {1}", file, line);
  if (kind === "changed") return l10n.t("Moved to {0}, where line {1} has taken its place", file, line);
  return l10n.t("The line is gone: what stood around it has moved to {0}, line {1}", file, line);
}
