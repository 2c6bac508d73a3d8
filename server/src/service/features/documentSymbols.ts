import { words } from "../base/words.ts";
import { type Message, say } from "../../core/text/say.ts";
import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import { goroutines } from "../../core/analysis/wording.ts";
import { type Group, rowsOf } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { goroutineTitle, phrases, stackTitle, waitOfGroup, waitOfRow } from "../document/describe.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import { rangeOfRow } from "../document/rowRange.ts";
import { visible } from "../../core/text/visible.ts";

/** Goroutines listed below one group: the outline is for finding places, the tree for looking through all of them. */
const GOROUTINES_OF_GROUP = 100;

/** UTF-16 units of a name. */
const NAME_LIMIT = 500;

/** Counts down what may still be sent. */
interface Budget {
  left: number;
}

/**
 * The outline: dumps (when there are several), in them groups with most goroutines first, in them goroutines. Of long
 * lists the first ones, and a last symbol that says how many are left out; not many more than `limit` symbols in all.
 */
export function documentSymbols(text: OpenText, limit: number): DocumentSymbol[] {
  const budget = { left: limit };
  const [only, ...others] = text.dumps;
  if (only !== undefined && others.length === 0) return groupSymbols(only, budget);
  return withinBudget(text.dumps, budget, say`dumps`, (open) => dumpSymbol(open, budget));
}

function dumpSymbol(open: OpenDump, budget: Budget): DocumentSymbol {
  const { startLine, endLine, total, time } = open.dump;
  return {
    name: words(say`Dump ${open.index + 1}`),
    detail: phrases(words(goroutines(total)), time ?? ""),
    kind: SymbolKind.Module,
    range: open.ranges.linesRange(startLine, Math.max(startLine, endLine - 1)),
    selectionRange: open.ranges.lineRange(startLine),
    children: groupSymbols(open, budget),
  };
}

function groupSymbols(open: OpenDump, budget: Budget): DocumentSymbol[] {
  return withinBudget(open.groups.groups, budget, say`groups`, (group) => groupSymbol(open, group, budget));
}

/** A group of one is its goroutine. */
function groupSymbol(open: OpenDump, group: Group, budget: Budget): DocumentSymbol {
  const rows = rowsOf(open.groups, group);
  const title = `${group.state}  ${stackTitle(open.dump, group.stack)}`;
  if (rows.length === 1) return goroutineSymbol(open, rows[0]!, `${goroutineTitle(open.dump, rows[0]!)}  ${title}`);
  const shown = Array.from(rows.subarray(0, GOROUTINES_OF_GROUP));
  const children = withinBudget(shown, budget, say`goroutines`, (row) =>
    goroutineSymbol(open, row, goroutineTitle(open.dump, row)),
  );
  if (rows.length > shown.length)
    children.push(restSymbol(children.at(-1), rows.length - shown.length, say`goroutines`));
  const { range, selectionRange } = rangeOfRow(open, rows[0]!);
  const name = visible(`${group.count}x ${title}`, NAME_LIMIT);
  return { name, detail: waitOfGroup(group), kind: SymbolKind.Namespace, range, selectionRange, children };
}

function goroutineSymbol(open: OpenDump, row: number, name: string): DocumentSymbol {
  const kind = at(open.dump.goroutines.id, row) === 1 ? SymbolKind.Method : SymbolKind.Function;
  return { name: visible(name, NAME_LIMIT), detail: waitOfRow(open.dump, row), kind, ...rangeOfRow(open, row) };
}

/** Makes a symbol of each item as long as the budget lasts, and one that says what is left out. */
function withinBudget<T>(
  items: readonly T[],
  budget: Budget,
  noun: Message,
  toSymbol: (item: T) => DocumentSymbol,
): DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  for (const item of items) {
    if (budget.left <= 0) {
      symbols.push(restSymbol(symbols.at(-1), items.length - symbols.length, noun));
      break;
    }
    budget.left--;
    symbols.push(toSymbol(item));
  }
  return symbols;
}

/** Stands where the last symbol shown stands: it has no place of its own. */
function restSymbol(last: DocumentSymbol | undefined, count: number, noun: Message): DocumentSymbol {
  const start = { line: 0, character: 0 };
  const range = last?.selectionRange ?? { start, end: start };
  return {
    name: words(say`${count} more ${noun}, left out here`),
    kind: SymbolKind.Null,
    range,
    selectionRange: range,
  };
}
