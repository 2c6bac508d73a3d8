import { writeProfile } from "../condensed/writeProfile.ts";
import type { Dump } from "../model/dump.ts";
import { runToEnd } from "../steps.ts";
import { inPieces } from "../text/pieces.ts";
import { Kind, OTHER_LINES, type RecordedLines, type RecordedText } from "./recordedLines.ts";
import { Redactor, type RedactOptions } from "./redactor.ts";

/** What is said in place of lines that are no part of a dump. */
const LEFT_OUT = "(text left out)";

/**
 * The redacted text of what was read, in pieces. `lines`: of the reading that gave the dumps, or of another one of the same
 * text. A profile without a text of its own becomes one as Go prints it.
 */
export function redacted(dumps: readonly Dump[], lines: RecordedLines, options: RedactOptions): Generator<string> {
  return inPieces(printed(dumps, lines, new Redactor(dumps, options)));
}

function* printed(dumps: readonly Dump[], { texts }: RecordedLines, redactor: Redactor): Generator<string> {
  let isFirst = true;
  for (const text of texts) {
    let lead = isFirst ? "" : "\n";
    for (const line of withoutEnds(rewritten(text, redactor))) {
      yield `${lead}${line}\n`;
      lead = "";
      isFirst = false;
    }
  }
  for (const dump of dumps.filter(({ form }) => form === "profile-proto")) {
    if (!isFirst) yield "\n";
    yield runToEnd(writeProfile(redactor.dump(dump)));
    isFirst = false;
  }
}

function* rewritten({ kinds, lines }: RecordedText, redactor: Redactor): Generator<string> {
  let left = 0;
  for (const [index, kind] of kinds.entries()) {
    const line = lines[index]!;
    left = kind === Kind.other || kind === Kind.panic ? left + 1 : 0;
    if (kind === Kind.blank) yield "";
    else if (kind === Kind.taken) {
      const isLed = kinds[index - 1] === Kind.panic && line.startsWith("goroutine ");
      if (isLed) yield redactor.loggedPanic(lines[index - 1]!);
      yield redactor.line(line);
    } else if (redactor.isCall(line)) yield redactor.line(line);
    else if (left <= OTHER_LINES) yield LEFT_OUT;
  }
}

/** The lines of a text without other text at either end. */
function* withoutEnds(lines: Iterable<string>): Generator<string> {
  let hasBegun = false;
  let held: string[] = [];
  for (const line of lines) {
    const isOther = line === LEFT_OUT || line === "";
    if (isOther) {
      if (hasBegun) held.push(line);
      continue;
    }
    if (held.length > 0) yield* held;
    held = [];
    hasBegun = true;
    yield line;
  }
}
