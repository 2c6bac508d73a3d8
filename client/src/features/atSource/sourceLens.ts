import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  Hover,
  type HoverProvider,
  l10n,
  languages,
  MarkdownString,
  Range,
  type TextDocument,
  workspace,
} from "vscode";
import type { SourceGroup, SourcePlace } from "../../../../server/src/protocol/index.ts";
import { Commands, goLanguageId, Settings, settingsSection } from "../../ids.ts";
import { withoutIcons } from "../../model/withoutIcons.ts";
import type { SourceMarks } from "./sourceMarks.ts";

/** Says above a line of Go how many goroutines stand there; a click shows the largest group in the tree. */
export function registerSourceLens(marks: SourceMarks): Disposable[] {
  const lenses: CodeLensProvider = {
    onDidChangeCodeLenses: marks.onDidChange,
    provideCodeLenses: async (document, token) =>
      isWanted(document) ? (await marks.of(document, token)).map(codeLens) : [],
  };
  const hovers: HoverProvider = {
    provideHover: async (document, { line }, token) => {
      const places = isWanted(document) ? await marks.of(document, token) : [];
      const here = places.find((place) => place.line === line);
      return here === undefined ? undefined : hover(here);
    },
  };
  return [
    languages.registerCodeLensProvider({ language: goLanguageId }, lenses),
    languages.registerHoverProvider({ language: goLanguageId }, hovers),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${settingsSection}.${Settings.sourceLens}`)) marks.forget();
    }),
  ];
}

function isWanted(document: TextDocument): boolean {
  return workspace.getConfiguration(settingsSection, document.uri).get<boolean>(Settings.sourceLens, true);
}

function codeLens({ line, title, groups }: SourcePlace): CodeLens {
  const range = new Range(line, 0, line, 0);
  const [largest] = groups;
  return new CodeLens(range, {
    title: withoutIcons(title),
    tooltip: l10n.t("Show in the tree of goroutines"),
    command: Commands.revealInTree,
    arguments: largest === undefined ? [] : [largest.place],
  });
}

/** The groups as a list. What they say of the dump is text; only the links are markup, and lead to one command. */
function hover({ line, lineText, title, groups, moreGroups }: SourcePlace): Hover {
  const text = new MarkdownString();
  text.isTrusted = { enabledCommands: [Commands.revealInTree] };
  text.appendText(title);
  for (const group of groups) appendGroup(text, group);
  if (moreGroups > 0) text.appendMarkdown("\n\n").appendText(l10n.t("More stacks: {0}", moreGroups));
  return new Hover(text, new Range(line, 0, line, lineText.length));
}

function appendGroup(text: MarkdownString, { text: label, place }: SourceGroup): void {
  const argument = encodeURIComponent(JSON.stringify([place]));
  text.appendMarkdown("\n\n- ").appendText(label.replace(/\s+/g, " "));
  text.appendMarkdown(` [${l10n.t("Show")}](command:${Commands.revealInTree}?${argument})`);
}
