import { words } from "../base/words.ts";
import { shortFunctionName } from "../../core/names/functionName.ts";
import { say } from "../../core/text/say.ts";
import { clip, visible } from "../../core/text/visible.ts";
import { type CodeAction, CodeActionKind, type Diagnostic } from "vscode-languageserver-types";
import type { Finding } from "../../core/findings/finding.ts";
import { formatIgnore, type IgnoreEntry, parseIgnore } from "../../core/findings/ignore.ts";
import { at } from "../../core/model/column.ts";
import type { Dump } from "../../core/model/dump.ts";
import { stackOf } from "../../core/model/stack.ts";
import type { TextFindings } from "../findings/analyses.ts";
import { titleFrame } from "../document/describe.ts";
import type { ClientFeatures } from "../host/host.ts";
import type { OpenText } from "../document/openText.ts";
import { insertLines } from "./insertLines.ts";
import type { FolderIgnore } from "../findings/ignoreFiles.ts";

/** Entries one fix writes; a finding of more stacks is no single thing that is expected. */
const MAX_ENTRIES = 10;
/** Characters of a function's name in the title of a fix. */
const NAME_LIMIT = 60;

const NEW_FILE = [
  "# Goroutines that are meant to be as they are: one entry a line, in goleak's words.",
  "#   top-function NAME | any-function NAME | created-by NAME, then rule=RULE for one rule only",
];

/** What the quick fixes need besides the document. */
export interface IgnoreActionsContext {
  readonly findings: TextFindings;
  /** The ignore file that is written; undefined without a workspace. */
  readonly folder: FolderIgnore | undefined;
  readonly client: ClientFeatures;
}

/** Quick fixes that put what a diagnostic blames on the list of what is expected. */
export function ignoreActions(
  text: OpenText,
  diagnostics: readonly Diagnostic[],
  { findings, folder, client }: IgnoreActionsContext,
): CodeAction[] {
  if (folder === undefined || folder.text === null) return [];
  return diagnostics.flatMap((diagnostic) => {
    for (const { dump, index } of text.dumps) {
      const finding = findings[index]?.findings.find((one) => isShownAs(one, diagnostic));
      if (finding !== undefined) return actionsFor(dump, finding, diagnostic, folder, client);
    }
    return [];
  });
}

/** Some clients do not give a diagnostic's data back: rule and line tell as well. */
function isShownAs({ rule, dumpLine }: Finding, { code, range }: Diagnostic): boolean {
  return rule === code && dumpLine === range.start.line;
}

function actionsFor(
  dump: Dump,
  finding: Finding,
  diagnostic: Diagnostic,
  folder: FolderIgnore,
  client: ClientFeatures,
): CodeAction[] {
  const stacks = [...new Set([...finding.rows].map((row) => at(dump.goroutines.stack, row)))].map((id) =>
    stackOf(dump, id),
  );
  const offers = [
    {
      one: (name: string) => say`Expected: ignore goroutines in ${name}`,
      many: (name: string, more: number) => say`Expected: ignore goroutines in ${name} and ${more} more functions`,
      kind: "top-function",
      names: stacks.map((stack) => titleFrame(stack)?.function),
    },
    {
      one: (name: string) => say`Expected: ignore goroutines started by ${name}`,
      many: (name: string, more: number) =>
        say`Expected: ignore goroutines started by ${name} and ${more} more functions`,
      kind: "created-by",
      names: stacks.map(({ createdBy }) => createdBy?.function),
    },
  ] as const;
  return offers.flatMap(({ one: single, many, kind, names }) => {
    const [first = "", ...more] = new Set(names);
    const entries = [first, ...more].map((name) => entryFor(kind, name));
    const isOffered = entries.length > 0 && entries.length <= MAX_ENTRIES && entries.every((one) => one !== undefined);
    if (!isOffered) return [];
    const shown = clip(shortFunctionName(first), NAME_LIMIT);
    const title = visible(words(more.length === 0 ? single(shown) : many(shown, more.length)));
    const lines = [...(folder.text === undefined ? NEW_FILE : []), ...entries];
    const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
    action.edit = insertLines(folder, lines, client);
    if (client.saveCommand !== null) {
      action.command = { title: words(say`Save`), command: client.saveCommand, arguments: [folder.uri] };
    }
    return [action];
  });
}

/** The line to write; undefined when no line can say it, whatever the dump calls its functions. */
function entryFor(kind: IgnoreEntry["kind"], name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const line = formatIgnore({ kind, name, rule: null });
  const [entry, ...others] = parseIgnore(line, []).entries;
  return others.length === 0 && entry?.name === name && !/^\*|\*$/.test(name) ? line : undefined;
}
