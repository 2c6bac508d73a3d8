import { type DocumentHighlight, DocumentHighlightKind, type Position, type Range } from "vscode-languageserver-types";
import { at } from "../../core/model/column.ts";
import { NO_ID } from "../../core/model/dump.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import { headerOf } from "../document/rowRange.ts";
import { type Target, targetAt } from "../document/elementAt.ts";
import { readGoroutine } from "../document/textBlock.ts";

/** Occurrences marked at most: an editor shows a screenful of them. */
const LIMIT = 1000;

/** The other occurrences of the goroutine, the address or the function at a place, which editors mark. */
export function documentHighlights(text: OpenText, position: Position): DocumentHighlight[] {
  const target = targetAt(text, position);
  if (target === undefined) return [];
  const ranges: Range[] = [];
  for (const range of occurrences(text, target)) if (ranges.push(range) === LIMIT) break;
  return ranges.map((range) => ({ range, kind: DocumentHighlightKind.Text }));
}

function occurrences(text: OpenText, target: Target): Iterable<Range> {
  const { open, row } = target.section;
  switch (target.kind) {
    case "header":
      return row === null ? [] : placesOfGoroutine(open, at(open.dump.goroutines.id, row));
    case "goroutineId":
      return placesOfGoroutine(open, target.id);
    case "pointer":
      return text.ranges.findWord(target.address, LIMIT);
    default:
      return placesOfFunction(text, target.frame.function);
  }
}

/** The id in the goroutine's own header, and in the `created by` of those it created. */
function* placesOfGoroutine(open: OpenDump, id: number): Generator<Range> {
  if (id === NO_ID) return;
  const own = open.rowOfId(id);
  if (own >= 0) {
    const numbers = open.ranges.matches(headerOf(open, own), /(?<!\d)\d+/g);
    const number = numbers.find((one) => one.text === String(id));
    if (number !== undefined) yield number.range;
  }
  const { creator, length } = open.dump.goroutines;
  for (let row = 0; row < length; row++) {
    if (at(creator, row) !== id) continue;
    const span = readGoroutine(open, row)?.createdBy?.creatorSpan;
    if (span) yield open.ranges.range(span);
  }
}

/** A function's name, as a whole: `main.f` is not in `main.f.func1`. */
function placesOfFunction({ ranges }: OpenText, name: string): Range[] {
  const isWhole = ({ end }: Range): boolean => {
    const next = { line: end.line, character: end.character + 1 };
    return ranges.matches({ start: end, end: next }, /[.[]/g).length === 0;
  };
  return ranges.findWord(name, LIMIT).filter(isWhole);
}
