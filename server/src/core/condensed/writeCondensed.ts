import { type Dump, NO_ID } from "../model/dump.ts";
import { at } from "../model/column.ts";
import { runToEnd, type Steps } from "../steps.ts";
import type { Condensed } from "./condensed.ts";
import { NOTHING_TOLD, type Told } from "./told.ts";
import { writeProfile } from "./writeProfile.ts";
import { writeTraceback } from "./writeTraceback.ts";

/** As {@link condensedSteps}, of several dumps in one go. */
export function writeCondensed(dumps: readonly Dump[]): string {
  return joinCondensed(dumps.map((dump) => runToEnd(condensedSteps(dump, NOTHING_TOLD))));
}

/** The condensed dumps of a file as one text. */
export function joinCondensed(dumps: readonly Condensed[]): string {
  return dumps.map(({ text }) => text).join("\n");
}

/**
 * A dump grouped, as a text that is a dump itself: read again, it gives the same goroutines by stack, state, labels and
 * wait. Where goroutines have ids it is a traceback with one or two goroutines of each group, the last of them with a
 * line that counts the others; else it is a profile.
 */
export function* condensedSteps(dump: Dump, told: Told): Steps<Condensed> {
  return hasIds(dump) ? yield* writeTraceback(dump, told) : { text: yield* writeProfile(dump), printed: null };
}

function hasIds({ goroutines }: Dump): boolean {
  return goroutines.length > 0 && at(goroutines.id, 0) !== NO_ID;
}
