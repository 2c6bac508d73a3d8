import { filterGroups } from "../../core/group/filter.ts";
import { fieldNamed, FILTER_FIELDS, HAS_VALUES } from "../../core/group/filterFields.ts";
import { parseFilter } from "../../core/group/filterQuery.ts";
import { baseState } from "../../core/model/state.ts";
import { splitFunctionName } from "../../core/names/functionName.ts";
import { say } from "../../core/text/say.ts";
import type { FilterCompletion, FilterHelp } from "../../protocol/index.ts";
import { words } from "../base/words.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import type { TextFindings } from "../findings/analyses.ts";

/** Completions that are offered at a time. */
const COMPLETIONS = 50;
/** Different functions, labels and the like that are looked through for them. */
const LOOKED_AT = 20_000;

/** What is said of a filter for a document that is not open, or is another by now. */
export const NO_HELP: FilterHelp = { fault: null, shown: null, completions: [] };

/** What a filter that is being typed means for a text, and how it may go on at the cursor. */
export function filterHelp(text: OpenText, findings: TextFindings, filter: string, cursor: number): FilterHelp {
  const query = parseFilter(filter);
  const completions = completionsAt(text, filter.slice(0, cursor));
  if (query.kind === "malformed") return { fault: words(query.message), shown: null, completions };
  let [goroutines, of] = [0, 0];
  for (const { dump, groups, index } of text.dumps) {
    const blamed = new Set(findings[index]?.findings.flatMap(({ rows }) => [...rows]));
    const shown = filterGroups(dump, groups, query.filter, { isBlamed: (row) => blamed.has(row) });
    goroutines += shown.reduce((sum, { count }) => sum + count, 0);
    of += dump.total;
  }
  return { fault: null, shown: { goroutines, of }, completions };
}

/** How a word begins that is about one field. */
const NAMED = /^([a-z]{2,}):/i;

function completionsAt(text: OpenText, before: string): FilterCompletion[] {
  const wordStart = startOfWord(before);
  const name = NAMED.exec(before.slice(wordStart))?.[1];
  const field = name === undefined ? undefined : fieldNamed(name.toLowerCase());
  const start = wordStart + (name === undefined || field === undefined ? 0 : name.length + ":".length);
  // In the place of a name that there is not, any other may stand.
  const isUnknown = name !== undefined && field === undefined;
  const wanted = isUnknown ? "" : before.slice(start).replace(/^"/, "").toLowerCase();
  if (field === undefined) {
    return FILTER_FIELDS.filter((one) => one.field.startsWith(wanted)).map(({ field: known, example, meaning }) => ({
      start,
      text: `${known}:`,
      meaning: words(say`${meaning}, for example ${example}`),
    }));
  }
  const values = [...valuesOf(text, field)].filter((value) => value.toLowerCase().includes(wanted));
  return values.slice(0, COMPLETIONS).map((value) => ({ start, text: quoted(value), meaning: "" }));
}

/** Where the word begins that the text ends in: behind spaces that are in no quotes, `(` and `-`. */
function startOfWord(text: string): number {
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (/\s/.test(char) || (at === start && (char === "(" || char === "-")))) start = at + 1;
  }
  return start;
}

function quoted(value: string): string {
  return /[\s()"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value;
}

const functions = ({ dump }: OpenDump): readonly string[] => dump.functions;

/** What a dump has for a field; numbers are typed. */
const VALUES: ReadonlyMap<string, (open: OpenDump) => Iterable<string>> = new Map<
  string,
  (open: OpenDump) => Iterable<string>
>([
  ["state", ({ groups }) => groups.groups.map(({ state }) => baseState(state))],
  ["func", functions],
  ["created", functions],
  ["ancestor", functions],
  ["pkg", ({ dump }) => dump.functions.map((name) => splitFunctionName(name).packagePath)],
  ["file", ({ dump }) => dump.files.map((file) => file.slice(file.lastIndexOf("/") + 1))],
  ["label", ({ dump }) => dump.labelSets.flatMap((set) => set.map(([key, value]) => `${key}=${value}`))],
  ["has", () => HAS_VALUES],
]);

function valuesOf(text: OpenText, field: string): ReadonlySet<string> {
  const values = new Set<string>();
  for (const open of text.dumps) {
    for (const value of VALUES.get(field)?.(open) ?? []) {
      if (values.size < LOOKED_AT) values.add(value);
    }
  }
  return values;
}
