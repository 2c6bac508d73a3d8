import { type Dump, NO_ID } from "../model/dump.ts";
import { at } from "../model/column.ts";
import { runToEnd, type Steps } from "../steps.ts";
import { writeProfile } from "./writeProfile.ts";
import { writeTraceback } from "./writeTraceback.ts";

/** As {@link condensedSteps}, in one go. */
export function writeCondensed(dumps: readonly Dump[]): string {
  return runToEnd(condensedSteps(dumps));
}

/**
 * The grouped dumps of a file as a text that is a dump itself: read again, it gives the same goroutines by stack, state,
 * labels and wait. Where goroutines have ids it is a traceback with one or two goroutines of each group, the last of
 * them with a line that counts the others; else it is a profile.
 */
export function* condensedSteps(dumps: readonly Dump[]): Steps<string> {
  const texts: string[] = [];
  for (const dump of dumps) texts.push(yield* hasIds(dump) ? writeTraceback(dump) : writeProfile(dump));
  return texts.join("\n");
}

function hasIds({ goroutines }: Dump): boolean {
  return goroutines.length > 0 && at(goroutines.id, 0) !== NO_ID;
}
