import { at } from "../model/column.ts";
import { type Dump, type Label, NO_WAIT } from "../model/dump.ts";
import { stackOf } from "../model/stack.ts";
import { splitFunctionName } from "../names/functionName.ts";
import type { FilterTerm } from "./filterQuery.ts";
import { type Group, type GroupTable, rowsOf } from "./groups.ts";

/** A group and the rows of it that pass a filter. */
export interface FilteredGroup {
  readonly group: Group;
  /** In the order of the text; at least one. */
  readonly rows: Uint32Array;
  /** Goroutines let through: the sum of their weights. */
  readonly count: number;
}

/**
 * The groups that hold a goroutine for which all terms hold, in their order. What goroutines of one group share is
 * looked at once a group, the rest once a goroutine.
 */
export function filterGroups(dump: Dump, table: GroupTable, terms: readonly FilterTerm[]): FilteredGroup[] {
  const filtered: FilteredGroup[] = [];
  for (const group of table.groups) {
    const open = undecided(dump, group, terms);
    if (open === undefined) continue;
    const all = rowsOf(table, group);
    const rows = open.length === 0 ? all : all.filter((row) => open.every((term) => holdsForRow(dump, row, term)));
    if (rows.length > 0) filtered.push({ group, rows, count: rows === all ? group.count : weigh(dump, rows) });
  }
  return filtered;
}

function weigh({ goroutines: { weight } }: Dump, rows: Uint32Array): number {
  return weight === null ? rows.length : rows.reduce((sum, row) => sum + at(weight, row), 0);
}

/** The terms that depend on the goroutine; undefined when a term holds for none of the group. */
function undecided(dump: Dump, group: Group, terms: readonly FilterTerm[]): FilterTerm[] | undefined {
  const words = wordsOf(dump, group);
  const open: FilterTerm[] = [];
  for (const term of terms) {
    const answer = holdsForGroup(dump, group, words, term);
    if (answer === undefined) open.push(term);
    else if (answer === term.isNegated) return undefined;
  }
  return open;
}

/** What a group shows to text terms, in lower case. */
interface Words {
  readonly functions: readonly string[];
  readonly packages: readonly string[];
  readonly files: readonly string[];
  readonly created: string;
}

function wordsOf(dump: Dump, { stack }: Group): Words {
  const { frames, createdBy } = stackOf(dump, stack);
  const all = createdBy === null ? frames : [...frames, createdBy];
  return {
    functions: frames.map((frame) => frame.function.toLowerCase()),
    packages: frames.map((frame) => splitFunctionName(frame.function).packagePath.toLowerCase()),
    files: all.map(({ file, line }) => `${file ?? ""}:${line ?? ""}`.toLowerCase()),
    created: createdBy?.function.toLowerCase() ?? "",
  };
}

/** Whether the term's condition holds for all goroutines of the group (true), for none (false), or it depends. */
function holdsForGroup(
  dump: Dump,
  group: Group,
  words: Words,
  { field, text, spans }: FilterTerm,
): boolean | undefined {
  const isIn = (value: string) => value.includes(text);
  switch (field) {
    case "state":
      return isIn(group.state.toLowerCase());
    case "func":
      return words.functions.some(isIn);
    case "pkg":
      return words.packages.some(isIn);
    case "file":
      return words.files.some(isIn);
    case "created":
      return isIn(words.created) || (/^\d+$/.test(text) ? undefined : false);
    case "count":
      return spans.some(({ least, most }) => group.count >= least && group.count <= most);
    case "any": {
      const isShared = [group.state.toLowerCase(), words.created, ...words.functions, ...words.files].some(isIn);
      return isShared || (dump.labelSets.length > 1 ? undefined : false);
    }
    default:
      return undefined;
  }
}

function holdsForRow(dump: Dump, row: number, term: FilterTerm): boolean {
  return conditionForRow(dump, row, term) !== term.isNegated;
}

function conditionForRow({ goroutines, labelSets }: Dump, row: number, { field, text, spans }: FilterTerm): boolean {
  const isWithin = (value: number) => spans.some(({ least, most }) => value >= least && value <= most);
  switch (field) {
    case "id":
      return isWithin(at(goroutines.id, row));
    case "wait": {
      // A header without minutes has waited for less than one, as far as it says.
      const wait = at(goroutines.wait, row);
      return isWithin(wait === NO_WAIT ? 0 : wait);
    }
    case "created":
      return at(goroutines.creator, row) === Number(text);
    default:
      return hasLabel(labelSets[at(goroutines.labels, row)] ?? [], text);
  }
}

/** `key=value` wants that key and a value that holds the text; else key or value hold it. */
function hasLabel(labels: readonly Label[], text: string): boolean {
  return labels.some(([key, value]) => `${key}=${value}`.toLowerCase().includes(text));
}
