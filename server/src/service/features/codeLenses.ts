import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { CodeLens } from "vscode-languageserver-types";
import { goroutines } from "../../core/analysis/wording.ts";
import { at } from "../../core/model/column.ts";
import { NO_ID } from "../../core/model/dump.ts";
import { rowsOf } from "../../core/group/groups.ts";
import { phrases, waitOfGroup } from "../document/describe.ts";
import { CONDENSED_SCHEME, FULL_TEXT_COMMAND } from "../../protocol/index.ts";
import type { OpenText } from "../document/openText.ts";
import type { TextFindings } from "../findings/analyses.ts";
import type { ClientFeatures } from "../host/host.ts";
import { headerOf } from "../document/rowRange.ts";
import { summaryLenses } from "./summaryLenses.ts";

/** Lenses of one document. */
const LIMIT = 1000;

/** What is wrong, above the first line; above goroutines, who shares their stack, and in a condensed file their text. */
export function codeLenses(text: OpenText, findings: TextFindings, client: ClientFeatures): CodeLens[] {
  const isCondensed = text.uri.startsWith(`${CONDENSED_SCHEME}:`);
  return [
    ...summaryLenses(text, findings, client),
    ...(isCondensed ? fullTextLenses(text) : []),
    ...groupLenses(text, client.revealCommand),
  ];
}

/** Above the first goroutine of each group of several: how many share the stack. A click shows the group in the tree. */
function groupLenses(text: OpenText, revealCommand: string | null): CodeLens[] {
  const lenses: CodeLens[] = [];
  for (const open of text.dumps) {
    for (const group of open.groups.groups) {
      if (group.count < 2) break;
      if (lenses.length === LIMIT) break;
      const range = headerOf(open, rowsOf(open.groups, group)[0]!);
      const title = phrases(words(say`${goroutines(group.count)} share this stack`), waitOfGroup(group));
      const place = { uri: text.uri, range };
      lenses.push({ range, command: { title, command: revealCommand ?? "", arguments: [place] } });
    }
  }
  return lenses;
}

/** In the condensed view, above each goroutine: its text as the file has it. Only our own client has such documents. */
function fullTextLenses(text: OpenText): CodeLens[] {
  const lenses: CodeLens[] = [];
  for (const open of text.dumps) {
    const { id, length } = open.dump.goroutines;
    for (let row = 0; row < length && lenses.length < LIMIT && at(id, row) !== NO_ID; row++) {
      const command = { title: words(say`full text`), command: FULL_TEXT_COMMAND, arguments: [text.uri, at(id, row)] };
      lenses.push({ range: headerOf(open, row), command });
    }
  }
  return lenses;
}
