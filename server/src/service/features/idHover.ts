import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { goroutines } from "../../core/analysis/wording.ts";
import { at } from "../../core/model/column.ts";
import { goroutineTitle, stackTitle } from "../document/describe.ts";
import type { OpenText } from "../document/openText.ts";
import type { RichBlock } from "../base/richText.ts";
import type { Target } from "../document/elementAt.ts";
import { sectionsAt } from "../document/textSection.ts";

/** Places of an address that are looked at. */
const PLACES = 1000;
/** Goroutines that are named; the rest is counted. */
const NAMED = 10;

/** Says who a creator is, or that it has ended. */
export function goroutineIdHover({ section: { open }, id }: Extract<Target, { kind: "goroutineId" }>): RichBlock[] {
  const row = open.rowOfId(id);
  if (row < 0) return [{ kind: "paragraph", parts: [words(say`Goroutine ${id} has ended: it is not in this dump.`)] }];
  const { dump } = open;
  const state = dump.states[at(dump.goroutines.state, row)] ?? "";
  const stack = stackTitle(dump, at(dump.goroutines.stack, row));
  return [
    {
      kind: "paragraph",
      parts: [{ strong: words(say`goroutine ${id}`) }, ": ", { code: state }, words(say` in `), { code: stack }],
    },
  ];
}

/** Names the other goroutines that have the same address among their arguments. */
export function pointerHover(
  text: OpenText,
  { section: { open, row }, address }: Extract<Target, { kind: "pointer" }>,
): RichBlock[] {
  const places = text.ranges.findWord(address, PLACES);
  const sections = places.flatMap(
    ({ start }) => sectionsAt(text, start).find((section) => section.open === open) ?? [],
  );
  const rows = new Set(sections.flatMap((section) => section.row ?? []));
  if (row !== null) rows.delete(row);
  const names = [...rows].slice(0, NAMED).map((other) => goroutineTitle(open.dump, other));
  const more = rows.size - names.length;
  const isAll = places.length < PLACES;
  const others =
    rows.size === 0
      ? words(say`in no other goroutine of this dump.`)
      : words(
          say`also in ${names.join(", ")}${more > 0 ? say` and ${isAll ? "" : say`at least `}${goroutines(more)} more` : ""}.`,
        );
  return [{ kind: "paragraph", parts: [words(say`Address `), { code: address }, `: ${others}`] }];
}
