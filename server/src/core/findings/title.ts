import { english, type Message, say, templateOf } from "../text/say.ts";
import type { Frame } from "../model/stack.ts";
import { place } from "../analysis/wording.ts";

/** UTF-16 units of a title: a row of a side bar, a line of the Problems panel. */
export const TITLE_LIMIT = 60;
/** What a place is not cut below. */
const LEAST_PLACE = 16;

/** What is wrong and where, in one line: `RWMutex held while sending: client.go:199`. A long place loses its beginning. */
export function titleOf(what: Message, frame: Frame | null): Message {
  if (frame === null) return what;
  const room = TITLE_LIMIT - english(what).length - ": ".length;
  return say`${what}: ${lastPart(place(frame), Math.max(room, LEAST_PLACE))}`;
}

/** The template of titles with a place. */
const WITH_PLACE = "{0}: {1}";

/** The parts of a title for a side bar, which cuts the end: where, then what. `where` is empty in a title without a place. */
export function placeFirst(title: Message): { readonly where: string; readonly what: Message } {
  const [what, where] = title.values;
  const isWhole = templateOf(title) !== WITH_PLACE || typeof what !== "object" || typeof where !== "string";
  return isWhole ? { where: "", what: title } : { where, what };
}

/** The first `limit` units of a text; a longer one ends with dots. */
export function firstPart(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function lastPart(text: string, limit: number): string {
  return text.length <= limit ? text : `…${text.slice(text.length - limit + 1).replace(/^[\udc00-\udfff]/, "")}`;
}
