import type { CodeLens } from "vscode-languageserver-types";
import { goroutines } from "../../core/findings/wording.ts";
import { rowsOf } from "../../core/group/groups.ts";
import { phrases, waitOfGroup } from "../describe.ts";
import type { OpenText } from "../openText.ts";
import { headerOf } from "../rowRange.ts";

/** Lenses of one document. */
const LIMIT = 1000;

/** Above the first goroutine of each group of several: how many share the stack. A click shows the group in the tree. */
export function codeLenses(text: OpenText, revealCommand: string | null): CodeLens[] {
  const lenses: CodeLens[] = [];
  for (const open of text.dumps) {
    for (const group of open.groups.groups) {
      if (group.count < 2) break;
      if (lenses.length === LIMIT) return lenses;
      const range = headerOf(open, rowsOf(open.groups, group)[0]!);
      const title = phrases(`${goroutines(group.count)} share this stack`, waitOfGroup(group));
      const place = { uri: text.uri, range };
      lenses.push({ range, command: { title, command: revealCommand ?? "", arguments: [place] } });
    }
  }
  return lenses;
}
